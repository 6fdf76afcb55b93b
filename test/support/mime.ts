/** A letter as it was sent, read apart. */
export interface MimePart {
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Names in lower case, folded lines joined; what is encoded stays so. */
export function headersOf(raw: string): Record<string, string> {
  const [head = ""] = raw.split("\r\n\r\n", 1);
  const lines = head.replaceAll(/\r\n[ \t]+/g, " ").split("\r\n");
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(":");
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
    }),
  );
}

/** The text parts of a letter, by their type. */
export function partsOf(raw: string): Map<string, MimePart> {
  const boundary = /boundary="?([^";\s]+)/.exec(headersOf(raw)["content-type"] ?? "")?.[1];
  const whole =
    boundary === undefined
      ? [raw]
      : raw
          .split(`--${boundary}`)
          .slice(1, -1)
          .map((part) => part.replace(/^\r\n/, ""));
  return new Map(
    whole.map((part) => {
      const headers = headersOf(part);
      const [type = ""] = (headers["content-type"] ?? "").split(";");
      return [type, { headers, text: decoded(part.slice(part.indexOf("\r\n\r\n") + 4), headers) }];
    }),
  );
}

function decoded(body: string, headers: Readonly<Record<string, string>>): string {
  const encoding = headers["content-transfer-encoding"];
  const bytes =
    encoding === "base64"
      ? Buffer.from(body, "base64")
      : encoding === "quoted-printable"
        ? unquoted(body.replaceAll(/=\r\n/g, ""))
        : Buffer.from(body);
  return bytes.toString().replaceAll("\r\n", "\n").trimEnd();
}

function unquoted(text: string): Buffer {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const hex = /^=([0-9A-F]{2})/.exec(text.slice(at, at + 3))?.[1];
    if (hex === undefined) bytes.push(...Buffer.from(text[at] ?? ""));
    else {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    }
  }
  return Buffer.from(bytes);
}

/** RFC 2047: encoded words that follow each other are one. */
export function headerText(value: string): string {
  return value
    .replaceAll(/(?:=\?UTF-8\?[QB]\?[^?]*\?=\s*)+/gi, (words) => {
      const bytes = [...words.matchAll(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi)].map(([, encoding = "", word = ""]) =>
        encoding.toUpperCase() === "B" ? Buffer.from(word, "base64") : unquoted(word.replaceAll("_", " ")),
      );
      return Buffer.concat(bytes).toString() + (/\s$/.test(words) ? " " : "");
    })
    .trim();
}
