import { desc, eq, gte, inArray, sql } from "drizzle-orm";
import type { Database } from "./db";
import { wordsOf } from "./decisions";
import type { OpportunityFilter } from "./filters/opportunities";
import { newestFirst, sorted } from "./look";
import { paged, type Rows } from "./paging";
import type { Reach } from "./reach";
import type { OpportunityRow } from "./rows";
import { opportunities } from "./schema";
import { unindexed } from "./unindexed";

/** Newest first, by when they were received or by when the market was so. */
export function listOpportunities(
  database: Database,
  filter: OpportunityFilter,
  reach: Reach = "far",
): Rows<OpportunityRow> {
  const { by = "received", min_confidence: min } = filter;
  const wanted = wordsOf(filter.outcome, undefined);
  const look = {
    table: opportunities,
    page: filter,
    seq: opportunities.seq,
    time: opportunities.receivedAt,
    indexed: [
      [opportunities.symbol, filter.symbol],
      [opportunities.source, filter.source],
      [opportunities.pattern, filter.pattern],
    ] as const,
    others: [
      min === undefined ? undefined : gte(opportunities.confidence, min),
      wanted && inArray(opportunities.decision, [...wanted]),
    ],
    q: filter.q,
    about: opportunities.seq,
  };
  const rows =
    by === "received"
      ? newestFirst<OpportunityRow>(database, look, reach)
      : sorted<OpportunityRow>(database, look, { place: opportunities.observedAt, order: "desc" }, reach);
  return paged(rows, filter.limit, (row) => ({
    at: by === "received" ? row.receivedAt : row.observedAt,
    seq: row.seq,
  }));
}

export function opportunityAt(database: Database, seq: number): OpportunityRow | undefined {
  return database.db.select().from(opportunities).where(eq(opportunities.seq, seq)).get();
}

/** The newest opportunity of each symbol and pattern received since. */
export function latestOpportunities(database: Database, since: number, limit: number): OpportunityRow[] {
  const { symbol, pattern, receivedAt, seq } = opportunities;
  const newest = database.db
    .select({ seq: sql<number>`max(${seq})` })
    .from(opportunities)
    .where(gte(receivedAt, since))
    .groupBy(unindexed(symbol), pattern);
  return database.db.select().from(opportunities).where(inArray(seq, newest)).orderBy(desc(seq)).limit(limit).all();
}
