/** Controls, and the marks that turn the direction of the text after them. */
const unseen = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Text of a report made safe for a terminal: one line, nothing that moves the cursor, colours or hides. */
export function plain(text: string): string {
  return Bun.stripANSI(text)
    .replace(/[\t\r\n]+/g, " ")
    .replace(unseen, "");
}

/** JSON that a terminal shows as it is: what could steer it is written as an escape, which reads back the same. */
export function plainJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    escaped,
  );
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
