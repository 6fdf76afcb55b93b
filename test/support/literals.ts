/**
 * The texts of the strings and templates of a module, as they are written: what is put into a template stays as
 * `${...}`, its own strings come by themselves, tags of htm are left out, and so are imports.
 */
export function literalsOf(code: string): string[] {
  const found: string[] = [];
  readCode(code.replaceAll(/^(?:import|export)[^;"]*"[^"]*";$/gm, ""), 0, null, found);
  return found;
}

/** Goes through code up to `end` on this level; answers the place of it. */
function readCode(code: string, from: number, end: string | null, found: string[]): number {
  let at = from;
  while (at < code.length) {
    const char = code[at] ?? "";
    if (char === end) return at;
    if (code.startsWith("//", at)) at = after(code, "\n", at);
    else if (code.startsWith("/*", at)) at = after(code, "*/", at);
    else if (char === "/" && /(?:^|[(,=:[!&|?{};>]|return)\s*$/.test(code.slice(Math.max(0, at - 12), at)))
      at = endOfPattern(code, at);
    else if (char === '"' || char === "'") {
      const close = endOfString(code, at);
      found.push(code.slice(at + 1, close));
      at = close + 1;
    } else if (char === "`") at = readTemplate(code, at + 1, found);
    else if (char === "{") at = readCode(code, at + 1, "}", found) + 1;
    else at += 1;
  }
  return at;
}

function readTemplate(code: string, from: number, found: string[]): number {
  let at = from;
  let text = "";
  while (at < code.length && code[at] !== "`") {
    if (code[at] === "\\") {
      text += code.slice(at, at + 2);
      at += 2;
    } else if (code.startsWith("${", at)) {
      const close = readCode(code, at + 2, "}", found);
      text += code.slice(at, close + 1);
      at = close + 1;
    } else {
      text += code[at];
      at += 1;
    }
  }
  found.push(
    text
      .replaceAll(/<[a-z/$!](?:[^<>]|=>)*>/gi, "")
      .replaceAll(/\s+/g, " ")
      .trim(),
  );
  return at + 1;
}

function after(code: string, what: string, from: number): number {
  const at = code.indexOf(what, from);
  return at < 0 ? code.length : at + what.length;
}

function endOfString(code: string, from: number): number {
  let at = from + 1;
  while (at < code.length && code[at] !== code[from]) at += code[at] === "\\" ? 2 : 1;
  return at;
}

function endOfPattern(code: string, from: number): number {
  let inClass = false;
  for (let at = from + 1; at < code.length; at += 1) {
    const char = code[at];
    if (char === "\\") at += 1;
    else if (char === "[") inClass = true;
    else if (char === "]") inClass = false;
    else if ((char === "/" && !inClass) || char === "\n") return at + 1;
  }
  return code.length;
}
