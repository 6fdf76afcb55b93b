/** JSON has no word for what is not a number; a number too large for a double parses as infinite. */
const INFINITE = "1e999";
const EDGES = new Set("{}[]:, \t\r\n");

/** Writes Python's NaN, Infinity and -Infinity, where they stand outside strings, as JSON reads them: infinite. */
export function writeOutLiterals(text: string): string {
  let out = "";
  let copied = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') i = endOfString(text, i);
    const literal = literalAt(text, i);
    if (literal === null) continue;
    out += text.slice(copied, i) + INFINITE;
    copied = i + literal.length;
    i = copied - 1;
  }
  return out + text.slice(copied);
}

function literalAt(text: string, at: number): string | null {
  if (text[at] !== "N" && text[at] !== "I") return null;
  const literal = text.startsWith("NaN", at) ? "NaN" : text.startsWith("Infinity", at) ? "Infinity" : null;
  if (literal === null || !isEdge(text, at + literal.length)) return null;
  const signed = literal === "Infinity" && text[at - 1] === "-";
  return isEdge(text, signed ? at - 2 : at - 1) ? literal : null;
}

/** Only a word that stands alone is a literal: `1NaN` stays the garbage it is. */
function isEdge(text: string, at: number): boolean {
  const char = text[at];
  return char === undefined || EDGES.has(char);
}

/** Where the string that starts here ends; the end of the text where it does not. */
export function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') return i;
  }
  return text.length;
}
