import { formatClause, formatDuration } from "../core/text";
import { minuteMs } from "../core/duration";
/** A periodic reader of the outside world. */
export interface Scanner {
  readonly name: string;
  /** How often, and how long one run may take; read each time, for both may change. */
  times(): ScanTimes;
  /** One run; answers in words what it saw. Rejects with what went wrong; the signal aborts when the time is up. */
  scan(signal: AbortSignal): Promise<string | Seen>;
  /** How far its first fill is, at any time; null where there is none under way. */
  filling?(): Filling | null;
}

/** What a run saw, in words, and what there is to know of how it went. */
export interface Seen {
  readonly saw: string;
  readonly lacks: Lack | null;
  /** For a person; null where there is nothing to say. */
  readonly note: string | null;
}

/** What of what was due could not be had: its share, above 0 to 1, and why, for a person. */
export interface Lack {
  readonly share: number;
  readonly why: string;
}

/** A first fill under way: it may take many runs, and is no failure. */
export interface Filling {
  readonly done: number;
  readonly total: number;
}

export interface ScanTimes {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** What a scan builds on is not there yet: no failure, it is tried again in a moment. */
export class NotYet extends Error {
  override readonly name = "NotYet";
}

/** partial: some of what was due could not be had. */
export type ScanOutcome = "succeeded" | "partial" | "failed" | "timed-out";

/** How a scanner has fared. */
export interface ScannerStatus {
  readonly name: string;
  readonly running: boolean;
  /** How often it is due. */
  readonly intervalMs: number;
  /** How old its last success may be before it is overdue: one run may fail to come. */
  readonly staleAfterMs: number;
  /** Until the next run, ms; 0 where it is due. */
  readonly dueInMs: number;
  /** Epoch ms. */
  readonly lastSuccessAt: number | null;
  /** What the last run saw, in words; null where it failed or could not begin. */
  readonly lastSaw: string | null;
  readonly lastError: string | null;
  /** What the last run could not have; null where it had all that was due, or nothing. */
  readonly lacks: Lack | null;
  readonly filling: Filling | null;
  /** What there is to know of how the last run went. */
  readonly note: string | null;
  /** What the last run still has to wait for; null where it could begin. */
  readonly waitsFor: string | null;
  readonly failures: number;
}

export interface SchedulerDeps {
  /** Wall clock, epoch ms: what is shown of times. */
  readonly now: () => number;
  /** Monotonic, ms: when something is due. A wall clock set back must not stop the scans. */
  readonly elapsed: () => number;
  /** Those due at one time run one after the other, always in the same order; else side by side, so that none waits for another. */
  readonly inTurn?: boolean;
  readonly ended: (scanner: string, outcome: ScanOutcome, seconds: number, status: ScannerStatus) => void;
  /** The watchdog: nothing ended for much longer than it may take. */
  readonly overdue: (scanner: string, why: string) => void;
}

interface Entry {
  scanner: Scanner;
  /** Of the last run that ended, monotonic ms; null before it. */
  endedAt: number | null;
  /** Monotonic, ms. */
  notBefore: number;
  running: Promise<void> | null;
  /** Of the run under way, monotonic ms. */
  startedAt: number;
  /** A scan has begun and not ended, be it given up on: no other begins before it does. */
  goesOn: boolean;
  lastSuccessAt: number | null;
  lastSaw: string | null;
  lastError: string | null;
  lacks: Lack | null;
  note: string | null;
  waitsFor: string | null;
  failures: number;
}

interface Attempt {
  readonly outcome: ScanOutcome | "not-yet";
  readonly saw: string | null;
  readonly lacks: Lack | null;
  readonly note: string | null;
  readonly error: string | null;
}

const backoffMsMax = 15 * minuteMs;
const notYetPauseMs = 1000;
const overdueAfterMs = minuteMs;
/** Kinds of scanner with one interval spread over this share of it, so that they do not all start in the same second. */
const spread = 0.25;

/** Runs scanners when they are due: the first time at once, never two runs of one at a time, later after failures. */
export class Scheduler implements AsyncDisposable {
  readonly #entries = new Map<string, Entry>();
  readonly #stop = new AbortController();
  #turn: Promise<void> = Promise.resolve();

  constructor(private readonly deps: SchedulerDeps) {}

