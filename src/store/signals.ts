import { and, asc, desc, eq, gt, gte, inArray, lt, type SQL } from "drizzle-orm";
import type { Database } from "./db";
import { wordsOf } from "./decisions";
import type { SignalFilter } from "./filters/signals";
import { equal } from "./look";
import { ordered } from "./ordered";
import type { Rows } from "./paging";
import type { Reach } from "./reach";
import type { SignalRow } from "./rows";
import { signals } from "./schema";
import { unindexed } from "./unindexed";

const places = {
  observed: { in: signals.observedAt, of: (row: SignalRow) => row.observedAt },
  strength: { in: signals.strength, of: (row: SignalRow) => row.strength },
  score: { in: signals.score, of: (row: SignalRow) => row.score },
  reliability: { in: signals.reliability, of: (row: SignalRow) => row.reliability },
  price: { in: signals.price, of: (row: SignalRow) => row.price },
};

/** Newest first, or as asked; a row without the value they are ordered by comes last either way. */
export function listSignals(database: Database, filter: SignalFilter, reach: Reach = "far"): Rows<SignalRow> {
  const { by, order, min_strength: min } = filter;
  const wanted = wordsOf(filter.outcome, filter.decision);
  const look = {
    table: signals,
    page: filter,
    seq: signals.seq,
    time: signals.receivedAt,
    indexed: [
      [signals.symbol, filter.symbol],
      [signals.source, filter.source],
    ] as const,
    others: [
      equal(unindexed(signals.direction), filter.direction),
      equal(unindexed(signals.timeframe), filter.timeframe),
      min === undefined ? undefined : gte(signals.strength, min),
      wanted && inArray(signals.decision, [...wanted]),
    ],
    q: filter.q,
    about: signals.seq,
  };
  const wantedOrder = { by: by === "received" ? undefined : by, order, places, seqOf: ({ seq }: SignalRow) => seq };
  return ordered<SignalRow, keyof typeof places>(database, look, wantedOrder, reach);
}

export function signalAt(database: Database, seq: number): SignalRow | undefined {
  return database.db.select().from(signals).where(eq(signals.seq, seq)).get();
}

/** Signals of the same symbol received just before and just after, nearest first on either side. */
export function neighboursOf(
  database: Database,
  { symbol, seq }: SignalRow,
  each: number,
): { before: SignalRow[]; after: SignalRow[] } {
  const beside = (which: SQL, order: SQL) =>
    database.db
      .select()
      .from(signals)
      .where(and(eq(signals.symbol, symbol), which))
      .orderBy(order)
      .limit(each)
      .all();
  return {
    before: beside(lt(signals.seq, seq), desc(signals.seq)),
    after: beside(gt(signals.seq, seq), asc(signals.seq)),
  };
}
