import { hashOf, normals } from "./chance";
import { dayMinutes, dayMs, firstDay, hourMs, minuteMs } from "./calendar";
import { driftAt, healMs, type Walks } from "./drift";
import type { PlantedEffect, Planting } from "./planted";
import type { Traits } from "./traits";
import { premiumOf, type Venue } from "./venue";
import { Walk } from "./walk";
import type { Weather } from "./weather";

/** One day of a pair at a venue, minute by minute. A minute opens where the one before closed. */
export interface PairDay {
  /** Where the day opened. */
  readonly open: number;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** In base currency. */
  readonly volume: Float64Array;
  /** In quote currency. */
  readonly turnover: Float64Array;
}

/** How far a minute reaches beyond its open and close, in deviations of its return. */
const reach = 0.6;
const daysKept = 4;

/** One pair at one venue: a day's minutes are drawn when first asked for. */
export class Pair {
  readonly traits: Traits;
  readonly #venue: Venue;
  readonly #weather: Weather;
  readonly #planting: Planting;
  readonly #walks: Walks;
  readonly #own: Walk;
  /** Deviation of what is the pair's own, for each of the benchmark's. */
  readonly #ownShare: number;
  readonly #days = new Map<number, PairDay>();

  constructor(traits: Traits, venue: Venue, weather: Weather, benchmark: Walk, planting: Planting) {
    this.traits = traits;
    this.#venue = venue;
    this.#weather = weather;
    this.#planting = planting;
    this.#walks = { benchmark, alone: new Walk(weather, `${traits.symbol} alone`, { drifts: false, daysKept: 3 }) };
    this.#own = new Walk(weather, traits.symbol, { drifts: false, daysKept: 2 });
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
    const scale = 10 ** this.traits.digits;
    return Math.round(price * scale) / scale;
  }

  #draw(day: number): PairDay {
    const effects = this.#effects(day);
    const priceAt = this.#prices(effects);
    const open = priceAt(day * dayMinutes - 1);
    const close = Float64Array.from({ length: dayMinutes }, (_, minute) => priceAt(day * dayMinutes + minute));
    const next = normals(hashOf(this.#weather.seed, this.#venue, this.traits.symbol, "trades", day));
    const { variance } = this.#weather.day(day);
    const deviations = variance.map((each) => reach * Math.sqrt(each) * Math.hypot(this.traits.beta, this.#ownShare));
    const crowd = this.#crowd(day, effects, next);
    const drawn: PairDay = { open, close, high: new Float64Array(dayMinutes), low: new Float64Array(dayMinutes), volume: new Float64Array(dayMinutes), turnover: new Float64Array(dayMinutes) };
    let before = open;
    for (let minute = 0; minute < dayMinutes; minute += 1) {
      const after = close[minute]!;
      const deviation = deviations[Math.floor((minute * deviations.length) / dayMinutes)]!;
      const high = Math.max(before, after, this.quoted(Math.max(before, after) * (1 + deviation * Math.abs(next()))));
      const low = Math.min(before, after, this.quoted(Math.min(before, after) * (1 - deviation * Math.abs(next()))));
      const price = (before + high + low + after) / 4;
      const volume = Math.max(1, Math.round((crowd[minute]! / price) * 1000)) / 1000;
      drawn.high[minute] = high;
      drawn.low[minute] = low;
      drawn.volume[minute] = volume;
      drawn.turnover[minute] = Math.round(volume * price * 10_000) / 10_000;
      before = after;
    }
    return drawn;
  }

  /** The price at the end of a minute. */
  #prices(effects: readonly PlantedEffect[]): (minute: number) => number {
    const { traits } = this;
    const premium = premiumOf(this.#weather.seed, this.#venue, traits.symbol, effects);
    const usual = Math.log(traits.price);
    return (minute) => {
      let level = usual + traits.beta * this.#walks.benchmark.at(minute);
      if (this.#ownShare > 0) level += this.#ownShare * this.#own.at(minute);
      for (const effect of effects) level += driftAt(effect, traits, this.#walks, minute);
      return this.quoted(Math.exp(level + premium((minute + 1) * minuteMs)));
    };
  }

  /** What is traded in each minute, in quote currency: most in the American morning, and more in lively times. */
  #crowd(day: number, effects: readonly PlantedEffect[], next: () => number): Float64Array {
    const spikes = effects.filter(({ kind }) => kind === "volume-spike");
    const { variance } = this.#weather.day(day);
    const usual = this.traits.turnover / dayMinutes;
    const crowd = new Float64Array(dayMinutes);
    for (let minute = 0; minute < dayMinutes; minute += 1) {
      const hour = minute / 60;
      const daily = 1 + 0.45 * Math.cos((2 * Math.PI * (hour - 15)) / 24);
      const lively = Math.sqrt(variance[Math.floor((minute * variance.length) / dayMinutes)]! * dayMinutes) / 0.02;
      const at = day * dayMs + minute * minuteMs;
      const spiked = spikes.reduce((times, spike) => (at >= spike.since && at < spike.until ? times * spike.size : times), 1);
      crowd[minute] = usual * daily * Math.sqrt(lively) * spiked * Math.exp(0.5 * next() - 0.125);
    }
    return crowd;
  }

  /** Those that move the day's prices, or the minute before it. */
  #effects(day: number): PlantedEffect[] {
    return this.#planting(day * dayMs - healMs - hourMs, (day + 1) * dayMs).filter(({ symbol }) => symbol === this.traits.symbol);
  }
}
