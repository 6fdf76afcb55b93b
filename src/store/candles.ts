import { and, asc, desc, eq, gte, lt, max, sql, type SQL } from "drizzle-orm";
import type { SQLQueryBindings, Statement } from "bun:sqlite";
import { isCandleTimeframe, type Candle, type CandleTimeframe } from "../core/candle";
import { prepareUpsert } from "./insert";
import type { Database } from "./db";
import { candleRevisions, candles, signals } from "./schema";

/** Whose candles, of which length. */
export interface CandleSeries {
  readonly exchange: string;
  readonly symbol: string;
  readonly timeframe: CandleTimeframe;
}

/** Some of a series, oldest first. */
export interface CandleRun {
  readonly series: CandleSeries;
  readonly candles: readonly Candle[];
  /** What those among them that were kept otherwise said before, and when that was noticed. */
  readonly revised?: { readonly at: number; readonly were: readonly Candle[] } | undefined;
}

/** What the candle that opened at `at` said until it was corrected; epoch ms. */
export interface CandleRevision {
  readonly at: number;
  readonly revisedAt: number;
  readonly was: Omit<Candle, "at">;
}

const firstSeries = { exchange: "", symbol: "", timeframe: "" };

/** Closed candles, kept as they come. */
export class CandleStore {
  readonly #put;
  readonly #keepRevision;
  readonly #revisions: Statement<Candle & { readonly revised_at: number }, SQLQueryBindings[]>;
  readonly #pruneRevisions: Statement<unknown, SQLQueryBindings[]>;
  readonly #newest: Statement<{ at: number | null }, SQLQueryBindings[]>;
  readonly #last: Statement<Candle, SQLQueryBindings[]>;
  readonly #times: Statement<{ at: number }, SQLQueryBindings[]>;
  readonly #nextSeries: Statement<{ exchange: string; symbol: string; timeframe: string }, SQLQueryBindings[]>;
  readonly #prune: Statement<unknown, SQLQueryBindings[]>;
  #pruned: { readonly exchange: string; readonly symbol: string; readonly timeframe: string } = firstSeries;

  constructor(private readonly database: Database) {
    const { db, raw } = database;
    this.#put = prepareUpsert(db, candles);
    this.#keepRevision = prepareUpsert(db, candleRevisions);
    this.#revisions = raw.prepare(
      "SELECT at, revised_at, open, high, low, close, volume FROM candle_revisions WHERE exchange = ? AND " +
        "symbol = ? AND timeframe = ? AND at BETWEEN ? AND ? ORDER BY at, revised_at",
    );
    this.#pruneRevisions = raw.prepare(
      "DELETE FROM candle_revisions WHERE exchange = ? AND symbol = ? AND timeframe = ? AND at < ?",
    );
    const ofSeries = and(
      eq(candles.exchange, sql.placeholder("exchange")),
      eq(candles.symbol, sql.placeholder("symbol")),
      eq(candles.timeframe, sql.placeholder("timeframe")),
    );
    const prepared = <Row>(query: { toSQL(): { sql: string } }) =>
      raw.prepare<Row, SQLQueryBindings[]>(query.toSQL().sql);
    const at = candles.at;
    this.#newest = prepared(
      db
        .select({ at: named(max(at), "at") })
        .from(candles)
        .where(ofSeries),
    );
    this.#last = prepared(
      db
        .select()
        .from(candles)
        .where(and(ofSeries, lt(at, sql.placeholder("before"))))
        .orderBy(desc(at))
        .limit(sql.placeholder("most")),
    );
    this.#times = prepared(
      db
        .select({ at })
        .from(candles)
        .where(and(ofSeries, gte(at, sql.placeholder("since"))))
        .orderBy(asc(at)),
    );
    // From one series to the next along the key: never a look at every candle.
    this.#nextSeries = raw.prepare(
      "SELECT exchange, symbol, timeframe FROM candles WHERE (exchange, symbol, timeframe) > (?, ?, ?) ORDER " +
        "BY exchange, symbol, timeframe LIMIT 1",
    );
    this.#prune = raw.prepare(
      "DELETE FROM candles WHERE rowid IN (SELECT rowid FROM candles WHERE exchange = ? AND symbol = ? AND " +
        "timeframe = ? AND at < ? ORDER BY at LIMIT ?)",
    );
  }

  /** One commit for all of them. Throws what SQLite throws. */
  put(runs: readonly CandleRun[]): void {
    this.database.raw
      .transaction(() => {
        for (const { series, candles: more, revised } of runs) {
          for (const candle of more) this.#put({ ...series, ...candle });
          for (const was of revised?.were ?? []) this.#keepRevision({ ...series, ...was, revisedAt: revised?.at ?? 0 });
        }
      })
      .immediate();
  }

  /** When the newest one opened; null where there is none. */
  newest({ exchange, symbol, timeframe }: CandleSeries): number | null {
    return this.#newest.get(exchange, symbol, timeframe)?.at ?? null;
  }

  /** The last so many before a time, oldest first. */
  last({ exchange, symbol, timeframe }: CandleSeries, max: number, before = Number.MAX_SAFE_INTEGER): Candle[] {
    return this.#last
      .all(exchange, symbol, timeframe, before, max)
      .toReversed()
      .map(({ at, open, high, low, close, volume }) => ({ at, open, high, low, close, volume }));
  }

  /** Of those that opened from one time to another, both included, what was corrected, oldest first. */
  revisions({ exchange, symbol, timeframe }: CandleSeries, since: number, last: number): CandleRevision[] {
    return this.#revisions
      .all(exchange, symbol, timeframe, since, last)
      .map(({ at, revised_at: revisedAt, ...was }) => ({ at, revisedAt, was }));
  }

  /** When each since a time opened, oldest first. */
  times({ exchange, symbol, timeframe }: CandleSeries, since: number): number[] {
    return this.#times.all(exchange, symbol, timeframe, since).map(({ at }) => at);
  }

  /** Symbols of which any signal was received since. */
  symbolsWithSignals(since: number): string[] {
    return this.database.db
      .selectDistinct({ symbol: signals.symbol })
      .from(signals)
      .where(gte(signals.receivedAt, since))
      .all()
      .map(({ symbol }) => symbol);
  }

  /** Lets go of the oldest of one series, those that opened before its time and at most so many; the next call looks at the next series. */
  pruneNextSeries(before: (timeframe: CandleTimeframe) => number, max: number): void {
    const { exchange, symbol, timeframe } = this.#pruned;
    const next = this.#nextSeries.get(exchange, symbol, timeframe);
    this.#pruned = next ?? firstSeries;
    if (next === null || !isCandleTimeframe(next.timeframe)) return;
    this.#prune.run(next.exchange, next.symbol, next.timeframe, before(next.timeframe), max);
    this.#pruneRevisions.run(next.exchange, next.symbol, next.timeframe, before(next.timeframe));
  }
}

/** A statement of our own gives its rows by name. */
function named<T>(value: SQL<T>, name: string) {
  return value.as(name);
}
