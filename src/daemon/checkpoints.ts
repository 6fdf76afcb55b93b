import { pagesToCopy } from "../store/checkpoint";
import type { Database } from "../store/db";
import type { CheckpointAnswer } from "./checkpoint-worker";

export interface CheckpointDeps {
  readonly database: Database;
  /** A checkpoint could not be made, and why: the writer makes it itself where the log grows on. */
  readonly failed: (why: string) => void;
}

/** SQLite's own limit, at which a commit would wait for the copying. */
const duePages = 1000;
/** What was written during a pass is copied by another, so often: only a log that is copied to its end begins anew. */
const passesMax = 4;
/** Where the thread does not follow, a commit copies after all: the log stays bounded. */
const writerCopiesAtPages = 16_000;
const everyMs = 100;

/** Keeps the write-ahead log short from a thread of its own, begun when the log is first long enough: no commit waits for the copying. */
export class Checkpoints implements Disposable {
  #timer: ReturnType<typeof setInterval> | null = null;
  #worker: Worker | null = null;
  #copying = false;
  #passes = 0;

  constructor(private readonly deps: CheckpointDeps) {}

  /** Begins to copy a log that is due; true while it is copied: who can wait should, as only a log copied to its end begins anew. */
  copyIfDue(): boolean {
    this.#look();
    return this.#copying;
  }

  start(): this {
    this.deps.database.raw.run(`PRAGMA wal_autocheckpoint = ${writerCopiesAtPages}`);
    this.#timer = setInterval(() => this.#look(), everyMs);
    return this;
  }

  [Symbol.dispose](): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.#worker?.terminate();
  }

  #look(): void {
    if (this.#timer === null || this.#copying || pagesToCopy(this.deps.database.raw) < duePages) return;
    this.#copying = true;
    this.#passes = 0;
    this.#pass();
  }

  #pass(): void {
    this.#passes++;
    this.#worker ??= this.#begin();
    this.#worker.postMessage(this.deps.database.path);
  }

  #begin(): Worker {
    const worker = new Worker(new URL("checkpoint-worker.ts", import.meta.url).href, { smol: true, ref: false });
    worker.addEventListener("message", ({ data }: MessageEvent<CheckpointAnswer>) => this.#ended(data.failed));
    worker.addEventListener("error", ({ message }) => {
      this.#worker = null;
      this.#ended(message);
    });
    return worker;
  }

  #ended(why: string | null): void {
    if (this.#timer === null) return;
    if (why === null && this.#passes < passesMax && pagesToCopy(this.deps.database.raw) > 0) {
      this.#pass();
      return;
    }
    this.#copying = false;
    if (why !== null) this.deps.failed(why);
  }
}
