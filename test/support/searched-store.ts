import { openForWriting } from "../../src/store/db";
import { prepareInsert, prepareUpsert } from "../../src/store/insert";
import { Pruner } from "../../src/store/prune";
import * as schema from "../../src/store/schema";
import { SearchIndex } from "../../src/store/search-index";

/** Seqs of a partition: a few rows make many. */
export const few = 8;
export const lists = ["signals", "alerts", "opportunities", "decisions"] as const;
export type List = (typeof lists)[number];
export type Searched = Exclude<List, "decisions">;

interface Row {
  readonly seq: number;
  readonly at: number;
  readonly symbol: string;
  readonly strength: number;
  /** Whose words it is found by. */
  readonly about: number;
}

export interface Asked {
  readonly symbol?: string | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly by?: "received" | "strength" | undefined;
}

/** A store with the same things beside it in memory, which are searched one by one. */
export class SearchedStore implements Disposable {
  readonly rows: Record<List, Row[]> = { signals: [], alerts: [], opportunities: [], decisions: [] };
  readonly words = new Map<number, string>();
  database;
  index;
  seq = 0;
  #decisions = 0;

  constructor(private readonly folder: string) {
    this.database = openForWriting(folder, { durable: false });
    this.index = new SearchIndex(this.database.raw, few);
  }

  reopen(): void {
    this.database[Symbol.dispose]();
    this.database = openForWriting(this.folder, { durable: false });
    this.index = new SearchIndex(this.database.raw, few);
  }

  add(list: Searched, gap: number, symbol: string, words: string): void {
    this.seq += gap;
    const row = { seq: this.seq, at: this.seq * 10, symbol, strength: (this.seq * 37) % 50, about: this.seq };
    this.#write(() => {
      this.#put(list, row);
      this.index.put(row.seq, words);
    });
    this.rows[list].push(row);
    this.words.set(row.seq, words);
    this.decide(row.seq);
  }

  revise(nth: number, words: string): void {
    const row = this.rows.signals[nth % this.rows.signals.length];
    if (row === undefined) return;
    this.#write(() => this.index.put(row.seq, words, true));
    this.words.set(row.seq, words);
    this.decide(row.seq);
  }

  /** A commit that comes to nothing, whatever it has made. */
  fail(words: string): void {
    try {
      this.database.raw.transaction(() => {
        this.index.put(this.seq + 1, words);
        this.index.put(this.seq + 1 + few, words);
        throw new Error("disk full");
      })();
    } catch {
      this.index.forget();
    }
  }

  /** Retention of all that is older than so much of what there is. */
  prune(share: number): void {
    const before = Math.floor(this.seq * 10 * share);
    const pruner = new Pruner(this.database, this.index);
    while (
      pruner.step(
        { signals: before, alerts: before, raw: null, decisions: null, events: null, deliveries: null },
        5,
        () => 0,
      ).more
    );
    for (const list of ["signals", "alerts", "opportunities"] as const) {
      for (const { seq, at } of this.rows[list]) if (at < before) this.words.delete(seq);
      this.rows[list] = this.rows[list].filter(({ at }) => at >= before);
    }
  }

  decide(about: number): void {
    const symbol = this.words.has(about) ? "AUSDT" : "BUSDT";
    const row = { seq: ++this.#decisions, at: this.seq * 10, symbol, strength: 0, about };
    this.#put("decisions", row);
    this.rows.decisions.push(row);
  }

  /** What a list should answer, as seqs. */
  wanted(list: List, q: string, { symbol, since, until, by }: Asked): number[] {
    const typed = q.toLowerCase().split(" ").filter(Boolean);
    const matches = (about: number) => {
      const words = (this.words.get(about) ?? "").split(" ");
      return typed.length > 0 && typed.every((word) => words.some((each) => each.startsWith(word)));
    };
    const found = this.rows[list].filter(
      (row) =>
        matches(row.about) &&
        (symbol === undefined || row.symbol === symbol) &&
        (since === undefined || row.at >= since) &&
        (until === undefined || row.at < until),
    );
    const byStrength = by === "strength" && list === "signals";
    return found.toSorted((a, b) => (byStrength ? b.strength - a.strength : 0) || b.seq - a.seq).map(({ seq }) => seq);
  }

  [Symbol.dispose](): void {
    this.database[Symbol.dispose]();
  }

  #write(work: () => void): void {
    this.database.raw.transaction(work).immediate();
  }

  #put(list: List, { seq, at, symbol, strength, about }: Row): void {
    const { db } = this.database;
    const common = { symbol, source: "s", body: "{}", decision: "raised", receivedAt: at, observedAt: at };
    const said = { observationSeq: about, subjectSeq: about, rule: "r", priority: "low", fingerprint: "f" };
    if (list === "signals") {
      const none = { score: null, reliability: null, price: null, exchange: null, strategy: null, timeframe: null };
      const fixed = { path: "a.json", direction: "long", word: "BUY", datedBy: "body", revisions: 0, twins: 0 };
      prepareUpsert(db, schema.signals)({ ...common, ...none, ...fixed, seq, strength });
    } else if (list === "alerts") {
      const none = { direction: null, expiresAt: null, endedAt: null, supersededBy: null, source: null };
      const fixed = { type: "SIGNAL", kind: "event", state: "expired", message: "m", details: "{}" };
      prepareInsert(db, schema.alerts)({ ...said, ...none, ...fixed, seq, symbol, raisedAt: at });
    } else if (list === "opportunities") {
      const none = { confidence: null, alphaPotential: null, riskLevel: null };
      prepareInsert(db, schema.opportunities)({ ...common, ...none, seq, pattern: "p" });
    } else {
      prepareInsert(
        db,
        schema.decisions,
      )({ ...said, id: seq, word: "raised", at, symbol, checks: "[]", missed: false });
    }
  }
}
