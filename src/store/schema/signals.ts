import { index, integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const signals = sqliteTable(
  "signals",
  {
    seq: integer().primaryKey(),
    source: text().notNull(),
    path: text().notNull(),
    symbol: text().notNull(),
    direction: text().notNull(),
    word: text().notNull(),
    score: real(),
    strength: real(),
    reliability: real(),
    price: real(),
    exchange: text(),
    strategy: text(),
    timeframe: text(),
    observedAt: integer("observed_at").notNull(),
    datedBy: text("dated_by").notNull(),
    receivedAt: integer("received_at").notNull(),
    decision: text().notNull(),
    /** How often it was revised since. */
    revisions: integer().notNull(),
    /** How often the same came again. */
    twins: integer().notNull(),
    /** The whole signal as it is known now. */
    body: text().notNull(),
  },
  (table) => [
    index("signals_received").on(table.receivedAt, table.seq),
    index("signals_observed").on(table.observedAt, table.seq),
    // One column each: within a value the rows stand in the order of seq, which is the order of the list.
    index("signals_symbol").on(table.symbol),
    index("signals_source").on(table.source),
  ],
);

export const identities = sqliteTable(
  "identities",
  {
    key: text().primaryKey(),
    seq: integer()
      .notNull()
      .references(() => signals.seq, { onDelete: "cascade" }),
    observedAt: integer("observed_at").notNull(),
    alerted: text(),
  },
  (table) => [index("identities_seq").on(table.seq)],
);
