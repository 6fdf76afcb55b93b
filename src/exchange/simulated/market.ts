import { dayMs, hourMs, minuteMs } from "../../core/duration";
import { chanceOf } from "./chance";
import { dayMinutes, firstDay } from "./calendar";
import { Pair } from "./pair";
import type { PairDay } from "./pair-day";
import { plantedAs, plantedBy, type PlantedEffect, type Planting } from "./planted";
import { benchmark, listed, type Traits } from "./traits";
import type { Venue } from "./venue";
import { Walk } from "./walk";
import { RegimeModel, type Regime } from "./regime-model";

export interface SimulatedMarketOptions {
  readonly seed: string;
  /** All of them where left out. */
  readonly symbols?: readonly Traits[];
  /** Instead of those of the seed. */
  readonly effects?: readonly PlantedEffect[];
}

/** A candle of any length, perhaps not closed yet; turnover in quote currency. */
export interface TradedCandle {
  readonly at: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly turnover: number;
}

/** What is quoted at one moment; the day is the 24 h before it. */
export interface Quote {
  readonly last: number;
  readonly bid: number;
  readonly ask: number;
  readonly dayAgo: number;
  readonly high: number;
  readonly low: number;
  readonly volume: number;
  readonly turnover: number;
  readonly fundingRate: number;
  /** In quote currency. */
  readonly openInterest: number;
}

const benchmarkDaysKept = 80;
const fundingMs = 8 * hourMs;

/**
 * A market that is a pure function of seed, symbol and time: whatever is queried, in whatever order, the answer is the same,
 * and candles of all lengths, quotes and prices agree with each other.
 */
export class SimulatedMarket {
  readonly seed: string;
  readonly symbols: readonly Traits[];
  readonly #regimes: RegimeModel;
  readonly #planting: Planting;
  readonly #benchmark: Walk;
  readonly #pairs = new Map<string, Pair>();

  constructor({ seed, symbols = listed, effects }: SimulatedMarketOptions) {
    this.seed = seed;
    this.symbols = symbols;
    this.#regimes = new RegimeModel(seed);
    this.#planting = effects === undefined ? plantedBy(seed, symbols) : plantedAs(effects);
    this.#benchmark = new Walk(this.#regimes, benchmark, { drifts: true, daysKept: benchmarkDaysKept });
  }

  /** When trading began, epoch ms. */
  get openedAt(): number {
    return firstDay * dayMs;
  }

  /** Null where the symbol is not traded, or was not yet. */
  priceAt(symbol: string, time: number, venue: Venue = "bybit-linear"): number | null {
    return this.#minute(symbol, time, venue)?.price ?? null;
  }

  /** The effects that touch the time between, epoch ms, by when they begin. */
  plantedEffects(since: number, until: number): readonly PlantedEffect[] {
    return this.#planting(since, until);
  }

  regimeAt(time: number): Regime {
    return this.#regimes.regimeAt(time);
  }

  /** Candles that opened from `since` to `last`, as they stand `now`: the last of them may still be open. */
  candles(
    symbol: string,
    lengthMs: number,
    { since, last, now, venue = "bybit-linear" }: { since: number; last: number; now: number; venue?: Venue },
  ): TradedCandle[] {
    const candles: TradedCandle[] = [];
    const first = Math.ceil(Math.max(since, this.openedAt) / lengthMs) * lengthMs;
    for (let at = first; at <= last && at < now; at += lengthMs) {
      const candle = this.#candle(symbol, at, Math.min(at + lengthMs, now), venue);
      if (candle === null) break;
      candles.push(candle);
    }
    return candles;
  }

