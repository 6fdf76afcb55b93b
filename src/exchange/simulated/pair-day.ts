import { dayMinutes } from "./calendar";

/** A value for each minute of a day; volume in base and turnover in quote currency. */
interface Minutes {
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly volume: Float64Array;
  readonly turnover: Float64Array;
}

/** What was traded over some minutes. */
export interface Traded {
  high: number;
  low: number;
  volume: number;
  turnover: number;
}

const hourMinutes = 60;

/** One day of a pair at a venue, minute by minute. A minute opens where the one before closed. */
export class PairDay {
  /** Where the day opened. */
  readonly open: number;
  readonly close: Float64Array;
  readonly minutes: Minutes;
  /** Each hour at once: a quote needs 24 of them. */
  readonly #hours: readonly Readonly<Traded>[];

  constructor({ open, close, ...minutes }: Minutes & { readonly open: number; readonly close: Float64Array }) {
    this.open = open;
    this.close = close;
    this.minutes = minutes;
    this.#hours = Array.from({ length: dayMinutes / hourMinutes }, (_, hour) => {
      const traded: Traded = { high: 0, low: Number.POSITIVE_INFINITY, volume: 0, turnover: 0 };
      for (let minute = hour * hourMinutes; minute < (hour + 1) * hourMinutes; minute += 1)
        this.#addMinute(traded, minute);
      return traded;
    });
  }

  opens(minute: number): number {
    return minute === 0 ? this.open : this.close[minute - 1]!;
  }

  /** Adds the minutes from one to before another. */
  add(traded: Traded, from: number, end: number): void {
    for (let minute = from; minute < end;) {
      if (minute % hourMinutes === 0 && minute + hourMinutes <= end) {
        const hour = this.#hours[minute / hourMinutes]!;
        traded.high = Math.max(traded.high, hour.high);
        traded.low = Math.min(traded.low, hour.low);
        traded.volume += hour.volume;
        traded.turnover += hour.turnover;
        minute += hourMinutes;
      } else {
        this.#addMinute(traded, minute);
        minute += 1;
      }
    }
  }

  #addMinute(traded: Traded, minute: number): void {
    const { high, low, volume, turnover } = this.minutes;
    traded.high = Math.max(traded.high, high[minute]!);
    traded.low = Math.min(traded.low, low[minute]!);
    traded.volume += volume[minute]!;
    traded.turnover += turnover[minute]!;
  }
}
