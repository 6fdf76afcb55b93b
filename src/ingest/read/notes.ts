import type { ReadingNote } from "../../core/reading";
import { cleanText } from "./text";
import { isList, isObject, type JsonValue } from "./value";

/** Most notes kept of one report; an array of many would otherwise have more notes than content. */
const notesMax = 400;
const shownMax = 80;

/** The notes of one element, written into the list of the whole report; where no reader wants them there is none. */
export class Notes {
  readonly #noted = new Set<string>();

  constructor(
    readonly list: ReadingNote[] | null,
    readonly element: number | null,
  ) {}

  /** `result` is said where it is not the value itself. */
  read(key: string, field: string, value: JsonValue, result: string | null = null): void {
    this.#write(key, field, value, result === null ? "" : ` -> ${result}`, "read");
  }

  missing(key: string, field: string, value: JsonValue, why: string): void {
    this.#write(key, field, value, `: ${why}`, "missing");
  }

  ignored(key: string, value: JsonValue): void {
    this.#write(key, null, value, "", "ignored");
  }

  /** Whether a note was written about this key or something under it. */
  mentions(key: string): boolean {
    return this.#noted.has(key);
  }

  get isFull(): boolean {
    return this.list === null || this.list.length >= notesMax;
  }

  #write(key: string, field: string | null, value: JsonValue, what: string, outcome: ReadingNote["outcome"]): void {
    if (this.list === null || this.isFull) return;
    this.#noted.add(key);
    for (let dot = key.indexOf("."); dot >= 0; dot = key.indexOf(".", dot + 1)) this.#noted.add(key.slice(0, dot));
    this.list.push({
      element: this.element,
      key: cleanText(key, shownMax),
      field,
      value: shown(value) + what,
      outcome,
    });
  }
}

/** A value in few characters, for a person. */
export function shown(value: JsonValue): string {
  if (typeof value === "string") {
    const text = cleanText(value, shownMax);
    return text.length < value.length ? `"${text}..."` : `"${text}"`;
  }
  if (typeof value === "number" && !Number.isFinite(value)) return "NaN or Infinity";
  if (isList(value)) return `[${value.length}]`;
  return isObject(value) ? "{...}" : String(value);
}
