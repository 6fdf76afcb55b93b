import { desc, eq } from "drizzle-orm";
import type { MarketView, Regime } from "../core/market";
import type { Database } from "./db";
import { storedJson } from "./fault";
import type { MarketRow } from "./rows";
import { markets } from "./schema";

export function marketAt(database: Database, seq: number): MarketRow | undefined {
  return database.db.select().from(markets).where(eq(markets.seq, seq)).get();
}

/** The newest view of the market, whatever its source. */
export function latestMarket(database: Database): MarketRow | undefined {
  return database.db.select().from(markets).orderBy(desc(markets.observedAt)).limit(1).get();
}

export function latestMarketOf(database: Database, source: string): MarketRow | undefined {
  return database.db
    .select()
    .from(markets)
    .where(eq(markets.source, source))
    .orderBy(desc(markets.observedAt))
    .limit(1)
    .get();
}

/** The regime by the newest view of a source; null where there is none. */
export function latestRegime(database: Database, source: string): Regime | null {
  const row = latestMarketOf(database, source);
  return row ? (storedJson(row.body) as MarketView).regime : null;
}
