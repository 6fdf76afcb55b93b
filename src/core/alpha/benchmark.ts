import { dayMs } from "../duration";
import type { Candle } from "../candle";

/** As long as a beta history reaches back, and a day more. */
const keptMs = 31 * dayMs;

/** The benchmark's log returns by the start of their candle. */
export class Benchmark {
  readonly #returns = new Map<number, number>();
  #newest: { readonly at: number; readonly close: number } | null = null;

  constructor(readonly candleMs: number) {}

  get newestAt(): number | null {
    return this.#newest?.at ?? null;
  }

  take({ at, close }: Candle): void {
    if ((this.#newest !== null && at <= this.#newest.at) || !(close > 0)) return;
    const change =
      this.#newest !== null && at - this.#newest.at === this.candleMs
        ? Math.log(close / this.#newest.close)
        : Number.NaN;
    if (Number.isFinite(change)) this.#returns.set(at, change);
    this.#newest = { at, close };
    for (const old of this.#returns.keys()) {
      if (old >= at - keptMs) break;
      this.#returns.delete(old);
    }
  }

  returnAt(at: number): number | null {
    return this.#returns.get(at) ?? null;
  }
}
