import { mkdirSync, renameSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Writing } from "./strategies";

/** How long a writer that is not atomic leaves a file half-written, by the demo's own time. */
const halfForMs = 120;

/** Writes a report the way its strategy does, dated by the demo's own time. */
export async function writeReport(folder: string, { strategy, at, file, text }: Writing, speed: number): Promise<void> {
  const path = pathOf(folder, strategy.name, file);
  if (strategy.atomic) return renamed(path, text, at);
  writeFileSync(path, text.slice(0, text.length / 2));
  await Bun.sleep(halfForMs / speed);
  writeDated(path, text, at);
}

/** The same file, whole before anybody looks: where two days pass in seconds, what takes a moment takes none. */
export function writeReportAtOnce(folder: string, { strategy, at, file, text }: Writing): void {
  const path = pathOf(folder, strategy.name, file);
  if (strategy.atomic) renamed(path, text, at);
  else writeDated(path, text, at);
}

function pathOf(folder: string, strategy: string, file: string): string {
  mkdirSync(join(folder, strategy), { recursive: true });
  return join(folder, strategy, file);
}

function renamed(path: string, text: string, at: number): void {
  writeDated(`${path}.tmp`, text, at);
  renameSync(`${path}.tmp`, path);
}

function writeDated(path: string, text: string, at: number): void {
  writeFileSync(path, text);
  utimesSync(path, at / 1000, at / 1000);
}
