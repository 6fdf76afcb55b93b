import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Failed } from "../exit";
import { plain } from "../print/plain";
import { remark, printLine } from "../print/print";
import { shippedFiles } from "./shipped";

/** Copies everything below `dir`. What its owner may have made their own is replaced only by `force`. */
export function install({ dir, force = false }: { readonly dir: string; readonly force?: boolean }): void {
  const kept: string[] = [];
  for (const { path, text } of shippedFiles()) {
    const to = resolve(dir, path);
    if (!force && !isOurs(path) && existsSync(to) && read(to) !== text) kept.push(to);
    else write(to, text);
  }
  for (const path of kept) remark(`kept ${plain(path)}: it was changed; --force replaces it`);
  remark(`next: read ${plain(join(resolve(dir), "README.md"))}`);
}

/** Written by a program or by us only: no one's own settings are in it. */
function isOurs(path: string): boolean {
  return path.startsWith("dashboards/") || path === "alerts.yml" || path === "alerts.test.yml" || path === "README.md";
}

function read(path: string): string {
  return attempt(path, () => readFileSync(path, "utf8"));
}

function write(path: string, text: string): void {
  attempt(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  });
  printLine(plain(path));
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Failed(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
