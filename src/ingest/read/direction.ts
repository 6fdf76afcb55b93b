import { closingOf } from "./closing";
import { directionOf, wordedOf, type WordedDirection } from "./direction-words";
import { look, type Entry } from "./entry";
import { ParseError } from "./parse-error";
import { shown } from "./notes";
import { isPlaceholder } from "./placeholder";
import { cleanText, labelMax } from "./text";
import type { JsonValue } from "./value";

/**
 * The direction of an entry; its name's where the body gives none. That a position is closed or an order called off wins over
 * every side; of the sides an unknown word is refused, not skipped for a kinder one.
 */
export function readDirection(entry: Entry): WordedDirection | ParseError {
  const closing = closingOf(entry);
  if (closing !== null) {
    entry.notes.read(closing.key, "direction", closing.value, closing.direction);
    return { direction: closing.direction, word: cleanText(closing.word, labelMax) };
  }
  let unusable: ParseError | null = null;
  for (const { key, value } of look(entry, "direction")) {
    const direction = typeof value === "string" ? directionOf(value) : null;
    if (direction !== null && typeof value === "string") {
      entry.notes.read(key, "direction", value, direction);
      return { direction, word: cleanText(value, labelMax) };
    }
    // `type` says many things; only a direction word in it is one. That something is opened is no side yet.
    if (key === "type" || key.endsWith(".type") || isOpening(value)) continue;
    if (typeof value === "string" && !isPlaceholder(value)) {
      return new ParseError("unknown-direction", `${key} is ${shown(value)}, which is no known direction.`);
    }
    entry.notes.missing(key, "direction", value, "not a direction");
    unusable ??= new ParseError("no-direction", `${key} is ${shown(value)}, not a direction.`);
  }
  if (unusable !== null) return unusable;
  const { direction } = entry.hints();
  if (direction === null) return new ParseError("no-direction", "Neither the report nor its name gives a direction.");
  entry.notes.read("(name)", "direction", direction.word, direction.direction);
  return direction;
}

function isOpening(value: JsonValue): boolean {
  return typeof value === "string" && wordedOf(value)?.act === "enter";
}
