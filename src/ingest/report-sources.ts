import { readdir, stat } from "node:fs/promises";
import type { ReportFolder } from "./ports";
import { codeOf } from "../core/system-error";
import { ReportSource, type ReportSourceDeps } from "./report-source";

/** Every source's folder, by name. */
export class ReportSources implements AsyncDisposable {
  readonly #sources = new Map<string, ReportSource>();

  constructor(private readonly deps: ReportSourceDeps) {}

  get all(): readonly ReportSource[] {
    return [...this.#sources.values()];
  }

  /** Starts what is new, stops what is gone or otherwise described; resolves when every first look is done. */
  async follow(folders: readonly ReportFolder[]): Promise<void> {
    for (const [name, source] of this.#sources) {
      if (folders.some((folder) => sameFolder(folder, source.folder))) continue;
      this.#sources.delete(name);
      await source[Symbol.asyncDispose]();
    }
    const added = folders
      .filter(({ name }) => !this.#sources.has(name))
      .map((folder) => new ReportSource(folder, this.deps));
    for (const source of added) this.#sources.set(source.folder.name, source);
    await Promise.all(added.map((source) => source.start()));
  }

  /** Looks at one source's folder, or at every one's. */
  async scan(name?: string): Promise<void> {
    await Promise.all(
      this.all.filter(({ folder }) => name === undefined || folder.name === name).map((source) => source.scan()),
    );
  }

  async settled(): Promise<void> {
    await Promise.all(this.all.map((source) => source.settled()));
  }

  async startOver(): Promise<void> {
    await Promise.all(this.all.map((source) => source.startOver()));
  }

  /** The process did not run for a while. */
  wake(): void {
    for (const source of this.all) source.wake();
  }

  retry(source: string, path: string): void {
    this.#sources.get(source)?.retry(path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.all.map((source) => source[Symbol.asyncDispose]()));
  }
}

/** What stands in the way of reading a folder from the start; null where nothing does, or it is not there yet. */
export async function whyNotAFolder(dir: string): Promise<string | null> {
  try {
    if (!(await stat(dir)).isDirectory()) return "it is not a folder";
    await readdir(dir);
    return null;
  } catch (error) {
    const code = codeOf(error);
    return code === "ENOENT" ? null : `it cannot be read (${code ?? String(error)})`;
  }
}

function sameFolder(a: ReportFolder, b: ReportFolder): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
