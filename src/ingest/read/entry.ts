import type { ParseOptions } from "../../core/reading";
import type { Keys, Meaning } from "./keys";
import type { NameHints } from "./name";
import type { Notes } from "./notes";
import { ownAt, type JsonObject, type JsonValue } from "./value";

/** One signal, opportunity or overview of a report while it is read. */
export interface Entry {
  /** The body, and around it the envelope it came in, which fills what the body lacks. */
  readonly layers: readonly Layer[];
  readonly element: number | null;
  /** Read only where the body lacks something: most names are never read. */
  readonly hints: () => NameHints;
  readonly mtimeMs: number;
  readonly now: number;
  readonly parseOptions: ParseOptions;
  readonly keys: Keys;
  readonly notes: Notes;
  /** Prices that are there and are no numbers, such as `stop_loss: 2%`: said in its words, for they are not absent. */
  readonly unread: string[];
}

interface Layer {
  readonly object: JsonObject;
  /** Stands before its keys in notes, such as `signal.`. */
  readonly prefix: string;
}

/** A value the report gives, and where. */
export interface Found {
  readonly key: string;
  readonly value: JsonValue;
}

/** The object the values of an entry stand in: inside its envelope, where there is one. */
export function bodyOf({ layers }: Entry): JsonObject {
  return layers[0]?.object ?? {};
}

/** Whether the report gives anything under a meaning's keys. */
export function gives(entry: Entry, meaning: Meaning): boolean {
  return look(entry, meaning).length > 0;
}

/** What the report gives under a meaning's keys, in order of preference; null is as good as not given. */
export function look(entry: Entry, meaning: Meaning): readonly Found[] {
  const found: Found[] = [];
  const body = bodyOf(entry);
  for (const { object, prefix } of entry.layers) {
    for (const { key, steps } of entry.keys.get(meaning) ?? []) {
      const value = ownAt(object, steps);
      if (value === undefined || value === null || value === body) continue;
      found.push({ key: prefix + key, value });
    }
  }
  return found;
}

/** The first value under a meaning's keys that `take` can use; null where none can, said in the notes. */
export function pick<T>(
  entry: Entry,
  meaning: Meaning,
  wanted: string,
  take: (value: JsonValue, key: string) => T | null,
): T | null {
  for (const { key, value } of look(entry, meaning)) {
    const taken = take(value, key);
    if (taken !== null) {
      entry.notes.read(key, meaning, value);
      return taken;
    }
    entry.notes.missing(key, meaning, value, `not ${wanted}`);
  }
  return null;
}
