/** A periodic reader of the outside world. */
export interface Scanner {
  readonly name: string;
  /** How often, and how long one run may take; asked each time, for both may change. */
  times(): ScanTimes;
  /** One run. Rejects with what went wrong; the signal aborts when the time is up. */
  scan(signal: AbortSignal): Promise<void>;
}

export interface ScanTimes {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** What a scan builds on is not there yet: no failure, it is tried again in a moment. */
export class NotYet extends Error {
  override readonly name = "NotYet";
}

export type ScanOutcome = "succeeded" | "failed" | "timed-out";

/** How a scanner has fared. */
export interface ScannerStanding {
  readonly name: string;
  readonly running: boolean;
  /** How often it is due. */
  readonly intervalMs: number;
  /** Until the next run, ms; 0 where it is due. */
  readonly dueInMs: number;
  /** Epoch ms. */
  readonly lastSuccessAt: number | null;
  readonly lastError: string | null;
  readonly failures: number;
}

export interface SchedulerDeps {
  /** Wall clock, epoch ms: what is told of times. */
  readonly now: () => number;
  /** Monotonic, ms: when something is due. A wall clock set back must not stop the scans. */
  readonly elapsed: () => number;
  readonly ended: (scanner: string, outcome: ScanOutcome, seconds: number, standing: ScannerStanding) => void;
  /** The watchdog: nothing ended for much longer than it may take. */
  readonly overdue: (scanner: string, why: string) => void;
}

interface Entry {
  scanner: Scanner;
  /** Monotonic, ms. */
  dueAt: number;
  running: Promise<void> | null;
  lastSuccessAt: number | null;
  lastError: string | null;
  failures: number;
}

const backoffAtMostMs = 15 * 60_000;
const notYetPauseMs = 1000;
const overdueAfterMs = 60_000;
/** Scanners of one interval spread over this share of it, so that they do not all start in the same second. */
const spread = 0.1;

/** Runs scanners when they are due: the first time at once, never two runs of one at a time, later after failures. */
export class Scheduler implements AsyncDisposable {
  readonly #entries = new Map<string, Entry>();
  readonly #stop = new AbortController();

  constructor(private readonly deps: SchedulerDeps) {}

  /** Exactly these from now on; one that stays, by name, keeps its standing. */
  follow(scanners: readonly Scanner[]): void {
    const before = new Map(this.#entries);
    this.#entries.clear();
    for (const scanner of scanners) {
      const entry = before.get(scanner.name) ?? { scanner, dueAt: this.deps.elapsed(), running: null, lastSuccessAt: null, lastError: null, failures: 0 };
      entry.scanner = scanner;
      this.#entries.set(scanner.name, entry);
    }
  }

  /** Starts what is due. Called every second; the demo calls it as its own time passes. */
  tick(): void {
    const at = this.deps.elapsed();
    for (const entry of this.#entries.values()) {
      this.#watch(entry, at);
      if (!entry.running && at >= entry.dueAt && !this.#stop.signal.aborted) void this.#start(entry);
    }
  }

  /** Runs one now, or joins the run under way. Resolves when it ended; rejects where there is no such scanner. */
  async run(name: string): Promise<ScannerStanding> {
    const entry = this.#entries.get(name);
    if (!entry) throw new Error(`no such scanner: ${name}; there are ${[...this.#entries.keys()].join(", ") || "none"}`);
    await this.#start(entry);
    return this.#standingOf(entry);
  }

  standings(): ScannerStanding[] {
    return [...this.#entries.values()].map((entry) => this.#standingOf(entry));
  }

  /** Resolves when no scan is under way. */
  async settled(): Promise<void> {
    await Promise.all([...this.#entries.values()].flatMap(({ running }) => running ?? []));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new Error("the daemon stops"));
    await this.settled();
  }

  /** Every scan ends by its timeout; one that is due and long past that means that scanning itself stands still. */
  #watch({ scanner, dueAt, running }: Entry, at: number): void {
    const lateMs = at - dueAt - scanner.times().timeoutMs;
    if (running && lateMs > overdueAfterMs) this.deps.overdue(scanner.name, `no scan has ended for ${Math.round((at - dueAt) / 1000)} s`);
  }

  #start(entry: Entry): Promise<void> {
    entry.running ??= this.#runOnce(entry).finally(() => (entry.running = null));
    return entry.running;
  }

  async #runOnce(entry: Entry): Promise<void> {
    const startedAt = performance.now();
    const { outcome, error } = await this.#attempt(entry.scanner);
    if (outcome === "not-yet") {
      entry.dueAt = this.deps.elapsed() + notYetPauseMs;
      return;
    }
    entry.lastError = error;
    entry.failures = outcome === "succeeded" ? 0 : entry.failures + 1;
    if (outcome === "succeeded") entry.lastSuccessAt = this.deps.now();
    entry.dueAt = this.deps.elapsed() + pauseOf(entry);
    if (!this.#stop.signal.aborted) this.deps.ended(entry.scanner.name, outcome, (performance.now() - startedAt) / 1000, this.#standingOf(entry));
  }

  #standingOf({ scanner, running, dueAt, lastSuccessAt, lastError, failures }: Entry): ScannerStanding {
    return { name: scanner.name, running: running !== null, intervalMs: scanner.times().intervalMs, dueInMs: Math.max(0, dueAt - this.deps.elapsed()), lastSuccessAt, lastError, failures };
  }

  /** Never rejects: how a scan ends is a value. One that ignores its signal is given up on when its time is up. */
  async #attempt(scanner: Scanner): Promise<{ outcome: ScanOutcome | "not-yet"; error: string | null }> {
    const { timeoutMs } = scanner.times();
    const timeUp = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([timeUp, this.#stop.signal]);
    try {
      await Promise.race([scanner.scan(signal), aborted(signal)]);
      return { outcome: "succeeded", error: null };
    } catch (error) {
      if (error instanceof NotYet) return { outcome: "not-yet", error: null };
      if (timeUp.aborted) return { outcome: "timed-out", error: `it took longer than ${timeoutMs / 1000} s` };
      return { outcome: "failed", error: error instanceof Error ? error.message : String(error) };
    }
  }
}

/** Its interval; after failures twice as long each time, up to a quarter of an hour. */
function pauseOf({ scanner, failures }: Entry): number {
  const { name } = scanner;
  const { intervalMs } = scanner.times();
  if (failures > 0) return Math.min(Math.max(backoffAtMostMs, intervalMs), intervalMs * 2 ** Math.min(failures - 1, 10));
  return intervalMs * (1 + spread * shareOf(name));
}

/** A fixed share of 1 for each name: jitter that needs no dice. */
function shareOf(name: string): number {
  return (Number(Bun.hash(name) % 1000n) / 1000 - 0.5) * 2;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason instanceof Error ? signal.reason : new Error("aborted")), { once: true });
  });
}
