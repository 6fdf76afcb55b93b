import { and, asc, eq, sql } from "drizzle-orm";
import type { SQLQueryBindings, Statement } from "bun:sqlite";
import type { NotedBeta } from "../core/alpha/beta-history";
import type { CandleTimeframe } from "../core/candle";
import { prepareUpsert } from "./insert";
import type { Database } from "./db";
import { betas } from "./schema";

/** Betas as they were measured, so that a median over 30 days does not start anew with the program. */
export class BetaStore {
  readonly #put;
  readonly #of: Statement<{ at: number; beta: number }, SQLQueryBindings[]>;
  readonly #forget: Statement<unknown, SQLQueryBindings[]>;
  readonly #forgetOfAll: Statement<unknown, SQLQueryBindings[]>;
  readonly #prune: Statement<unknown, SQLQueryBindings[]>;

  constructor(private readonly database: Database) {
    const { db, raw } = database;
    this.#put = prepareUpsert(db, betas);
    const of = db
      .select({ at: betas.at, beta: betas.beta })
      .from(betas)
      .where(
        and(
          ...(["exchange", "benchmark", "symbol", "timeframe"] as const).map((name) =>
            eq(betas[name], sql.placeholder(name)),
          ),
        ),
      )
      .orderBy(asc(betas.at));
    this.#of = raw.prepare(of.toSQL().sql);
    this.#forget = raw.prepare(
      "DELETE FROM betas WHERE exchange = ? AND benchmark = ? AND timeframe = ? AND at >= ? AND symbol = ?",
    );
    // By time: the newest of all symbols are few among what is kept of them.
    this.#forgetOfAll = raw.prepare(
      "DELETE FROM betas INDEXED BY betas_at WHERE exchange = ? AND benchmark = ? AND timeframe = ? AND at >= ?",
    );
    this.#prune = raw.prepare(
      "DELETE FROM betas WHERE rowid IN (SELECT rowid FROM betas WHERE at < ? ORDER BY at LIMIT ?)",
    );
  }

  /** One commit for all of them. Throws what SQLite throws. */
  put(exchange: string, benchmark: string, noted: readonly NotedBeta[]): void {
    this.database.raw
      .transaction(() => {
        for (const each of noted) this.#put({ exchange, benchmark, ...each });
      })
      .immediate();
  }

  /** Of one series, oldest first. */
  of(exchange: string, benchmark: string, symbol: string, timeframe: CandleTimeframe): { at: number; beta: number }[] {
    return this.#of.all(exchange, benchmark, symbol, timeframe);
  }

  /** Lets go of those measured since a time: of one symbol, of all with the benchmark. Throws what SQLite throws. */
  forgetSince(exchange: string, benchmark: string, symbol: string, timeframe: CandleTimeframe, since: number): void {
    if (symbol === benchmark) this.#forgetOfAll.run(exchange, benchmark, timeframe, since);
    else this.#forget.run(exchange, benchmark, timeframe, since, symbol);
  }

  /** Lets go of the oldest before a time, at most so many. */
  prune(before: number, max: number): void {
    this.#prune.run(before, max);
  }
}
