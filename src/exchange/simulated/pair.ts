import { dayMs, hourMs, minuteMs } from "../../core/duration";
import { chances, hashOf, normals } from "./chance";
import { dayMinutes, firstDay } from "./calendar";
import { driftOf, healMs, moves, type Walks } from "./drift";
import { PairDay } from "./pair-day";
import type { PlantedEffect, Planting } from "./planted";
import type { Traits } from "./traits";
import { premiumOf, type Venue } from "./venue";
import { Walk } from "./walk";
import { spellMinutes, type RegimeModel } from "./regime-model";

/** How far a minute reaches at most beyond its open and close, in deviations of its return. */
const reach = 1.2;
/** What is traded in each hour of a day, for what is traded in a mean hour. */
const hourly = Array.from({ length: 24 }, (_, hour) => 1 + 0.45 * Math.cos((2 * Math.PI * (hour - 15)) / 24));
const daysKept = 3;

/** One pair at one venue: a day's minutes are drawn when first needed. */
export class Pair {
  readonly traits: Traits;
  readonly #venue: Venue;
  readonly #regimes: RegimeModel;
  readonly #planting: Planting;
  readonly #walks: Walks;
  readonly #own: Walk;
  /** Deviation of what is the pair's own, for each of the benchmark's. */
  readonly #ownShare: number;
  readonly #scale: number;
  readonly #days = new Map<number, PairDay>();

  constructor(traits: Traits, venue: Venue, regimes: RegimeModel, benchmark: Walk, planting: Planting) {
    this.traits = traits;
    this.#venue = venue;
    this.#regimes = regimes;
    this.#planting = planting;
    this.#walks = { benchmark, alone: new Walk(regimes, `${traits.symbol} alone`, { drifts: false, daysKept: 3 }) };
    this.#own = new Walk(regimes, traits.symbol, { drifts: false, daysKept: 2 });
    this.#scale = 10 ** traits.digits;
    this.#ownShare = traits.beta * Math.sqrt(1 / traits.correlation ** 2 - 1);
  }

  /** Null before the first day. */
  day(day: number): PairDay | null {
    if (day < firstDay) return null;
    const known = this.#days.get(day);
    if (known !== undefined) return known;
    const drawn = this.#draw(day);
    this.#days.set(day, drawn);
    if (this.#days.size > daysKept) this.#days.delete(this.#days.keys().next().value!);
    return drawn;
  }

  /** A price as this pair is quoted. */
  quoted(price: number): number {
    return Math.round(price * this.#scale) / this.#scale;
  }

  #draw(day: number): PairDay {
    const effects = this.#effects(day);
    const { open, close } = this.#prices(day, effects);
    const next = chances(hashOf(this.#regimes.seed, this.#venue, this.traits.symbol, "reach", day));
    const { variance } = this.#regimes.day(day);
    const farthest = variance.map((each) => reach * Math.sqrt(each) * Math.hypot(this.traits.beta, this.#ownShare));
    const crowd = this.#crowd(day, effects);
    const high = new Float64Array(dayMinutes);
    const low = new Float64Array(dayMinutes);
    const volume = new Float64Array(dayMinutes);
    const turnover = new Float64Array(dayMinutes);
    let before = open;
    for (let minute = 0; minute < dayMinutes; minute += 1) {
      const after = close[minute]!;
      const above = Math.max(before, after);
      const below = Math.min(before, after);
      const far = farthest[Math.floor(minute / spellMinutes)]!;
      const highest = Math.max(above, this.quoted(above * (1 + far * next())));
      const lowest = Math.min(below, this.quoted(below * (1 - far * next())));
      const price = (before + highest + lowest + after) / 4;
      const traded = Math.max(1, Math.round((crowd[minute]! / price) * 1000)) / 1000;
      high[minute] = highest;
      low[minute] = lowest;
      volume[minute] = traded;
      turnover[minute] = traded * price;
      before = after;
    }
    return new PairDay({ open, high, low, close, volume, turnover });
  }

  /** Where the day opened, and the price at the end of each of its minutes. */
  #prices(day: number, effects: readonly PlantedEffect[]): { open: number; close: Float64Array } {
    const { traits } = this;
    const premium = premiumOf(this.#regimes.seed, this.#venue, traits.symbol, effects);
    const drifts = effects.filter(moves).map((effect) => driftOf(effect, traits, this.#walks));
    const usual = Math.log(traits.price);
    const before = day * dayMinutes - 1;
    const priceAt = (minute: number, benchmarkLevel: number, ownLevel: number) => {
      let level = usual + traits.beta * benchmarkLevel + this.#ownShare * ownLevel;
      for (const drift of drifts) level += drift(minute);
      return this.quoted(Math.exp(level + premium((minute + 1) * minuteMs)));
    };
    const benchmark = this.#walks.benchmark.day(day);
    const own = this.#own.day(day);
    const close = new Float64Array(dayMinutes);
    for (let minute = 0; minute < dayMinutes; minute += 1)
      close[minute] = priceAt(before + 1 + minute, benchmark[minute]!, own[minute]!);
    return { open: priceAt(before, this.#walks.benchmark.at(before), this.#own.at(before)), close };
  }

  /** What is traded in each minute, in quote currency: most in the American morning, and more in lively times. */
  #crowd(day: number, effects: readonly PlantedEffect[]): Float64Array {
    const next = normals(hashOf(this.#regimes.seed, this.#venue, this.traits.symbol, "crowd", day));
    const usual = this.traits.turnover / dayMinutes;
    const lively = this.#regimes
      .day(day)
      .variance.map((variance) => Math.sqrt(Math.sqrt(variance * dayMinutes) / 0.02));
    const crowd = new Float64Array(dayMinutes);
    for (let minute = 0; minute < dayMinutes; minute += 1) {
      crowd[minute] =
        usual *
        hourly[Math.floor(minute / 60)]! *
        lively[Math.floor(minute / spellMinutes)]! *
        Math.exp(0.5 * next() - 0.125);
    }
    for (const { since, until, size } of effects.filter(({ kind }) => kind === "volume-spike")) {
      const first = Math.max(0, (since - day * dayMs) / minuteMs);
      const end = Math.min(dayMinutes, (until - day * dayMs) / minuteMs);
      for (let minute = first; minute < end; minute += 1) crowd[minute]! *= size;
    }
    return crowd;
  }

  /** Those that move the day's prices, or the minute before it. */
  #effects(day: number): PlantedEffect[] {
    return this.#planting(day * dayMs - healMs - hourMs, (day + 1) * dayMs).filter(
      ({ symbol }) => symbol === this.traits.symbol,
    );
  }
}
