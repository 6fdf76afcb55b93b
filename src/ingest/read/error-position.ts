import { endOfString } from "./literals";

const WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null|NaN|-?Infinity)(?!\w)/y;
const GAP = /[ \t\r\n]*/y;

/** Roughly where a text stops being JSON, for a person: where the first token stands that cannot follow. */
export function errorPosition(text: string): string {
  const at = firstMisfit(text);
  if (at >= text.length) return `it ends too early, after ${text.length} characters`;
  const before = text.slice(0, at).split("\n");
  return `unexpected ${JSON.stringify(text.slice(at, at + 12))} at line ${before.length}, column ${(before.at(-1) ?? "").length + 1}`;
}

/** Walks the tokens with the closers still owed on a stack, so that depth costs no recursion. */
function firstMisfit(text: string): number {
  const owed: string[] = [];
  let expected: "value" | "key" | "colon" | "after" = "value";
  let justOpened = false;
  let at = skip(GAP, text, 0);
  while (at < text.length) {
    const char = text[at] ?? "";
    const start = at;
    if (char === owed.at(-1) && (expected === "after" || justOpened)) {
      owed.pop();
      expected = "after";
      at++;
    } else if (expected === "after") {
      if (char !== "," || owed.length === 0) return start;
      expected = owed.at(-1) === "}" ? "key" : "value";
      at++;
    } else if (expected === "colon") {
      if (char !== ":") return start;
      expected = "value";
      at++;
    } else if (char === '"') {
      at = endOfString(text, at) + 1;
      if (at > text.length) return text.length;
      if (!isParsable(text.slice(start, at))) return start;
      expected = expected === "key" ? "colon" : "after";
    } else if (expected === "key") return start;
    else if (char === "{" || char === "[") {
      owed.push(char === "{" ? "}" : "]");
      expected = char === "{" ? "key" : "value";
      at++;
    } else {
      at = skip(WORD, text, at);
      if (at === start) return start;
      expected = "after";
    }
    justOpened = char === "{" || char === "[";
    at = skip(GAP, text, at);
  }
  return text.length;
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function isParsable(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
