import type { Acknowledgement } from "../act";
import type { AlertType, Priority } from "../alert";
import type { CertificateSpan, Configured } from "../observation";
import type { Matched } from "../matcher";
import type { Direction, Signal } from "../signal";
import type { Silence } from "../silence";

/** What decide remembers, in cells by kind and key. Each cell is plain JSON and one row of the store. */
export interface Cells {
  /** By fingerprint. */
  readonly cooldown: Cooldown;
  /** By source and window. */
  readonly cap: CapWindow;
  /** Alerts that stand: events by source and symbol, states by fingerprint. */
  readonly open: readonly OpenAlert[];
  /** A state that holds, by fingerprint: raised, or held back by a gate. */
  readonly condition: Condition;
  /** By seq of the alert that someone has. */
  readonly acknowledged: Acknowledged;
  /** Those that hold and were made at run time, by the seq of the observation that made them. */
  readonly silence: Silence;
  /** Whether and since when a source is watched, and when it last spoke. */
  readonly source: SourceWatch;
  /** Gaps between a source's live reports in ms, oldest first. */
  readonly cadence: readonly number[];
  /** How a source's latest reports were received. */
  readonly intake: Intake;
  /** How a source's times sit to its files' times. */
  readonly offset: OffsetRun;
  /** What a source reported while unwatched. */
  readonly missed: Missed;
  /** Since when a reading of the host is over its limit, by its name. */
  readonly pressure: Pressure;
  /** A user's rule that throws or dawdles. */
  readonly rule: RuleHealth;
  /** By identity: which signal it was and the highest priority it was alerted at. */
  readonly identity: Identity;
  /** What there is by the config. */
  readonly configured: Pick<Configured, "sources" | "scanners" | "rules">;
  /** The TLS certificate that is served. */
  readonly certificate: CertificateSpan;
  /** When old cells were last cleared. */
  readonly housekeeping: { readonly at: number };
}

export interface Cooldown {
  readonly raisedAt: number;
  /** The highest raised since the cooldown began. */
  readonly priority: Priority;
}

export interface CapWindow {
  readonly source: string;
  readonly endsAt: number;
  /** High ones included. */
  readonly raised: number;
  readonly raisedNotHigh: number;
  readonly overflow: number;
  readonly strongest: {
    readonly message: string;
    readonly strength: number | null;
    readonly priority: Priority;
  } | null;
}

export interface OpenAlert {
  readonly seq: number;
  readonly type: AlertType;
  readonly direction: Direction | null;
  readonly expiresAt: number | null;
}

export interface Condition {
  readonly since: number;
  readonly alertSeq: number | null;
  /** When it is over by itself unless it is repeated; absent: not before its condition is. */
  readonly ends?: ConditionEnd;
  /** Who sent it, by the name of a token. */
  readonly from?: string;
  /** Someone resolved its alert: it is not raised again while the state goes on. */
  readonly closed?: true;
  /** What was raised, or would have been; absent where an earlier version kept it. */
  readonly alert?: Omit<Matched, "fingerprint">;
}

/** An acknowledgement, and what of its alert decides how long it holds. */
interface Acknowledged extends Acknowledgement {
  readonly fingerprint: string;
  readonly priority: Priority;
  readonly direction: Direction | null;
}

export interface ConditionEnd {
  /** Epoch ms. */
  readonly at: number;
  readonly reason: "expired" | "not-repeated";
}

interface SourceWatch {
  readonly watched: boolean;
  /** Since when it is watched, or unreachable. */
  readonly since: number;
  readonly why: string | null;
  /** False until its folder was reached for the first time: nothing can have been missed before. */
  readonly everWatched: boolean;
  /** When the last live report came; null: no data. */
  readonly spokeAt: number | null;
}

export interface Intake {
  /** Newest last, at most 50: true where the report was refused. */
  readonly refused: readonly boolean[];
  /** Files refused of late, newest last. */
  readonly recent: readonly { readonly at: number; readonly file: string }[];
}

export interface OffsetRun {
  /** Quarter hours between the report's time and its file's. */
  readonly quarters: number;
  readonly run: number;
  readonly zoneAssumed: boolean;
}

interface Pressure {
  readonly since: number;
  /** Since when the reading itself cannot be had. */
  readonly missingSince?: number;
}

