/** What one answer says of the exchange's clock. Epoch ms; `sentAt` and `receivedAt` by our own clock. */
export interface ClockReading {
  /** In the body, to the millisecond; null where it has none. */
  readonly time: number | null;
  /** The header, to the second; null where there is none. */
  readonly date: number | null;
  readonly sentAt: number;
  readonly receivedAt: number;
  /** Monotonic, ms. */
  readonly elapsed: number;
}

/** Clocks that agree so far are taken as one: an answer's way explains the rest. */
const clockDifferenceMs = 2000;
/** Two answers so far apart do not show one time, unless it stands still. */
const movesWithinMs = { time: 1000, date: 2000 } as const;

/**
 * An exchange's clock against ours, from what its answers say. Of a time in the body and the header's date the later is the
 * clock: a cache may keep an old body. A time that stands still between answers is a frozen answer, and no clock.
 */
export class ExchangeClock {
  #aheadMs: number | null = null;
  /** What each said last, and when it was first said. */
  readonly #latest: Record<Teller, { readonly at: number; readonly elapsed: number } | null> = {
    time: null,
    date: null,
  };
  /** What that rests on alone. */
  #restsOn: Teller | null = null;

  /**
   * How far our clock is ahead of the exchange's, ms, below 0 where it is behind; 0 where they agree within 2 s, null
   * while nothing is known.
   */
  get aheadMs(): number | null {
    return this.#aheadMs;
  }

  observe(reading: ClockReading): void {
    const time = this.#moving("time", reading);
    const date = this.#moving("date", reading);
    const byTime = time === null ? null : { low: reading.sentAt - time, high: reading.receivedAt - time };
    const byDate = date === null ? null : { low: reading.sentAt - date - 999, high: reading.receivedAt - date };
    // The less we are ahead by what it says, the later it is. Where both may be right the body's is the finer.
    const bodyIsOld = byTime !== null && byDate !== null && byDate.high + clockDifferenceMs < byTime.low;
    const ahead = byTime === null || bodyIsOld ? byDate : byTime;
    if (ahead === null) return;
    this.#restsOn = ahead === byDate ? "date" : "time";
    const middle = (ahead.low + ahead.high) / 2;
    this.#aheadMs = ahead.low > clockDifferenceMs || ahead.high < -clockDifferenceMs ? middle : 0;
  }

  /** What it said, where that moves; null else. */
  #moving(teller: Teller, reading: ClockReading): number | null {
    const at = reading[teller];
    const latest = this.#latest[teller];
    if (at === null) return null;
    if (latest === null || at !== latest.at) {
      this.#latest[teller] = { at, elapsed: reading.elapsed };
      return at;
    }
    if (reading.elapsed - latest.elapsed < movesWithinMs[teller]) return at;
    // What it said of our clock before it was known to stand still is unsaid.
    if (this.#restsOn === teller) this.#aheadMs = null;
    return null;
  }
}

type Teller = "time" | "date";

/** The times an answer gives: `time` or `serverTime` at either end of its body, and the header's date. */
export function timesIn(body: string, headers: Headers): Pick<ClockReading, "time" | "date"> {
  const ends = body.length <= 400 ? body : `${body.slice(0, 200)} ${body.slice(-200)}`;
  const time = /"(?:time|serverTime)"\s*:\s*"?(\d{13})\b/.exec(ends)?.[1];
  const date = Date.parse(headers.get("date") ?? "");
  return { time: time === undefined ? null : Number(time), date: Number.isFinite(date) ? date : null };
}
