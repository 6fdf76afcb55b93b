import type { RE2JS } from "re2js";

/** A longer one says less than it costs to read. */
const lengthMax = 200;

/** Loaded with the first pattern: most runs of the program meet none. */
let engine: typeof RE2JS | null = null;

function load(): typeof RE2JS {
  engine ??= (require("re2js") as { RE2JS: typeof RE2JS }).RE2JS;
  return engine;
}

/**
 * A regular expression over a whole text, in time linear in its length: RE2, which has no back references and no
 * looking around.
 */
export class LinearPattern {
  readonly #compiled: RE2JS;

  /** Throws where it is none, or too long. */
  constructor(pattern: string) {
    if (pattern.length > lengthMax) throw new Error(`it is longer than ${lengthMax} characters`);
    this.#compiled = load().compile(pattern);
  }

  matches(text: string): boolean {
    return this.#compiled.matches(text);
  }
}

/** Why it is no such pattern, for a person; null where it is one. */
export function patternFault(pattern: string): string | null {
  try {
    new LinearPattern(pattern).matches("");
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^error parsing regexp: /, "") : String(error);
  }
}
