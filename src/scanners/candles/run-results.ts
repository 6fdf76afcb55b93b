import { formatClause, formatCount } from "../../core/text";
import type { Seen } from "../scheduler";

/**
 * What came of the request for one series. empty: an answer without any of what was due; none: the exchange does not
 * trade it, or has never had a candle of it.
 */
export type SeriesResult = "had" | "empty" | "none" | "missed";

/** So many answers in a row that did not come in time: none will. */
const timeoutsToGiveUp = 3;

/** How a scan of many series fares, and when it is no use to go on. */
export class RunResults {
  readonly #counts: Record<SeriesResult, number> = { had: 0, empty: 0, none: 0, missed: 0 };
  #timeouts = 0;
  #why: string | null = null;
  #turnedAway = false;

  note(results: Exclude<SeriesResult, "missed">): void {
    this.#counts[results]++;
    this.#timeouts = 0;
  }

  failed(error: unknown): void {
    this.#counts.missed++;
    const code = codeOf(error);
    this.#timeouts = code === "timeout" ? this.#timeouts + 1 : 0;
    if (code === "rate-limited" || code === "unavailable") this.#turnedAway = true;
    this.#why ??= formatClause(error instanceof Error ? error.message : String(error));
  }

  /** The exchange turned us away: it is not queried again before the next scan. */
  get isOver(): boolean {
    return this.#turnedAway || this.#timeouts >= timeoutsToGiveUp;
  }

  /** Those that were requested. */
  get requested(): number {
    return this.#counts.had + this.#counts.empty + this.#counts.none + this.#counts.missed;
  }

  /**
   * In words, against what was due. Throws where nothing of it came, unless that is too little to say. `knowsAny`:
   * some series has candles.
   */
  seen(
    saw: string,
    { due, symbols, knowsAny }: { readonly due: number; readonly symbols: number; readonly knowsAny: boolean },
  ): Omit<Seen, "note"> {
    const { had, empty, none, missed } = this.#counts;
    // Nothing was requested of what a scan that was given up did not come to.
    const lacking = this.isOver ? due - had - empty - none : missed;
    const coversAll = due * 2 >= symbols;
    if (had === 0 && lacking > 0 && (coversAll || this.isOver))
      throw new Error(
        `none of ${formatCount(due, "series", "series")} that were due could be had: ${this.#why ?? "no answer"}`,
      );
    if (had === 0 && due > 0 && empty + none === due && coversAll && (empty > 0 || !knowsAny))
      throw new Error(`it answered without any candle of ${formatCount(due, "series", "series")} that were due`);
    const lacks =
      lacking === 0
        ? null
        : {
            share: lacking / due,
            why: `${lacking} of ${formatCount(due, "series", "series")} that were due: ${this.#why ?? "no answer"}`,
          };
    return { saw: lacks === null ? saw : `${saw}, ${lacking} of ${due} series that were due could not be had`, lacks };
  }
}

/** The exchange does not trade it: no request failed. */
export function isUnknownSymbol(error: unknown): boolean {
  return codeOf(error) === "unknown-symbol";
}

/** An exchange's error says by its code what kind it is. */
function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : null;
}