  /** Null where the symbol is not traded, or was not yet. */
  quote(symbol: string, time: number, venue: Venue = "bybit-linear"): Quote | null {
    const traits = this.#pair(symbol, venue)?.traits;
    const last = this.priceAt(symbol, time, venue);
    if (traits === undefined || last === null) return null;
    const since = Math.max(this.openedAt, Math.floor(time / minuteMs) * minuteMs - dayMs);
    const day = this.#candle(symbol, since, time, venue);
    const { bid, ask } = this.#around(symbol, last, traits.turnover, venue);
    return {
      last,
      bid,
      ask,
      dayAgo: day?.open ?? last,
      high: day?.high ?? last,
      low: day?.low ?? last,
      volume: day?.volume ?? 0,
      turnover: day?.turnover ?? 0,
      fundingRate: this.#fundingRate(symbol, time),
      openInterest:
        traits.turnover * (0.3 + 0.4 * chanceOf(this.seed, symbol, "open interest", Math.floor(time / dayMs))),
    };
  }

  #pair(symbol: string, venue: Venue): Pair | null {
    const name = `${venue} ${symbol}`;
    const known = this.#pairs.get(name);
    if (known !== undefined) return known;
    const traits = this.symbols.find((each) => each.symbol === symbol);
    if (traits === undefined) return null;
    const pair = new Pair(traits, venue, this.#regimes, this.#benchmark, this.#planting);
    this.#pairs.set(name, pair);
    return pair;
  }

  /** The minute a time is in, and the price within it: from its open straight to its close. */
  #minute(
    symbol: string,
    time: number,
    venue: Venue,
  ): { day: PairDay; index: number; price: number; along: number } | null {
    const minute = Math.floor(time / minuteMs);
    const pair = this.#pair(symbol, venue);
    const day = pair?.day(Math.floor(minute / dayMinutes)) ?? null;
    if (pair === null || day === null) return null;
    const index = minute % dayMinutes;
    const along = time / minuteMs - minute;
    const open = day.opens(index);
    return { day, index, along, price: pair.quoted(open + (day.close[index]! - open) * along) };
  }

  /** What was traded from a whole minute to any time after it. */
  #candle(symbol: string, since: number, until: number, venue: Venue): TradedCandle | null {
    const pair = this.#pair(symbol, venue);
    const open = this.priceAt(symbol, since, venue);
    if (pair === null || open === null) return null;
    const traded = { high: open, low: open, volume: 0, turnover: 0 };
    let close = open;
    const whole = Math.floor(until / minuteMs);
    for (let minute = since / minuteMs; minute < whole;) {
      const number = Math.floor(minute / dayMinutes);
      const day = pair.day(number)!;
      const end = Math.min(whole - number * dayMinutes, dayMinutes);
      day.add(traded, minute - number * dayMinutes, end);
      close = day.close[end - 1]!;
      minute = number * dayMinutes + end;
    }
    const begun = until > whole * minuteMs ? this.#minute(symbol, until, venue) : null;
    if (begun !== null) {
      close = begun.price;
      traded.high = Math.max(traded.high, close);
      traded.low = Math.min(traded.low, close);
      traded.volume += begun.day.minutes.volume[begun.index]! * begun.along;
      traded.turnover += begun.day.minutes.turnover[begun.index]! * begun.along;
    }
    return { at: since, open, close, ...traded };
  }

  /** The less is traded, the farther apart. */
  #around(symbol: string, last: number, turnover: number, venue: Venue): { bid: number; ask: number } {
    const pair = this.#pair(symbol, venue)!;
    const half = last * 0.00002 * Math.sqrt(1e9 / Math.max(turnover, 1e6));
    const tick = 10 ** -pair.traits.digits;
    return {
      bid: pair.quoted(Math.min(last - tick, last - half)),
      ask: pair.quoted(Math.max(last + tick, last + half)),
    };
  }

  #fundingRate(symbol: string, time: number): number {
    const extreme = this.#planting(time, time + 1).find(
      (effect) => effect.kind === "funding-extreme" && effect.symbol === symbol,
    );
    if (extreme !== undefined) return extreme.size;
    return 0.0001 * (1.5 * chanceOf(this.seed, symbol, "funding", Math.floor(time / fundingMs)) - 0.3);
  }
}
