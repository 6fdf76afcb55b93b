import type { CheckAnswer, CheckRequest } from "./check-worker";

export interface IntegrityDeps {
  readonly path: string;
  /** Wall clock, epoch ms. */
  readonly now: () => number;
  /** A table, or what it is found by, is damaged. */
  readonly damaged: (table: string, found: string) => void;
  /** A slice could not be looked at: why. */
  readonly failed: (why: string) => void;
  /** How long after the start the first round begins; 10 s where left out. */
  readonly beginsAfterMs?: number | undefined;
}

const usuallyBeginsAfterMs = 10_000;
const roundEveryMs = 24 * 3_600_000;
/**
 * In the first round a slice is followed by a rest of so many times as long: after a start the whole is known soon, and
 * no request is slowed down.
 */
const restShare = 4;
const restMsMin = 1000;

/**
 * Goes through the whole database in the background, a table at a time, on a thread that lives for one slice: the first
 * round soon after the start, then one a day. So damage is found where nothing else reads.
 */
export class IntegrityCheck implements Disposable {
  #timer: ReturnType<typeof setTimeout> | null = null;
  #worker: Worker | null = null;
  /** Of the round under way, those not looked at yet. */
  #waiting: string[] = [];
  #tables = 0;
  #checkedAt: number | null = null;

  constructor(private readonly deps: IntegrityDeps) {}

  /** When the last whole round ended and found nothing, epoch ms; null before it. */
  get checkedAt(): number | null {
    return this.#checkedAt;
  }

  /** How much of the round under way is done, 0 to 1. */
  get progress(): number {
    return this.#tables === 0 ? 0 : (this.#tables - this.#waiting.length) / this.#tables;
  }

  start(): this {
    this.#after(this.deps.beginsAfterMs ?? usuallyBeginsAfterMs);
    return this;
  }

  /** Looks at the next table; false where the round has ended with it. */
  async slice(): Promise<boolean> {
    if (this.#waiting.length === 0) {
      const answer = await this.#check(null);
      if (!("tables" in answer)) return this.#notLooked(answer);
      this.#waiting = answer.tables;
      this.#tables = answer.tables.length;
    }
    const table = this.#waiting.shift();
    if (table === undefined) return false;
    const answer = await this.#check(table);
    if (!("found" in answer)) return this.#notLooked(answer);
    if (answer.found !== null) {
      this.deps.damaged(table, answer.found);
      this.#waiting = [];
      return false;
    }
    if (this.#waiting.length > 0) return true;
    this.#checkedAt = this.deps.now();
    return false;
  }

  [Symbol.dispose](): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#worker?.terminate();
  }

  #notLooked(answer: CheckAnswer): boolean {
    this.#waiting = [];
    this.deps.failed("failed" in answer ? answer.failed : "it answered what was not asked");
    return false;
  }

  #after(ms: number): void {
    this.#timer = setTimeout(() => void this.#work(), ms);
  }

  async #work(): Promise<void> {
    const startedAt = performance.now();
    const more = await this.slice();
    if (this.#timer === null) return;
    const spread = roundEveryMs / Math.max(1, this.#tables);
    const rest = Math.max(restMsMin, (performance.now() - startedAt) * restShare);
    this.#after(more && this.#checkedAt === null ? rest : spread);
  }

  #check(table: string | null): Promise<CheckAnswer> {
    const worker = new Worker(new URL("check-worker.ts", import.meta.url).href);
    this.#worker = worker;
    const { promise, resolve } = Promise.withResolvers<CheckAnswer>();
    worker.addEventListener("message", ({ data }: MessageEvent<CheckAnswer>) => resolve(data));
    worker.addEventListener("error", ({ message }) => resolve({ failed: message }));
    worker.postMessage({ path: this.deps.path, table } satisfies CheckRequest);
    return promise.finally(() => worker.terminate());
  }
}
