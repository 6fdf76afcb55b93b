import type { Direction } from "../../core/signal";
import { look, type Entry } from "./entry";
import { Fault } from "./fault";
import { shown } from "./notes";
import { isPlaceholder } from "./placeholder";
import { cleanText, LABEL_MAX } from "./text";

/** A direction and the report's own word for it. */
export interface WordedDirection {
  readonly direction: Direction;
  readonly word: string;
}

const directionWords: ReadonlyMap<string, Direction> = new Map([
  ...["BUY", "LONG", "BULLISH"].map((word) => [word, "long"] as const),
  ...["SELL", "SHORT", "BEARISH"].map((word) => [word, "short"] as const),
  ...["HOLD", "NEUTRAL", "WATCH"].map((word) => [word, "neutral"] as const),
  ...["EXIT", "EXIT_LONG", "EXIT_SHORT", "CLOSE", "CLOSE_LONG", "CLOSE_SHORT", "FLAT"].map((word) => [word, "exit"] as const),
]);

/** The direction a word means, in any case and with any divider. */
export function directionOf(word: string): Direction | null {
  return directionWords.get(word.trim().toUpperCase().replace(/[\s-]+/g, "_")) ?? null;
}

/** The direction of an entry; its name's where the body gives none. An unknown word is refused, not skipped for a kinder one. */
export function readDirection(entry: Entry): WordedDirection | Fault {
  let unusable: Fault | null = null;
  for (const { key, value } of look(entry, "direction")) {
    const direction = typeof value === "string" ? directionOf(value) : null;
    if (direction !== null && typeof value === "string") {
      entry.notes.read(key, "direction", value, direction);
      return { direction, word: cleanText(value, LABEL_MAX) };
    }
    // `type` says many things; only a direction word in it is one.
    if (key === "type" || key.endsWith(".type")) continue;
    if (typeof value === "string" && !isPlaceholder(value)) {
      return new Fault("unknown-direction", `${key} is ${shown(value)}, which is no known direction.`);
    }
    entry.notes.missing(key, "direction", value, "not a direction");
    unusable ??= new Fault("no-direction", `${key} is ${shown(value)}, not a direction.`);
  }
  if (unusable !== null) return unusable;
  const { direction } = entry.hints();
  if (direction === null) return new Fault("no-direction", "Neither the report nor its name gives a direction.");
  entry.notes.read("(name)", "direction", direction.word, direction.direction);
  return direction;
}
