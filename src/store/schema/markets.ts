import { index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const markets = sqliteTable(
  "markets",
  {
    seq: integer().primaryKey(),
    source: text().notNull(),
    observedAt: integer("observed_at").notNull(),
    receivedAt: integer("received_at").notNull(),
    body: text().notNull(),
  },
  (table) => [index("markets_observed").on(table.observedAt), index("markets_received").on(table.receivedAt)],
);

export const candles = sqliteTable(
  "candles",
  {
    exchange: text().notNull(),
    symbol: text().notNull(),
    timeframe: text().notNull(),
    at: integer().notNull(),
    open: real().notNull(),
    high: real().notNull(),
    low: real().notNull(),
    close: real().notNull(),
    volume: real().notNull(),
  },
  (table) => [primaryKey({ columns: [table.exchange, table.symbol, table.timeframe, table.at] })],
);

export const candleRevisions = sqliteTable(
  "candle_revisions",
  {
    exchange: text().notNull(),
    symbol: text().notNull(),
    timeframe: text().notNull(),
    at: integer().notNull(),
    revisedAt: integer("revised_at").notNull(),
    open: real().notNull(),
    high: real().notNull(),
    low: real().notNull(),
    close: real().notNull(),
    volume: real().notNull(),
  },
  (table) => [primaryKey({ columns: [table.exchange, table.symbol, table.timeframe, table.at, table.revisedAt] })],
);

export const betas = sqliteTable(
  "betas",
  {
    exchange: text().notNull(),
    benchmark: text().notNull(),
    symbol: text().notNull(),
    timeframe: text().notNull(),
    at: integer().notNull(),
    beta: real().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.exchange, table.benchmark, table.symbol, table.timeframe, table.at] }),
    index("betas_at").on(table.at),
  ],
);
