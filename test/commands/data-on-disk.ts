import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig, type Config } from "../../src/config";
import { settingsOf } from "../../src/config/effective";
import type { Unsequenced } from "../../src/core/observation";
import { Writer } from "../../src/writer";
import { compressOriginal, digestOf } from "../../src/ingest/report-file";
import { readReport } from "../../src/ingest/read-report";
import { StoreWriter, type FileRead } from "../../src/store/writer";
import { openForWriting } from "../../src/store/db";

/** A data folder with a real database, written by the real daemon, which is not running. */
export class DataOnDisk implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), "virtuoso-commands-"));
  readonly data = join(this.folder, "data");
  readonly reports = join(this.folder, "reports");
  readonly #database = openForWriting(this.data);
  readonly #storeWriter = new StoreWriter(this.#database, () => "epoch");
  readonly #writer: Writer;
  #now = Date.now();

  private constructor(config: Config) {
    const settings = settingsOf(config.file, {}, config.readSources);
    this.#writer = new Writer({
      storeWriter: this.#storeWriter,
      settings: () => settings,
      now: () => this.#now,
      elapsed: () => performance.now(),
      committed: () => {},
      faulted: (_, error) => {
        throw error;
      },
    });
  }

  static async make(): Promise<DataOnDisk> {
    return new DataOnDisk(await loadConfig({}, {}));
  }

  /** Everything until the next `at` happens so long before now. */
  at(ago: string): this {
    this.#now = Date.now() - secondsIn(ago) * 1000;
    return this;
  }

  /** Everything until the next `at` happens an hour from now: the clock is set back afterwards. */
  inTheFuture(): this {
    this.#now = Date.now() + 3_600_000;
    return this;
  }

  /** A source was watched from here on. */
  async watched(source = "reports"): Promise<void> {
    await this.#submit({ kind: "source-watched", source, receivedAt: this.#now });
  }

  /** A report as a file of this name would have held it, seen arriving; an object is dated now unless it says so itself. */
  async report(body: object | string | Uint8Array, file = "report.json"): Promise<void> {
    const bytes =
      body instanceof Uint8Array
        ? body
        : new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify({ timestamp: this.#now, ...body }));
    const manner = { zone: "UTC", score: "auto", reliability: "auto", strategy: null, map: {} } as const;
    const reading = readReport({ path: file, bytes, mtimeMs: this.#now }, manner, this.#now);
    const { signals, opportunities, market, refusals } = reading;
    const read = {
      size: bytes.byteLength,
      modifiedAt: this.#now,
      digest: digestOf({ size: bytes.byteLength, modifiedAt: this.#now, bytes, reading }),
      bytes,
      original: compressOriginal(bytes),
    };
    await this.#submit(
      {
        kind: "report",
        source: "reports",
        file,
        receivedAt: this.#now,
        modifiedAt: this.#now,
        backlog: false,
        known: false,
        signals,
        opportunities,
        market,
        refusals,
      },
      read,
    );
  }

  async #submit(observation: Unsequenced, file: FileRead | null = null): Promise<void> {
    const stored = this.#writer.submit({ observation, file });
    this.#writer.flush();
    if (!(await stored)) throw new Error("the store did not take it");
  }

  [Symbol.dispose](): void {
    this.#database[Symbol.dispose]();
    rmSync(this.folder, { recursive: true });
  }
}

function secondsIn(ago: string): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(ago) ?? [];
  return Number(count) * ({ s: 1, m: 60, h: 3600, d: 86_400 }[unit as "s" | "m" | "h" | "d"] ?? Number.NaN);
}
