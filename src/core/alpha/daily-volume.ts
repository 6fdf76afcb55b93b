import { dayMs } from "../duration";
import { candleMs, type Candle } from "../candle";
import { medianOf } from "../median";

const slotMs = candleMs["30m"];
const slotsADay = dayMs / slotMs;
/** Each half-hour is the median of so many days, of so many at least. */
const days = 14;
const daysMin = 7;
/** Two days more than are looked at: a slow candle is judged by what was known when it closed. */
const kept = (days + 2) * slotsADay;

/** The volume a candle that opens at `at`, epoch ms, usually has at its time of day; NaN where that is not known. */
export type UsualVolume = (at: number) => number;

/** What a symbol trades over the day, by its half-hour candles of two weeks. */
export class DailyVolume {
  readonly #slots = new Float64Array(kept).fill(Number.NaN);
  #newest = -Infinity;
  #known: { readonly until: number; readonly profile: Float64Array } | null = null;

  /** Half-hour candles, oldest first; known ones are ignored. */
  take({ at, volume }: Candle): void {
    const slot = Math.floor(at / slotMs);
    if (slot <= this.#newest) return;
    for (let missing = Math.max(this.#newest + 1, slot - kept); missing < slot; missing += 1)
      this.#slots[missing % kept] = Number.NaN;
    this.#slots[slot % kept] = volume;
    this.#newest = slot;
    this.#known = null;
  }

  /** As known at `until`, epoch ms, for candles of a length: those shorter than half an hour lie on a line between half-hours. */
  usual(until: number, lengthMs: number): UsualVolume {
    const profile = this.#profileUntil(Math.floor(until / slotMs));
    const at = (slot: number) => profile[slot % slotsADay] ?? Number.NaN;
    if (lengthMs >= slotMs) {
      return (start) => {
        const first = Math.floor(start / slotMs);
        let sum = 0;
        for (let slot = first; slot < first + lengthMs / slotMs; slot += 1) sum += at(slot);
        return sum;
      };
    }
    return (start) => {
      // A day later, so that what comes before the first middle of the day has one before it.
      const middle = ((start % dayMs) + lengthMs / 2) / slotMs - 0.5 + slotsADay;
      const slot = Math.floor(middle);
      return ((slot + 1 - middle) * at(slot) + (middle - slot) * at(slot + 1)) * (lengthMs / slotMs);
    };
  }

  #profileUntil(until: number): Float64Array {
    if (this.#known?.until === until) return this.#known.profile;
    const profile = Float64Array.from({ length: slotsADay }, (_, slot) => this.#medianOf(slot, until));
    this.#known = { until, profile };
    return profile;
  }

  #medianOf(slotOfDay: number, until: number): number {
    const values: number[] = [];
    const newest = until - 1 - ((((until - 1 - slotOfDay) % slotsADay) + slotsADay) % slotsADay);
    for (let day = 0; day < days; day += 1) {
      const slot = newest - day * slotsADay;
      if (slot > this.#newest || slot <= this.#newest - kept || slot < 0) continue;
      const volume = this.#slots[slot % kept] ?? Number.NaN;
      if (!Number.isNaN(volume)) values.push(volume);
    }
    if (values.length < daysMin) return Number.NaN;
    return medianOf(values);
  }
}
