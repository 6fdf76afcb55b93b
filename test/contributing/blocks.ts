import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(import.meta.dir, "../..");
/** What is compiled or run; what is installed is linked. */
const copied =
  "src ui test migrations grafana package.json tsconfig.json bunfig.toml virtuoso.config.ts drizzle.config.ts .oxfmtrc.json";

/** A block of code in the README's section Contributing: a new file, or what changes in one that exists. */
export interface Block {
  readonly path: string;
  readonly kind: "file" | "change";
  readonly lines: readonly string[];
}

/** In the order they stand there. Throws where a block does not begin with its path. */
export function contributingBlocks(readme = readFileSync(join(root, "README.md"), "utf8")): Block[] {
  const section = /^## Contributing\n([\s\S]*?)^## /m.exec(`${readme}\n## `)?.[1] ?? "";
  return [...section.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => {
    const [first = "", ...lines] = text.trimEnd().split("\n");
    const named = /^(\/\/|@@) (\S+)$/.exec(first);
    if (named?.[2] === undefined) throw new Error(`a block begins with ${first}, not with its path`);
    return { path: named[2], kind: named[1] === "@@" ? "change" : "file", lines };
  });
}

/** The tree as it stands here, with the packages that are installed here. */
export function copyTree(to: string): void {
  for (const name of copied.split(" ")) cpSync(join(root, name), join(to, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(to, "node_modules"));
}

/** Does as a block says. Throws where a new file exists already, or what is to change is not there exactly once. */
export function applyBlock(tree: string, { path, kind, lines }: Block): void {
  const file = join(tree, path);
  if (kind === "file") {
    if (existsSync(file)) throw new Error(`${path} exists already`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${lines.join("\n")}\n`);
    return;
  }
  const text = hunksOf(lines).reduce((before, hunk) => changed(before, hunk, path), readFileSync(file, "utf8"));
  writeFileSync(file, text);
}

/** Divided by a line `@@`. */
function hunksOf(lines: readonly string[]): string[][] {
  const hunks: string[][] = [[]];
  for (const line of lines) {
    if (line === "@@") hunks.push([]);
    else hunks.at(-1)?.push(line);
  }
  return hunks;
}

function changed(text: string, hunk: readonly string[], path: string): string {
  const without = (sign: string) =>
    `\n${hunk
      .filter((line) => !line.startsWith(sign))
      .map((line) => line.slice(1))
      .join("\n")}\n`;
  const [before = "", after, ...more] = `\n${text}`.split(without("+"));
  if (after === undefined || more.length > 0) throw new Error(`${path} does not have once: ${without("+")}`);
  return `${before}${without("-")}${after}`.slice(1);
}
