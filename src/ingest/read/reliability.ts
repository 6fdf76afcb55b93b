import type { ParseOptions } from "../../core/reading";
import { look, type Entry } from "./entry";
import { ParseError } from "./parse-error";
import { shown } from "./notes";
import { clampedWithin, isNoNumber, percentOf, writtenPercentOf } from "./number";

/** The reliability of an entry as a ratio 0 to 1; null where it gives none. */
export function readReliability(entry: Entry): number | null | ParseError {
  for (const { key, value } of look(entry, "reliability")) {
    if (isNoNumber(value)) {
      entry.notes.missing(key, "reliability", value, "not a number");
      continue;
    }
    const number = percentOf(value);
    // Taken for absent, it would pass as unknown.
    if (number === null)
      return new ParseError("bad-reliability", `${key} is ${shown(value)}, not a number such as 0.92, 92 or "92%".`);
    const scale = writtenPercentOf(value) === null ? entry.parseOptions.reliability : "percent";
    const max = scale === "ratio" ? 1 : 100;
    const reliability = clampedWithin(number, 0, max);
    if (reliability === null)
      return new ParseError("reliability-out-of-range", `${key} is ${shown(value)}, at most ${max} is expected.`);
    const ratio = asRatio(reliability, scale);
    entry.notes.read(key, "reliability", value, String(ratio));
    return ratio;
  }
  return null;
}

/** `auto`: up to and including 1 is a ratio, above it a percentage. */
function asRatio(reliability: number, scale: ParseOptions["reliability"]): number {
  if (scale === "percent") return reliability / 100;
  const ratio = clampedWithin(reliability, 0, 1);
  return ratio ?? reliability / 100;
}
