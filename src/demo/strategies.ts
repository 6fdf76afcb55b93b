import { minuteMs } from "../core/duration";
import { chanceOf } from "../exchange/simulated/chance";

/** One simulated strategy: how often it speaks, how it writes, and how often it is right about what comes. */
export interface Strategy {
  readonly name: string;
  readonly everyMs: number;
  /** How far ahead it looks. */
  readonly horizonMs: number;
  /** Chance of being right, .5 knows nothing. */
  readonly right: number;
  /** Careful writers rename; others write in place, half first. */
  readonly atomic: boolean;
  /** Writes most signals twice, seconds apart, under two names. */
  readonly twins: boolean;
}

export const strategies: readonly Strategy[] = [
  { name: "trend", everyMs: 11 * minuteMs, horizonMs: 4 * 60 * minuteMs, right: 0.64, atomic: true, twins: true },
  { name: "reversion", everyMs: 17 * minuteMs, horizonMs: 60 * minuteMs, right: 0.56, atomic: false, twins: false },
  { name: "hunch", everyMs: 29 * minuteMs, horizonMs: 2 * 60 * minuteMs, right: 0.5, atomic: true, twins: false },
];

/** One file a strategy writes. */
export interface Writing {
  readonly strategy: Strategy;
  /** When, epoch ms. */
  readonly at: number;
  readonly file: string;
  readonly text: string;
}

/** What of the simulated market strategies are drawn from; the price of later is what makes them right or wrong. */
export interface Prices {
  readonly seed: string;
  readonly symbols: readonly { readonly symbol: string }[];
  priceAt(symbol: string, time: number): number | null;
}

const symbolsWatched = 14;
const twinAfterMs = 2000;
const brokenEvery = 41;
const parts = ["orderflow", "orderbook", "volume", "price_structure", "technical", "sentiment"] as const;

/** Everything a strategy writes between two times, a pure function of seed and time. */
export function writingsOf(strategy: Strategy, market: Prices, since: number, until: number): Writing[] {
  const writings: Writing[] = [];
  for (let turn = Math.ceil(since / strategy.everyMs); turn * strategy.everyMs < until; turn++) {
    const jitter = chanceOf(market.seed, strategy.name, turn, "jitter") * 0.4 * strategy.everyMs;
    writings.push(...writtenAt(strategy, market, turn, Math.floor(turn * strategy.everyMs + jitter)));
  }
  return writings;
}

function writtenAt(strategy: Strategy, market: Prices, turn: number, at: number): Writing[] {
  const chance = (what: string) => chanceOf(market.seed, strategy.name, turn, what);
  const symbol = market.symbols[Math.floor(chance("symbol") * symbolsWatched)]?.symbol;
  const price = symbol === undefined ? null : market.priceAt(symbol, at);
  const later = symbol === undefined ? null : market.priceAt(symbol, at + strategy.horizonMs);
  if (symbol === undefined || price === null || later === null) return [];
  const rises = later > price;
  const long = chance("right") < strategy.right ? rises : !rises;
  const strength = Math.round((55 + 40 * chance("strength") ** 1.6) * 10) / 10;
  const score = long ? strength : Math.round((100 - strength) * 10) / 10;
  const report = {
    symbol,
    signal_type: long ? "LONG" : "SHORT",
    confluence_score: score,
    reliability: Math.round((0.62 + 0.38 * chance("reliability")) * 100) / 100,
    price,
    timestamp: at,
    strategy: strategy.name,
    signal_id: Math.floor(chance("id") * 0xffffffff)
      .toString(16)
      .padStart(8, "0"),
    components: Object.fromEntries(
      parts.map((part) => [part, Math.round(Math.min(100, Math.max(0, score + (chance(part) - 0.5) * 40)) * 10) / 10]),
    ),
    trade_params: planOf(long, price),
  };
  const text = JSON.stringify(report);
  const name = `${symbol.toLowerCase()}_${long ? "LONG" : "SHORT"}_${String(score).replace(".", "p")}_${stamp(at)}`;
  if (turn % brokenEvery === 0)
    return [{ strategy, at, file: `${name}.json`, text: text.slice(0, Math.floor(text.length / 2)) }];
  const first = { strategy, at, file: `${name}.json`, text };
  return strategy.twins
    ? [first, { strategy, at: at + twinAfterMs, file: `${symbol.toLowerCase()}_${stamp(at)}_data.json`, text }]
    : [first];
}

function planOf(long: boolean, price: number): object {
  const side = long ? 1 : -1;
  const at = (percent: number) => Number((price * (1 + (side * percent) / 100)).toPrecision(6));
  return {
    entry_price: price,
    stop_loss: at(-1.5),
    targets: [
      { name: "Target 1", price: at(1.5), size: 50 },
      { name: "Target 2", price: at(3), size: 50 },
    ],
  };
}

/** 20260131_102500, as writers name their files. */
function stamp(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "_");
}
