import { hashOf, normals } from "./chance";
import { dayMinutes, firstDay } from "./calendar";
import { deviationOf, driftOf, regimeOfSpell, spellMinutes, spellsPerDay } from "./regime";

/** How much of its distance from where it began a walk keeps from day to day: prices stay in sight of where they are. */
const kept = 0.985;
const daysKept = 48;

/**
 * A random walk in log prices with a value for every minute since the first day. Days are drawn first,
 * one after the other, and each day's minutes then lead from its beginning to its end (a Brownian bridge):
 * any minute can be had without the minutes before its day.
 */
export class Walk {
  readonly #seed: string;
  readonly #name: string;
  readonly #drifts: boolean;
  readonly #starts: number[] = [0];
  readonly #days = new Map<number, Float64Array>();

  /** With the drift of the market's regimes, or only with their deviation. */
  constructor(seed: string, name: string, drifts: boolean) {
    this.#seed = seed;
    this.#name = name;
    this.#drifts = drifts;
  }

  /** At the end of a minute, counted from 1970; 0 before the first day. */
  at(minute: number): number {
    const day = Math.floor(minute / dayMinutes);
    return day < firstDay ? 0 : (this.day(day)[minute - day * dayMinutes] ?? 0);
  }

  /** At the end of each minute of a day. */
  day(day: number): Float64Array {
    const known = this.#days.get(day);
    if (known !== undefined) return known;
    const minutes = this.#draw(day);
    this.#days.set(day, minutes);
    if (this.#days.size > daysKept) this.#days.delete(this.#days.keys().next().value ?? day);
    return minutes;
  }

  #draw(day: number): Float64Array {
    const next = normals(hashOf(this.#seed, this.#name, "minutes", day));
    const start = this.#startOf(day);
    const end = this.#startOf(day + 1);
    const { drift, variance } = this.#shape(day);
    const minutes = new Float64Array(dayMinutes);
    const squares = new Float64Array(dayMinutes);
    let level = start;
    let square = 0;
    for (let minute = 0; minute < dayMinutes; minute += 1) {
      const spell = Math.floor(minute / spellMinutes);
      const deviation = Math.sqrt(variance[spell]!);
      level += drift[spell]! + deviation * next();
      square += variance[spell]!;
      minutes[minute] = level;
      squares[minute] = square;
    }
    const missing = end - level;
    for (let minute = 0; minute < dayMinutes; minute += 1) minutes[minute]! += (missing * squares[minute]!) / square;
    minutes[dayMinutes - 1] = end;
    return minutes;
  }

  #startOf(day: number): number {
    for (let known = this.#starts.length - 1; known < day - firstDay; known += 1) {
      const { drift, variance } = this.#shape(firstDay + known);
      const step = normals(hashOf(this.#seed, this.#name, "day", firstDay + known))();
      this.#starts.push(kept * this.#starts[known]! + spellMinutes * sum(drift) + Math.sqrt(spellMinutes * sum(variance)) * step);
    }
    return this.#starts[day - firstDay]!;
  }

  /** By spell, of one minute. */
  #shape(day: number): { drift: number[]; variance: number[] } {
    const spells = Array.from({ length: spellsPerDay }, (_, index) => regimeOfSpell(this.#seed, day * spellsPerDay + index));
    return { drift: spells.map((regime) => (this.#drifts ? driftOf(regime) : 0)), variance: spells.map((regime) => deviationOf(regime) ** 2) };
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
