import { hashOf, normals } from "./chance";
import { dayMinutes, firstDay } from "./calendar";
import { spellMinutes, type RegimeModel } from "./regime-model";

/** How much of its distance from where it began a walk keeps from day to day: prices stay in sight of where they were. */
const kept = 0.985;

/**
 * A random walk in log prices with a value for every minute since the first day. Days are drawn first,
 * one after the other, and each day's minutes then lead from its beginning to its end (a Brownian bridge):
 * any minute can be had without the minutes before its day.
 */
export class Walk {
  readonly #regimes: RegimeModel;
  readonly #name: string;
  readonly #drifts: boolean;
  readonly #daysKept: number;
  readonly #starts: number[] = [0];
  readonly #days = new Map<number, Float64Array>();

  /** `drifts`: with the drift of the market's regimes, not only with their deviation. */
  constructor(
    regimes: RegimeModel,
    name: string,
    { drifts, daysKept }: { readonly drifts: boolean; readonly daysKept: number },
  ) {
    this.#regimes = regimes;
    this.#name = name;
    this.#drifts = drifts;
    this.#daysKept = daysKept;
  }

  /** At the end of a minute, counted from 1970; 0 before the first day. */
  at(minute: number): number {
    const day = Math.floor(minute / dayMinutes);
    if (day < firstDay) return 0;
    const within = minute - day * dayMinutes;
    return within === dayMinutes - 1 ? this.#startOf(day + 1) : this.day(day)[within]!;
  }

  /** At the end of each minute of a day. */
  day(day: number): Float64Array {
    const known = this.#days.get(day);
    if (known !== undefined) return known;
    const minutes = this.#draw(day);
    this.#days.set(day, minutes);
    if (this.#days.size > this.#daysKept) this.#days.delete(this.#days.keys().next().value!);
    return minutes;
  }

  #draw(day: number): Float64Array {
    const next = normals(hashOf(this.#regimes.seed, this.#name, "minutes", day));
    const end = this.#startOf(day + 1);
    const { drift, variance } = this.#regimes.day(day);
    const minutes = new Float64Array(dayMinutes);
    let level = this.#startOf(day);
    for (let minute = 0; minute < dayMinutes; minute += 1) {
      const spell = Math.floor(minute / spellMinutes);
      level += (this.#drifts ? drift[spell]! : 0) + Math.sqrt(variance[spell]!) * next();
      minutes[minute] = level;
    }
    // What is missing to the day's end is laid on where the walk is free to move.
    const missing = (end - level) / (spellMinutes * sum(variance));
    let freedom = 0;
    for (let minute = 0; minute < dayMinutes; minute += 1) {
      freedom += variance[Math.floor(minute / spellMinutes)]!;
      minutes[minute]! += missing * freedom;
    }
    minutes[dayMinutes - 1] = end;
    return minutes;
  }

  #startOf(day: number): number {
    for (let known = this.#starts.length - 1; known < day - firstDay; known += 1) {
      const { drift, variance } = this.#regimes.day(firstDay + known);
      const step = normals(hashOf(this.#regimes.seed, this.#name, "day", firstDay + known))();
      this.#starts.push(
        kept * this.#starts[known]! +
          (this.#drifts ? spellMinutes * sum(drift) : 0) +
          Math.sqrt(spellMinutes * sum(variance)) * step,
      );
    }
    return this.#starts[day - firstDay]!;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
