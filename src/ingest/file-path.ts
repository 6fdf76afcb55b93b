import { join } from "node:path";

/** How many folders below its source's a report may lie. */
export const deepestReport = 1;

/** What a decoder puts where bytes are no UTF-8: a name that holds it may not lead back to its file. */
const undecodable = "\uFFFD";
const escaped = /\\x([0-9A-F]{2})/;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** True where only the bytes of the name lead to its file. */
export function isLossy(name: string): boolean {
  return name.includes(undecodable);
}

/**
 * A file's name as text that leads back to it. A name may hold any bytes: what is no UTF-8 in it is written `\xE9`, and
 * the backslash of a name that reads like that itself `\x5C`, so that no two files are of one name.
 */
export function textOfName(name: Uint8Array): string {
  let text = "";
  for (let at = 0; at < name.length;) {
    const character = characterAt(name, at);
    const literal = character !== null && !(character === "\\" && escaped.test(ascii(name.subarray(at, at + 4))));
    text += literal ? character : `\\x${(name[at] ?? 0).toString(16).toUpperCase().padStart(2, "0")}`;
    at += literal ? Buffer.byteLength(character) : 1;
  }
  return text;
}

/** The same for a name that was decoded without loss. */
export function textOfDecoded(name: string): string {
  return escaped.test(name) ? textOfName(Buffer.from(name)) : name;
}

/** Where a path of a source lies on disk: bytes where its name is no UTF-8. */
export function pathOnDisk(dir: string, path: string): string | Buffer {
  if (!escaped.test(path)) return join(dir, path);
  const parts = path.split(new RegExp(escaped, "g"));
  return Buffer.concat([
    Buffer.from(`${dir}/`),
    ...parts.map((part, index) => Buffer.from(part, index % 2 === 1 ? "hex" : "utf8")),
  ]);
}

/** Null where no character begins there. */
function characterAt(bytes: Uint8Array, at: number): string | null {
  const first = bytes[at] ?? 0;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  try {
    return utf8.decode(bytes.subarray(at, at + length));
  } catch {
    // That it cannot be decoded is the answer.
    return null;
  }
}

function ascii(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}