  /** Exactly these from now on; one that stays, by name, keeps its standing. */
  follow(scanners: readonly Scanner[]): void {
    const before = new Map(this.#entries);
    this.#entries.clear();
    for (const scanner of scanners) {
      const entry = before.get(scanner.name) ?? {
        scanner,
        endedAt: null,
        notBefore: this.deps.elapsed(),
        running: null,
        startedAt: 0,
        goesOn: false,
        lastSuccessAt: null,
        lastSaw: null,
        lastError: null,
        lacks: null,
        note: null,
        waitsFor: null,
        failures: 0,
      };
      entry.scanner = scanner;
      this.#entries.set(scanner.name, entry);
    }
  }

  /** Starts what is due. Called every second; the demo calls it as its own time passes. */
  tick(): void {
    const at = this.deps.elapsed();
    for (const entry of this.#entries.values()) {
      this.#watch(entry, at);
      if (!entry.running && !entry.goesOn && at >= dueAtOf(entry) && !this.#stop.signal.aborted)
        void this.#start(entry);
    }
  }

  /** Runs one now, or joins the run under way. Resolves when it ended; rejects where there is no such scanner. */
  async run(name: string): Promise<ScannerStatus> {
    const entry = this.#entries.get(name);
    if (!entry)
      throw new Error(`no such scanner: ${name}; there are ${[...this.#entries.keys()].join(", ") || "none"}`);
    await this.#start(entry);
    return this.#statusOf(entry);
  }

  standings(): ScannerStatus[] {
    return [...this.#entries.values()].map((entry) => this.#statusOf(entry));
  }

  /** Resolves when no scan is under way. */
  async settled(): Promise<void> {
    await Promise.all([...this.#entries.values()].flatMap(({ running }) => running ?? []));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new Error("the daemon stops"));
    await this.settled();
  }

  /** Every scan ends by its timeout; one that goes on long past it holds up all that would follow. */
  #watch(entry: Entry, at: number): void {
    const { scanner, goesOn, startedAt } = entry;
    const tookMs = at - startedAt;
    if (goesOn && tookMs > scanner.times().timeoutMs + overdueAfterMs)
      this.deps.overdue(scanner.name, `a scan has been running for ${formatDuration(tookMs)}`);
  }

  #start(entry: Entry): Promise<void> {
    entry.running ??= this.#inTurn(() => this.#runOnce(entry)).finally(() => (entry.running = null));
    return entry.running;
  }

  #inTurn(run: () => Promise<void>): Promise<void> {
    if (this.deps.inTurn !== true) return run();
    this.#turn = this.#turn.then(run);
    return this.#turn;
  }

  async #runOnce(entry: Entry): Promise<void> {
    const startedAt = performance.now();
    const { outcome, saw, lacks, note, error } = await this.#attempt(entry);
    entry.lastSaw = saw;
    entry.lacks = lacks;
    entry.note = note;
    entry.waitsFor = outcome === "not-yet" ? error : null;
    if (outcome === "not-yet") {
      entry.notBefore = this.deps.elapsed() + notYetPauseMs;
      return;
    }
    entry.lastError = error;
    const sawSomething = outcome === "succeeded" || outcome === "partial";
    entry.failures = sawSomething ? 0 : entry.failures + 1;
    if (sawSomething) entry.lastSuccessAt = this.deps.now();
    entry.endedAt = this.deps.elapsed();
    if (!this.#stop.signal.aborted)
      this.deps.ended(entry.scanner.name, outcome, (performance.now() - startedAt) / 1000, this.#statusOf(entry));
  }

  #statusOf(entry: Entry): ScannerStatus {
    const { scanner, running, lastSuccessAt, lastSaw, lastError, lacks, note, waitsFor, failures } = entry;
    const { intervalMs, timeoutMs } = scanner.times();
    return {
      name: scanner.name,
      running: running !== null,
      intervalMs,
      staleAfterMs: 2 * intervalMs + timeoutMs,
      dueInMs: Math.max(0, dueAtOf(entry) - this.deps.elapsed()),
      lastSuccessAt,
      lastSaw,
      lastError,
      lacks,
      filling: scanner.filling?.() ?? null,
      note,
      waitsFor,
      failures,
    };
  }

  /** Never rejects: how a scan ends is a value. One that ignores its signal is given up on when its time is up. */
  async #attempt(entry: Entry): Promise<Attempt> {
    const { timeoutMs } = entry.scanner.times();
    const timeUp = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([timeUp, this.#stop.signal]);
    try {
      entry.goesOn = true;
      entry.startedAt = this.deps.elapsed();
      const scan = entry.scanner.scan(signal).finally(() => (entry.goesOn = false));
      const seen = await Promise.race([scan, aborted(signal)]);
      const whole = typeof seen === "string" ? { saw: seen, lacks: null, note: null } : seen;
      return { ...whole, outcome: whole.lacks === null ? "succeeded" : "partial", error: null };
    } catch (error) {
      const nothing = { saw: null, lacks: null, note: null };
      if (error instanceof NotYet) return { ...nothing, outcome: "not-yet", error: error.message };
      if (timeUp.aborted)
        return { ...nothing, outcome: "timed-out", error: `it took longer than ${formatDuration(timeoutMs)}` };
      const why = error instanceof Error ? error.message : String(error);
      return { ...nothing, outcome: "failed", error: formatClause(why) };
    }
  }
}

/** Read each time, so that another interval holds at once. Monotonic, ms. */
function dueAtOf({ scanner, notBefore, endedAt, failures }: Entry): number {
  if (endedAt === null) return notBefore;
  const { intervalMs } = scanner.times();
  return Math.max(notBefore, slotAfter(endedAt + backoffOf(intervalMs, failures), intervalMs, phaseOf(scanner.name)));
}

/** After a second failure in a row twice as long each time, up to a quarter of an hour. */
function backoffOf(intervalMs: number, failures: number): number {
  return failures < 2
    ? 0
    : Math.min(Math.max(backoffMsMax - intervalMs, 0), intervalMs * (2 ** Math.min(failures - 1, 10) - 1));
}

/**
 * The first after a time on a grid of the interval: however long each took and whatever failed before, two markets are
 * read at one moment, or their prices could not be compared.
 */
function slotAfter(time: number, intervalMs: number, phase: number): number {
  const shift = phase * intervalMs;
  return (Math.floor((time - shift) / intervalMs) + 1) * intervalMs + shift;
}

/** A fixed share of the interval for each kind of scanner: jitter that needs no dice. */
function phaseOf(name: string): number {
  const kind = name.split(":")[0] ?? name;
  return (Number(Bun.hash(kind) % 1000n) / 1000) * spread;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const why = () => (signal.reason instanceof Error ? signal.reason : new Error("aborted"));
    signal.addEventListener("abort", () => reject(why()), { once: true });
  });
}
