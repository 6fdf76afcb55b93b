import type { Database as SqliteDatabase, Statement } from "bun:sqlite";
import { createPartition, hasPartition, partitionName, seqsOfPartition } from "./search-partitions";

interface Statements {
  readonly add: Statement<unknown, [number, string]>;
  readonly drop: Statement<unknown, [number]>;
  readonly any: Statement<unknown, []>;
}

/** Partitions whose statements stay ready: the newest, and those where retention and revisions are at work. */
const readyMax = 8;

/** Writes what can be searched for, always in the commit under way. */
export class SearchIndex {
  readonly #raw: SqliteDatabase;
  readonly #seqs: number;
  /** By the first seq of the partition; the one used last is the last. */
  readonly #ready = new Map<number, Statements>();

  /** `seqs`: how many of them a partition holds; the same for the life of a database. */
  constructor(raw: SqliteDatabase, seqs: number = seqsOfPartition) {
    this.#raw = raw;
    this.#seqs = seqs;
  }

  /** `again`: in place of the words it had. */
  put(seq: number, words: string, again = false): void {
    const from = this.#startOf(seq);
    const known = this.#statementsOf(from);
    if (known === undefined) createPartition(this.#raw, from);
    else if (again) known.drop.run(seq);
    (known ?? this.#statementsOf(from))?.add.run(seq, words);
  }

  /** Takes the words of these out of the search, and every partition out of the database that is then empty. */
  remove(seqs: readonly number[]): void {
    const touched = new Set<number>();
    // In the order of the index: each step backwards in it would write a segment of its own.
    for (const seq of seqs.toSorted((a, b) => a - b)) {
      const from = this.#startOf(seq);
      this.#statementsOf(from)?.drop.run(seq);
      touched.add(from);
    }
    for (const from of touched) if (this.#statementsOf(from)?.any.get() === null) this.#drop(from);
  }

  /** What was made or dropped in the commit under way may not have come to be: nothing is taken for known any more. */
  forget(): void {
    for (const from of this.#ready.keys()) this.#close(from);
  }

  #startOf(seq: number): number {
    return seq - (seq % this.#seqs);
  }

  /** Undefined where there is no such partition. */
  #statementsOf(from: number): Statements | undefined {
    const ready = this.#ready.get(from);
    if (ready === undefined && !hasPartition(this.#raw, from)) return undefined;
    const name = partitionName(from);
    const statements = ready ?? {
      add: this.#raw.prepare<unknown, [number, string]>(`INSERT INTO ${name} (rowid, words) VALUES (?, ?)`),
      drop: this.#raw.prepare<unknown, [number]>(`DELETE FROM ${name} WHERE rowid = ?`),
      any: this.#raw.prepare<unknown, []>(`SELECT 1 FROM ${name} LIMIT 1`),
    };
    this.#ready.delete(from);
    this.#ready.set(from, statements);
    const [oldest] = this.#ready.keys();
    if (this.#ready.size > readyMax && oldest !== undefined) this.#close(oldest);
    return statements;
  }

  #drop(from: number): void {
    this.#close(from);
    this.#raw.run(`DROP TABLE ${partitionName(from)}`);
  }

  #close(from: number): void {
    for (const statement of Object.values(this.#ready.get(from) ?? {}) as Statement[]) statement.finalize();
    this.#ready.delete(from);
  }
}
