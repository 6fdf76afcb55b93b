import { desc, eq, gte, inArray, sql } from "drizzle-orm";
import type { Database } from "./db";
import { wordsOf } from "./decisions";
import type { OpportunityFilter } from "./filters/opportunities";
import { ordered } from "./ordered";
import type { Rows } from "./paging";
import type { Reach } from "./reach";
import type { OpportunityRow } from "./rows";
import { opportunities } from "./schema";
import { unindexed } from "./unindexed";

const places = {
  observed: { in: opportunities.observedAt, of: (row: OpportunityRow) => row.observedAt },
  confidence: { in: opportunities.confidence, of: (row: OpportunityRow) => row.confidence },
  potential: { in: opportunities.alphaPotential, of: (row: OpportunityRow) => row.alphaPotential },
};

/** Newest first, or as asked; a row without the value they are ordered by comes last either way. */
export function listOpportunities(
  database: Database,
  filter: OpportunityFilter,
  reach: Reach = "far",
): Rows<OpportunityRow> {
  const { by, order, min_confidence: min } = filter;
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
  const wantedOrder = {
    by: by === "received" ? undefined : by,
    order,
    places,
    seqOf: ({ seq }: OpportunityRow) => seq,
  };
  return ordered<OpportunityRow, keyof typeof places>(database, look, wantedOrder, reach);
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
