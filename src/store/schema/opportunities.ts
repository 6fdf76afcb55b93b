import { index, integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const opportunities = sqliteTable(
  "opportunities",
  {
    seq: integer().primaryKey(),
    source: text().notNull(),
    symbol: text().notNull(),
    pattern: text().notNull(),
    confidence: real(),
    alphaPotential: real("alpha_potential"),
    riskLevel: text("risk_level"),
    observedAt: integer("observed_at").notNull(),
    receivedAt: integer("received_at").notNull(),
    decision: text().notNull(),
    body: text().notNull(),
  },
  (table) => [
    index("opportunities_received").on(table.receivedAt, table.seq),
    index("opportunities_symbol").on(table.symbol),
    index("opportunities_source").on(table.source),
    index("opportunities_pattern").on(table.pattern),
  ],
);
