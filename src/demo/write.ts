import { mkdirSync, renameSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Writing } from "./strategies";

/** Writes a report the way its strategy does, dated by the demo's own time. */
export function writeReport(folder: string, { strategy, at, file, text }: Writing): void {
  const dir = join(folder, strategy.name);
  mkdirSync(dir, { recursive: true });
  const path = join(dir, file);
  if (strategy.atomic) {
    writeFileSync(`${path}.tmp`, text);
    utimesSync(`${path}.tmp`, at / 1000, at / 1000);
    renameSync(`${path}.tmp`, path);
  } else {
    writeFileSync(path, text.slice(0, text.length / 2));
    writeFileSync(path, text);
    utimesSync(path, at / 1000, at / 1000);
  }
}
