import type { SourceManner } from "../../core/reading";
import { look, type Entry } from "./entry";
import { Fault } from "./fault";
import { shown } from "./notes";
import { numberOf } from "./number";

/** The reliability of an entry as a ratio 0 to 1; null where it gives none. */
export function readReliability(entry: Entry): number | null | Fault {
  for (const { key, value } of look(entry, "reliability")) {
    const reliability = numberOf(value);
    if (reliability === null) {
      entry.notes.missing(key, "reliability", value, "not a number");
      continue;
    }
    const most = entry.manner.reliability === "ratio" ? 1 : 100;
    if (reliability < 0 || reliability > most) {
      return new Fault("reliability-out-of-range", `${key} is ${shown(value)}, at most ${most} is expected.`);
    }
    const ratio = ratioOf(reliability, entry.manner.reliability);
    entry.notes.read(key, "reliability", value, String(ratio));
    return ratio;
  }
  return null;
}

/** `auto`: up to and including 1 is a ratio, above it a percentage. */
function ratioOf(reliability: number, scale: SourceManner["reliability"]): number {
  const isRatio = scale === "ratio" || (scale === "auto" && reliability <= 1);
  return isRatio ? reliability : reliability / 100;
}
