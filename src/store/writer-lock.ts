import { Database } from "bun:sqlite";
import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { storeFaultOf } from "./fault";
import { fileIdentity } from "./file-identity";
import { databasePath, StoreError } from "./db";
import { holderOfRemoved } from "./removed-file";

/** Who writes to a data folder, as it says of itself. */
const holderSchema = z.object({
  pid: z.number(),
  /** Epoch ms. */
  since: z.number(),
  /** `daemon`, or the command. */
  what: z.string(),
  /** Where a daemon is reached; null until it listens, and for a command. */
  url: z.string().nullable(),
});
type Holder = z.infer<typeof holderSchema>;

const daemon = "daemon";

/** A command is done in a moment, and a daemon that starts is about to say where it is: so long they are waited for. */
const waitsMsMax = 2000;
const triesEveryMs = 50;

/**
 * The right to write to a data folder: one process has it, kept by the kernel and gone with the process, however that ends.
 * It is a second small database held exclusively, so that the one beside it stays open to readers.
 */
export class WriterLock implements Disposable {
  readonly #data: string;
  readonly #made: Made;
  #taken: Taken;
  #holder: Holder;
  #lost = false;

  constructor(data: string, taken: Taken, holder: Holder) {
    this.#data = data;
    this.#taken = taken;
    this.#made = taken.made;
    this.#holder = holder;
    this.#writeHolder();
  }

  /** Shows those who come too late where the daemon is. */
  announce(url: string): void {
    this.#holder = { ...this.#holder, url };
    this.#writeHolder();
  }

  /**
   * Locks a new file where somebody removed the one that was locked. `lost`: another process was faster. Throws
   * StoreError where none can be made.
   */
  keep(): "kept" | "renewed" | "lost" {
    if (this.#lost) return "lost";
    if (fileIdentity(lockPath(this.#data)) === this.#taken.identity) return "kept";
    // Twice: a file that is taken away meanwhile belongs to none.
    const taken = tryLock(this.#data) ?? tryLock(this.#data);
    if (taken === null) {
      this.#lost = true;
      return "lost";
    }
    this.#taken.lock.close();
    this.#taken = taken;
    this.#writeHolder();
    return "renewed";
  }

  /** Lets go. A folder that got no database is left as it was found, and one that another process has is left to it. */
  [Symbol.dispose](): void {
    if (!this.#lost) {
      rmSync(holderPath(this.#data), { force: true });
      if (!existsSync(databasePath(this.#data))) unmake(this.#data, this.#made);
    }
    this.#taken.lock.close();
  }

  #writeHolder(): void {
    const path = holderPath(this.#data);
    writeFileSync(`${path}.part`, `${JSON.stringify(this.#holder)}\n`, { mode: 0o600 });
    renameSync(`${path}.part`, path);
  }
}

/** Takes the right to write to a data folder; `what` names who wants it. Throws StoreError, which says who has it. */
export async function takeWriterLock(data: string, what: string, now: () => number): Promise<WriterLock> {
  const giveUpAt = performance.now() + waitsMsMax;
  for (;;) {
    const taken = tryLock(data);
    if (taken !== null) return holding(data, taken, { pid: process.pid, since: now(), what, url: null });
    const holder = holderOf(data);
    const reason = holder !== null && holder.what === daemon && holder.url !== null;
    if (reason || performance.now() >= giveUpAt) throw new StoreError("held", heldBy(data, holder));
    await Bun.sleep(triesEveryMs);
  }
}

export function takeDaemonLock(data: string, now: () => number): Promise<WriterLock> {
  return takeWriterLock(data, daemon, now);
}

function holding(data: string, taken: Taken, holder: Holder): WriterLock {
  try {
    return new WriterLock(data, taken, holder);
  } catch (error) {
    taken.lock.close();
    throw notWritable(data, error);
  }
}

interface Made {
  /** The topmost folder that was made; undefined where all were there. */
  readonly folder: string | undefined;
  readonly file: boolean;
}

interface Taken {
  readonly lock: Database;
  readonly made: Made;
  /** Which file it is that is locked. */
  readonly identity: string;
}

/** Null where another has it. */
function tryLock(data: string): Taken | null {
  const path = lockPath(data);
  let lock: Database | null = null;
  try {
    const folder = mkdirSync(data, { recursive: true, mode: 0o700 });
    const file = !existsSync(path);
    // Somebody removed it, and whoever locked it may be at work all the same.
    if (file && existsSync(databasePath(data)) && holderOfRemoved(path) !== null) return null;
    if (file) writeFileSync(path, "", { mode: 0o600, flag: "a" });
    const identity = fileIdentity(path);
    lock = new Database(path, { readwrite: true });
    lock.run("PRAGMA locking_mode = EXCLUSIVE");
    lock.run("BEGIN EXCLUSIVE");
    // Who let go may have taken the file away in between: a lock on a file that no one else finds is none.
    if (identity !== null && fileIdentity(path) === identity) return { lock, made: { folder, file }, identity };
    lock.close();
    return null;
  } catch (error) {
    lock?.close();
    if (storeFaultOf(error) === "locked") return null;
    throw notWritable(data, error);
  }
}

function notWritable(data: string, error: unknown): StoreError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = {
    EEXIST: "it is a file, or one stands on the way to it",
    ENOTDIR: "it is a file, or one stands on the way to it",
    EACCES: "permission denied; it is for the account the daemon runs as",
  }[code];
  return new StoreError(
    "not-writable",
    `the data folder ${data} cannot be written: ${reason ?? (error instanceof Error ? error.message : String(error))}`,
    { cause: error },
  );
}

function unmake(data: string, { folder, file }: Made): void {
  if (file) for (const end of ["", "-journal"]) rmSync(`${lockPath(data)}${end}`, { force: true });
  if (folder === undefined) return;
  try {
    for (let each = data; each.length >= folder.length; each = dirname(each)) rmdirSync(each);
  } catch (error) {
    // Somebody put something there meanwhile.
    if (!(error instanceof Error && "code" in error && (error.code === "ENOTEMPTY" || error.code === "ENOENT")))
      throw error;
  }
}

function holderOf(data: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(holderPath(data), "utf8")));
  } catch (error) {
    // Not written yet, or by another version: it is there, and says nothing of itself.
    if (error instanceof SyntaxError || error instanceof z.ZodError || (error instanceof Error && "code" in error))
      return null;
    throw error;
  }
}

function heldBy(data: string, holder: Holder | null): string {
  if (holder === null)
    return `another process writes to the data folder ${data}: stop it, or name another folder with --data`;
  const since = `since ${new Date(holder.since).toISOString()}`;
  if (holder.what !== daemon)
    return `${holder.what} (process ${holder.pid}, ${since}) writes to the data folder ${data}: try again once it is done`;
  return (
    `another daemon runs on the data folder ${data}: process ${holder.pid}, ` +
    `${since}${holder.url === null ? "" : `, at ${holder.url}`}: stop it, or name another folder with --data`
  );
}

function lockPath(data: string): string {
  return join(data, "lock.db");
}

function holderPath(data: string): string {
  return join(data, "lock.json");
}
