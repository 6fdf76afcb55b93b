import { z } from "zod";
import { nameSchema } from "../core/name-schema";

const assetName = z.string().regex(/^[A-Z0-9]{1,20}$/, "expected a coin's name such as LUNA");

/** One exchange to read the market from: public endpoints, no keys. Defaults are filled in when parsed. */
export const exchangeSchema = z.strictObject({
  kind: z.literal("exchange"),
  /** The exchange's id in ccxt: bybit, binance, ... */
  id: z.string().regex(/^[a-z0-9]{2,30}$/, "expected an exchange's id such as bybit"),
  name: nameSchema,
  market: z.enum(["linear", "spot"]).default("linear"),
  /** Pairs quoted in it are watched. */
  quote: z
    .string()
    .regex(/^[A-Z0-9]{2,10}$/, "expected a currency such as USDT")
    .default("USDT"),
  /** Another address to speak to, such as a mirror or a simulated exchange: scheme, host and port. */
  url: z.url({ protocol: /^https?$/ }).optional(),
  /** How many symbols are watched, by turnover. More than a scan has time for come by turns, the most traded every time. */
  top: z.number().int().min(1).max(1000).default(100),
  /** Over 24 h in quote currency; pairs below it are not counted as active. */
  minTurnover: z.number().min(0).default(1_000_000),
  timeoutMs: z.number().int().min(100).max(120_000).default(10_000),
  /**
   * Coins that have the name of another coin elsewhere: what to call them here, or which to leave out, by the
   * exchange's own name of the coin.
   */
  assets: z
    .strictObject({ map: z.record(assetName, assetName).default({}), exclude: z.array(assetName).default([]) })
    .default({ map: {}, exclude: [] }),
  /** Ratio of a trade's value. */
  fees: z.strictObject({ taker: z.number().min(0).max(0.1) }).default({ taker: 0.001 }),
});

/** An exchange as the config's author writes it. */
export type ExchangeFile = z.input<typeof exchangeSchema>;
/** An exchange once read, with its defaults. */
export type ExchangeConfig = z.output<typeof exchangeSchema>;

type Written = Omit<ExchangeFile, "kind" | "id" | "name"> & { name?: string };

/** Bybit's linear perpetuals, or its spot market with `market: "spot"`. */
export function bybit(exchange: Written = {}): ExchangeFile {
  const market = exchange.market ?? "linear";
  return {
    fees: { taker: market === "spot" ? 0.001 : 0.00055 },
    ...exchange,
    kind: "exchange",
    id: "bybit",
    name: exchange.name ?? "bybit",
    market,
  };
}

/** Binance's spot market, or its linear perpetuals with `market: "linear"`. */
export function binance(exchange: Written = {}): ExchangeFile {
  const market = exchange.market ?? "spot";
  return {
    fees: { taker: market === "spot" ? 0.001 : 0.0005 },
    ...exchange,
    kind: "exchange",
    id: "binance",
    name: exchange.name ?? "binance",
    market,
  };
}
