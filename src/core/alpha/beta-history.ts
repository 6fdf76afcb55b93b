import { dayMs, hourMs } from "../duration";
import type { CandleTimeframe } from "../candle";
import { medianOf } from "../median";

/** A beta every four hours is enough for a median of 30 days. */
const sampleMs = 4 * hourMs;
export const betasKeptMs = 30 * dayMs;

/** Samples that span less are no history to speak of. */
const betaHistoryMsMin = 7 * dayMs;

/** A beta as it was when the candle that opened at `at`, epoch ms, had closed. */
export interface Beta {
  readonly at: number;
  readonly beta: number;
}

/** Whose beta it was. */
export interface NotedBeta extends Beta {
  readonly symbol: string;
  readonly timeframe: CandleTimeframe;
}

export interface UsualBeta {
  readonly median: number;
  /** Of the median, standard. */
  readonly error: number;
  /** From the first sample to the last. */
  readonly spanMs: number;
  readonly samples: number;
}

/** What a symbol's beta has been over 30 days. */
export class BetaHistory {
  readonly #at: number[] = [];
  readonly #betas: number[] = [];
  #known: { readonly key: string; readonly usual: UsualBeta | null } | null = null;

  /** windowMs: the time one beta is measured over. */
  constructor(readonly windowMs: number) {}

  get newestAt(): number | null {
    return this.#at.at(-1) ?? null;
  }

  /** Whether `at` falls into a stretch that has no sample yet. */
  isDue(at: number): boolean {
    const newest = this.#at.at(-1);
    return newest === undefined || Math.floor(at / sampleMs) > Math.floor(newest / sampleMs);
  }

  note(at: number, beta: number): void {
    this.#at.push(at);
    this.#betas.push(beta);
    while ((this.#at[0] ?? at) < at - betasKeptMs) {
      this.#at.shift();
      this.#betas.shift();
    }
  }

  /** What was usual before the window that ends at `at`; null where that is not known for long enough. */
  usual(at: number): UsualBeta | null {
    let count = this.#at.length;
    while (count > 0 && (this.#at[count - 1] ?? 0) > at - this.windowMs) count -= 1;
    const key = `${this.#at[0]} ${count}`;
    if (this.#known?.key !== key) this.#known = { key, usual: this.#measure(count) };
    return this.#known.usual;
  }

  #measure(count: number): UsualBeta | null {
    const spanMs = count === 0 ? 0 : (this.#at[count - 1] ?? 0) - (this.#at[0] ?? 0);
    if (spanMs < betaHistoryMsMin) return null;
    const betas = Float64Array.from(this.#betas.slice(0, count));
    const independent = Math.max(1, Math.min(count, spanMs / this.windowMs));
    return {
      median: medianOf(betas),
      error: medianErrorFactor * Math.sqrt(varianceOf(betas) / independent),
      spanMs,
      samples: count,
    };
  }
}

/** The standard error of a median is this much larger than that of a mean. */
const medianErrorFactor = Math.sqrt(Math.PI / 2);

function varianceOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
