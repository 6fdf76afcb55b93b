import { look, type Entry } from "./entry";
import { ParseError } from "./parse-error";
import { shown } from "./notes";
import { clampedWithin, percentOf } from "./number";

/** The score of an entry, 0 to 100; its name's where the body gives none, null where neither does. */
export function readScore(entry: Entry): number | null | ParseError {
  const given = look(entry, "score");
  for (const { key, value } of given) {
    const number = percentOf(value);
    if (number === null) {
      entry.notes.missing(key, "score", value, "not a number");
      continue;
    }
    const score = clampedWithin(number, 0, 100);
    if (score === null) return new ParseError("score-out-of-range", `${key} is ${shown(value)}, a score is 0 to 100.`);
    entry.notes.read(key, "score", value);
    return score;
  }
  const first = given[0];
  if (first !== undefined) return new ParseError("no-score", `${first.key} is ${shown(first.value)}, not a number.`);
  const { score } = entry.hints();
  if (score !== null) entry.notes.read("(name)", "score", score);
  return score;
}