export interface Missed {
  /** When the counting began, epoch ms. */
  readonly since: number;
  readonly count: number;
  readonly high: number;
  readonly medium: number;
  /** The most deserving few, each with its name for a person. */
  readonly strongest: readonly {
    readonly name: string;
    readonly priority: Priority;
    readonly strength: number | null;
  }[];
  /** Stamps the missed ones would have left, by their own times. */
  readonly cooldowns: Readonly<Record<string, Cooldown>>;
  readonly caps: Readonly<Record<string, CapWindow>>;
}

interface RuleHealth {
  readonly failing: boolean;
  /** Runs in a row without a fault since the last one. */
  readonly sound: number;
}

export interface Identity {
  readonly seq: number;
  readonly observedAt: number;
  readonly alerted: Priority | null;
}

export type CellKind = keyof Cells;

/** One cell after; null where it is gone. */
export type CellChange = {
  [K in CellKind]: { readonly kind: K; readonly key: string; readonly value: Cells[K] | null };
}[CellKind];

/** The past as decide may read it. */
export interface State {
  get<K extends CellKind>(kind: K, key: string): Cells[K] | undefined;
  entries<K extends Exclude<CellKind, "identity">>(kind: K): Iterable<readonly [string, Cells[K]]>;
  /** The signal known under a seq, with all that twins filled in. */
  signal(seq: number): Signal | undefined;
}

/** A state that reads through to the one before and keeps its own changes apart. */
export class StateOverlay implements State {
  readonly #changed = new Map<CellKind, Map<string, CellChange>>();
  readonly #signals = new Map<number, Signal>();

  constructor(private readonly before: State) {}

  get<K extends CellKind>(kind: K, key: string): Cells[K] | undefined {
    const change = this.#changed.get(kind)?.get(key);
    if (!change) return this.before.get(kind, key);
    return (change.value ?? undefined) as Cells[K] | undefined;
  }

  *entries<K extends Exclude<CellKind, "identity">>(kind: K): Iterable<readonly [string, Cells[K]]> {
    const changed = this.#changed.get(kind);
    if (!changed) return yield* this.before.entries(kind);
    for (const entry of this.before.entries(kind)) {
      if (!changed.has(entry[0])) yield entry;
    }
    for (const { key, value } of changed.values()) {
      if (value !== null) yield [key, value as Cells[K]];
    }
  }

  signal(seq: number): Signal | undefined {
    return this.#signals.get(seq) ?? this.before.signal(seq);
  }

  set<K extends CellKind>(kind: K, key: string, value: Cells[K] | null): void {
    this.#ofKind(kind).set(key, { kind, key, value } as CellChange);
  }

  know(seq: number, signal: Signal): void {
    this.#signals.set(seq, signal);
  }

  /** Takes over what a later draft changed. */
  absorb(later: StateOverlay): void {
    for (const [kind, changes] of later.#changed) {
      const ofKind = this.#ofKind(kind);
      for (const [key, change] of changes) ofKind.set(key, change);
    }
    for (const [seq, signal] of later.#signals) this.#signals.set(seq, signal);
  }

  get changes(): Iterable<CellChange> {
    return [...this.#changed.values()].flatMap((changes) => [...changes.values()]);
  }

  get known(): Iterable<readonly [number, Signal]> {
    return this.#signals;
  }

  get isUnchanged(): boolean {
    return this.#changed.size === 0;
  }

  #ofKind(kind: CellKind): Map<string, CellChange> {
    let changes = this.#changed.get(kind);
    if (!changes) this.#changed.set(kind, (changes = new Map()));
    return changes;
  }
}

/** A state held in memory whole: for replay and tests. */
export class MemoryState implements State {
  readonly #cells = new Map<CellKind, Map<string, Cells[CellKind]>>();
  readonly #signals = new Map<number, Signal>();

  get<K extends CellKind>(kind: K, key: string): Cells[K] | undefined {
    return this.#cells.get(kind)?.get(key) as Cells[K] | undefined;
  }

  entries<K extends CellKind>(kind: K): Iterable<readonly [string, Cells[K]]> {
    return (this.#cells.get(kind) ?? new Map()) as Map<string, Cells[K]>;
  }

  signal(seq: number): Signal | undefined {
    return this.#signals.get(seq);
  }

  /** Makes what a draft changed the state from now on. */
  apply(overlay: StateOverlay): void {
    for (const [seq, signal] of overlay.known) this.#signals.set(seq, signal);
    for (const { kind, key, value } of overlay.changes) {
      let cells = this.#cells.get(kind);
      if (!cells) this.#cells.set(kind, (cells = new Map()));
      if (value === null) cells.delete(key);
      else cells.set(key, value);
    }
  }
}
