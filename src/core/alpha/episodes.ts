import { candleMs } from "../candle";
import { keyOf, type Finding } from "./finding";
import { recentReturns, returnsBefore } from "./joined-returns";

/**
 * Separates what is new from what goes on. A finding is news once: while it is found again, and until every candle that made it
 * has left the window, it is the same one. Its memory is plain numbers, to be kept over a restart.
 */
export class Episodes {
  /** When each was last found, epoch ms. */
  readonly #seenAt: Map<string, number>;

  constructor(remembered: Iterable<readonly [key: string, seenAt: number]> = []) {
    this.#seenAt = new Map(remembered);
  }

  /** The findings that were not going on, in the order given. */
  news(findings: readonly Finding[], now: number): Finding[] {
    const news = findings.filter((finding) => !this.#goesOn(finding, now));
    for (const finding of findings) this.#seenAt.set(keyOf(finding), now);
    for (const [key, seenAt] of this.#seenAt) if (now - seenAt > longestWindowMs) this.#seenAt.delete(key);
    return news;
  }

  entries(): [key: string, seenAt: number][] {
    return [...this.#seenAt];
  }

  #goesOn(finding: Finding, now: number): boolean {
    const seenAt = this.#seenAt.get(keyOf(finding));
    return seenAt !== undefined && now - seenAt <= windowMs(finding);
  }
}

/** No window is longer: 250 returns of the slowest timeframe. */
const longestWindowMs = (recentReturns + returnsBefore) * candleMs["4h"];

function windowMs({ n, timeframe }: Finding): number {
  return n * candleMs[timeframe === "all" ? "1m" : timeframe];
}
