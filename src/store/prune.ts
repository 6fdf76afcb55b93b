import type { Database as SqliteDatabase } from "bun:sqlite";
import type { Database } from "./db";
import type { SearchIndex } from "./search-index";

/** What the config's `retention` keeps for different times. */
export const keptKinds = ["signals", "raw", "decisions", "events", "alerts", "deliveries"] as const;
export type KeptKind = (typeof keptKinds)[number];

/** Up to when each is let go of, epoch ms; null keeps it for ever. */
export type Cutoffs = Readonly<Record<KeptKind, number | null>>;

export interface Pruned {
  /** Rows that went, by kind. */
  readonly removed: Readonly<Partial<Record<KeptKind, number>>>;
  /** More is past its time. */
  readonly more: boolean;
}

/** Rows of one table that are kept for one time. Each `time` has an index: what is due is found without a look at what is not. */
interface Heap {
  readonly kind: KeptKind;
  readonly table: string;
  readonly key: string;
  readonly time: string;
  /** Which of them may go at all; a plus keeps SQLite from looking them up by it. */
  readonly also?: string;
  /** Its key is that of its words in the search. */
  readonly searched?: boolean;
  /** What people did with it goes with it. */
  readonly actedOn?: boolean;
}

const heaps: readonly Heap[] = [
  { kind: "events", table: "events", key: "seq", time: "at" },
  { kind: "decisions", table: "decisions", key: "id", time: "at" },
  { kind: "raw", table: "reports", key: "seq", time: "received_at" },
  // The ledger's row lives as long as its file: only files long gone are forgotten.
  { kind: "raw", table: "files", key: "rowid", time: "gone_at" },
  {
    kind: "alerts",
    table: "alerts",
    key: "seq",
    time: "raised_at",
    also: "+state IN ('resolved', 'expired')",
    searched: true,
    actedOn: true,
  },
  // Where an alert that stands got out is where its end will be owed.
  {
    kind: "deliveries",
    table: "deliveries",
    key: "seq",
    time: "ended_at",
    also: "NOT EXISTS (SELECT 1 FROM alerts WHERE alerts.seq = deliveries.alert_seq AND +alerts.state IN ('open', 'acknowledged'))",
  },
  { kind: "signals", table: "signals", key: "seq", time: "received_at", searched: true },
  { kind: "signals", table: "opportunities", key: "seq", time: "received_at", searched: true },
  { kind: "signals", table: "markets", key: "seq", time: "received_at" },
  { kind: "signals", table: "observations", key: "seq", time: "received_at" },
];

/** So many are looked for at once; between two such looks the time is asked. */
const rowsAtOnce = 25;
/**
 * Most rows of a step that stand in the search: its index is written in the commit, which follows the words that go
 * and not the time they took.
 */
const searchedRowsMax = 150;

/** Lets go of rows past their time, in steps so short that no commit waits long for one. */
export class Pruner {
  readonly #raw: SqliteDatabase;
  readonly #heaps;
  readonly #search: SearchIndex;
  readonly #removeActs;
  readonly #synchronous: number;
  /** Where the next step begins: each table has its turn. */
  #turn = 0;

  constructor({ raw }: Database, search: SearchIndex) {
    this.#raw = raw;
    this.#search = search;
    this.#removeActs = raw.prepare("DELETE FROM acts WHERE alert_seq = ?");
    this.#synchronous = raw.query<{ synchronous: number }, []>("PRAGMA synchronous").get()?.synchronous ?? 2;
    this.#heaps = heaps.map(({ kind, table, key, time, also = "1", searched = false, actedOn = false }) => {
      const due = `SELECT ${key} FROM ${table} WHERE ${time} < ? AND ${also} ORDER BY ${time} LIMIT ${rowsAtOnce}`;
      return {
        kind,
        searched,
        actedOn,
        remove: raw.prepare<{ gone: number }, [number]>(
          `DELETE FROM ${table} WHERE ${key} IN (${due}) RETURNING ${key} AS gone`,
        ),
        oldest: raw.prepare<{ at: number }, []>(
          `SELECT ${time} AS at FROM ${table} WHERE ${time} IS NOT NULL AND ${also} ORDER BY ${time} LIMIT 1`,
        ),
      };
    });
  }

  /** Removes what is due until the budget is used up. Throws what SQLite throws, and then nothing went. */
  step(cutoffs: Cutoffs, budgetMs: number, elapsed: () => number): Pruned {
    const endsAt = elapsed() + budgetMs;
    const removed: Partial<Record<KeptKind, number>> = {};
    const waiting = this.#heaps
      .map((_, index) => (index + this.#turn) % this.#heaps.length)
      .filter((index) => this.#isDue(index, cutoffs));
    if (waiting.length === 0) return { removed, more: false };
    const unsearched: number[] = [];
    this.#unsynced(() => {
      while (waiting.length > 0 && elapsed() < endsAt && unsearched.length < searchedRowsMax) {
        const index = waiting.shift() ?? 0;
        const heap = this.#heaps[index];
        if (heap === undefined) continue;
        const gone = heap.remove.all(cutoffs[heap.kind] ?? 0);
        if (heap.actedOn) for (const row of gone) this.#removeActs.run(row.gone);
        if (heap.searched) for (const row of gone) unsearched.push(row.gone);
        removed[heap.kind] = (removed[heap.kind] ?? 0) + gone.length;
        if (gone.length === rowsAtOnce) waiting.push(index);
        this.#turn = index + 1;
      }
      this.#search.remove(unsearched);
    });
    return { removed, more: waiting.length > 0 };
  }

  /** How long past its time the oldest of each kind is still there, seconds; kinds that are kept for ever are left out. */
  debtSeconds(cutoffs: Cutoffs): Partial<Record<KeptKind, number>> {
    const debts: Partial<Record<KeptKind, number>> = {};
    for (const { kind, oldest } of this.#heaps) {
      const cutoff = cutoffs[kind];
      if (cutoff === null) continue;
      const at = oldest.get()?.at ?? cutoff;
      debts[kind] = Math.max(debts[kind] ?? 0, (cutoff - at) / 1000);
    }
    return debts;
  }

  #isDue(index: number, cutoffs: Cutoffs): boolean {
    const heap = this.#heaps[index];
    const cutoff = heap ? cutoffs[heap.kind] : null;
    return heap !== undefined && cutoff !== null && (heap.oldest.get()?.at ?? cutoff) < cutoff;
  }

  /** What is let go of need not have reached the disk before anybody goes on: after a power cut it is let go of again. */
  #unsynced(work: () => void): void {
    this.#raw.run(`PRAGMA synchronous = ${Math.min(this.#synchronous, 1)}`);
    try {
      this.#raw.transaction(work).immediate();
    } catch (error) {
      this.#search.forget();
      throw error;
    } finally {
      this.#raw.run(`PRAGMA synchronous = ${this.#synchronous}`);
    }
  }
}
