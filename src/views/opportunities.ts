import { z } from "zod";
import { words, type Word } from "../core/decide/decision";
import { riskLevels, type RiskLevel } from "../core/opportunity";
import type { OpportunityFilter } from "../store/filters/opportunities";
import { listOpportunities } from "../store/opportunities";
import type { OpportunityRow } from "../store/rows";
import { idOf, isoOf } from "./shape";
import type { Database } from "../store/db";
import type { Reach } from "../store/reach";
import { number, time } from "./fields";
import { pageOf, type ListOf } from "./page";

export { opportunityFilter } from "../store/filters/opportunities";

export const opportunityShape = z
  .object({
    id: z.string(),
    symbol: z.string(),
    pattern: z.string(),
    confidence: number.meta({ description: "ratio" }),
    alpha_potential: number.meta({ description: "ratio" }),
    risk_level: z.enum(riskLevels).nullable(),
    timestamp: time,
    received_at: time,
    source: z.string(),
    decision: z.enum(words),
  })
  .meta({ id: "Opportunity" });
export type OpportunityShape = z.infer<typeof opportunityShape>;

/** An opportunity as of one moment. */
export const agedOpportunityShape = opportunityShape
  .extend({ age_seconds: z.number(), stale: z.boolean() })
  .meta({ id: "AgedOpportunity" });

export function shapeOpportunity(row: OpportunityRow): OpportunityShape {
  return {
    id: idOf("o", row.seq),
    symbol: row.symbol,
    pattern: row.pattern,
    confidence: row.confidence,
    alpha_potential: row.alphaPotential,
    risk_level: row.riskLevel as RiskLevel | null,
    timestamp: isoOf(row.observedAt),
    received_at: isoOf(row.receivedAt),
    source: row.source,
    decision: row.decision as Word,
  };
}

export function opportunityList(
  database: Database,
  filter: OpportunityFilter,
  reach: Reach = "far",
): ListOf<OpportunityShape> {
  return pageOf(listOpportunities(database, filter, reach), shapeOpportunity);
}
