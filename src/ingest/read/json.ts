import { ParseError } from "./parse-error";
import { errorPosition } from "./error-position";
import { writeOutLiterals } from "./literals";
import { nestsDeeperThan } from "../../core/nesting";
import type { JsonValue } from "./value";

export const bytesMax = 4 * 1024 * 1024;
const depthMax = 64;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** JSON from bytes of any origin. Never throws: what is not JSON within the limits is a fault. */
export function readJson(bytes: Uint8Array): { readonly value: JsonValue } | ParseError {
  if (bytes.byteLength > bytesMax)
    return new ParseError("too-big", `${bytes.byteLength} bytes, at most ${bytesMax} are read.`);
  const text = textOf(bytes);
  if (text === null) return new ParseError("not-utf8", "The bytes are not valid UTF-8.");
  if (text.trim() === "") return new ParseError("empty", "There is nothing in it.");
  // Checked before parsing, as a parser may answer depth with an exhausted stack.
  if (nestsDeeperThan(bytes, depthMax)) return new ParseError("too-deep", `Nested deeper than ${depthMax} levels.`);
  return (
    parsed(text) ?? parsed(writeOutLiterals(text)) ?? new ParseError("not-json", `Not JSON: ${errorPosition(text)}.`)
  );
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

function parsed(text: string): { readonly value: JsonValue } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}
