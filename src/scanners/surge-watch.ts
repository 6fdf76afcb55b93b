import type { Candle, CandleTimeframe } from "../core/candle";
import { hourMs } from "../core/duration";
import type { ScanObserved, Unsequenced } from "../core/observation";
import type { CandleCache } from "./exchange-port";
import { surgeCandles, surgesOf } from "./surges";

/** A surge of longer ago is history when its candle comes in: after a pause, or at the first look of all. */
const newsForMs = 2 * hourMs;
const windowMax = 2 * surgeCandles;

/** Looks for surges of an exchange's symbols as their half-hour candles come in; what it finds is submitted. */
export class SurgeWatch {
  readonly #windows = new Map<string, readonly Candle[]>();

  constructor(
    private readonly scope: { readonly exchange: string; readonly quote: string },
    private readonly deps: {
      readonly cache: Pick<CandleCache, "last">;
      readonly now: () => number;
      readonly submit: (scan: Unsequenced<ScanObserved>) => Promise<boolean>;
    },
  ) {}

  /** New closed candles of a symbol, oldest first, which are kept already. */
  arrived(symbol: string, timeframe: CandleTimeframe, fresh: readonly Candle[]): void {
    if (timeframe !== "30m" || fresh.length === 0 || !symbol.endsWith(this.scope.quote)) return;
    const { exchange } = this.scope;
    const { now, submit } = this.deps;
    const all = this.#window(symbol, fresh);
    const news = fresh.filter(({ at }) => at > now() - newsForMs).length;
    const findings = surgesOf(exchange, symbol, all.slice(-surgeCandles - news), news);
    if (findings.length === 0) return;
    void submit({
      kind: "scan",
      scanner: `candles:${exchange}`,
      source: exchange,
      receivedAt: now(),
      opportunities: [],
      market: null,
      findings,
    });
  }

  /** What is kept of a series has changed: its past is read anew. */
  filled(symbol: string, timeframe: CandleTimeframe): void {
    if (timeframe === "30m") this.#windows.delete(symbol);
  }

  /** Watched no longer; watched again, its past is read anew. */
  forget(symbol: string): void {
    this.#windows.delete(symbol);
  }

  #window(symbol: string, fresh: readonly Candle[]): readonly Candle[] {
    const before = this.#windows.get(symbol);
    const all = before
      ? [...before, ...fresh]
      : this.deps.cache.last({ exchange: this.scope.exchange, symbol, timeframe: "30m" }, windowMax);
    this.#windows.set(symbol, all.slice(-windowMax));
    return all;
  }
}
