import { and, asc, desc, eq, gte, lt, max, sql } from "drizzle-orm";
import type { Candle, CandleTimeframe } from "../core/candle";
import { prepareUpsert } from "./insert";
import type { Opened } from "./open";
import { candles, signals } from "./schema";

/** Whose candles, of which length. */
export interface CandleSeries {
  readonly exchange: string;
  readonly symbol: string;
  readonly timeframe: CandleTimeframe;
}

/** Closed candles, kept as they come. */
export class CandleStore {
  readonly #put;

  constructor(private readonly opened: Opened) {
    this.#put = prepareUpsert(opened.db, candles);
  }

  /** One commit. Throws what SQLite throws. */
  put({ exchange, symbol, timeframe }: CandleSeries, more: readonly Candle[]): void {
    this.opened.raw.transaction(() => more.forEach((candle) => this.#put({ exchange, symbol, timeframe, ...candle }))).immediate();
  }

  /** When the newest one opened; null where there is none. */
  newest(series: CandleSeries): number | null {
    return this.opened.db.select({ at: max(candles.at) }).from(candles).where(of(series)).get()?.at ?? null;
  }

  /** The last so many before a time, oldest first. */
  last(series: CandleSeries, most: number, before = Number.MAX_SAFE_INTEGER): Candle[] {
    const rows = this.opened.db.select().from(candles).where(and(of(series), lt(candles.at, before))).orderBy(desc(candles.at)).limit(most).all();
    return rows.toReversed().map(({ at, open, high, low, close, volume }) => ({ at, open, high, low, close, volume }));
  }

  /** Times where one is followed by another later than it should be, since a time: [after, before]. */
  gaps(series: CandleSeries, stepMs: number, since: number): { after: number; before: number }[] {
    const times = this.opened.db.select({ at: candles.at }).from(candles).where(and(of(series), gte(candles.at, since))).orderBy(asc(candles.at)).all();
    return times.flatMap(({ at }, index) => {
      const previous = times[index - 1];
      return previous && at - previous.at > stepMs ? [{ after: previous.at, before: at }] : [];
    });
  }

  /** Symbols of which any signal was received since. */
  symbolsWithSignals(since: number): string[] {
    return this.opened.db.selectDistinct({ symbol: signals.symbol }).from(signals).where(gte(signals.receivedAt, since)).all().map(({ symbol }) => symbol);
  }

  /** Lets go of what opened before a time, at most so many. */
  prune(timeframe: CandleTimeframe, before: number, most: number): number {
    const old = this.opened.db.select({ row: sql`rowid` }).from(candles).where(and(eq(candles.timeframe, timeframe), lt(candles.at, before))).limit(most);
    return this.opened.db.delete(candles).where(sql`rowid IN ${old}`).returning({ at: candles.at }).all().length;
  }
}

function of({ exchange, symbol, timeframe }: CandleSeries) {
  return and(eq(candles.exchange, exchange), eq(candles.symbol, symbol), eq(candles.timeframe, timeframe));
}
