import type { NotedBeta } from "../../core/alpha/beta-history";
import { AlphaModel } from "../../core/alpha/model";
import { alphaScanner, type AlphaScanDeps } from "../alpha";
import { benchmarkOf, watchedSymbols } from "../candles/watched-symbols";
import type { CandleCache, MarketScope } from "../exchange-port";
import type { QuoteCache } from "../quote-cache";
import type { Scanner, ScanTimes } from "../scheduler";
import { IndicatorCache } from "./indicator-cache";
import { SeriesLearner, type BetaCache } from "./series-learner";

interface AlphaWatchDeps {
  readonly quoteCache: QuoteCache;
  readonly cache: CandleCache;
  readonly betas: BetaCache & {
    put(exchange: string, benchmark: string, noted: readonly NotedBeta[]): void;
  };
  readonly now: () => number;
  readonly scanIntervalMs: () => number;
}

/** What is learned of one exchange's symbols against its benchmark, and the scanner that judges by it. */
export class AlphaWatch {
  readonly model: AlphaModel;
  readonly learner: SeriesLearner;
  readonly #indicators = new IndicatorCache();

  constructor(
    readonly exchange: string,
    private readonly scope: MarketScope,
    private readonly deps: AlphaWatchDeps,
  ) {
    const { cache, betas, scanIntervalMs } = deps;
    this.model = new AlphaModel({ benchmark: benchmarkOf(scope), scanIntervalMs: scanIntervalMs() });
    this.learner = new SeriesLearner({ model: this.model, indicators: this.#indicators, cache, betas });
  }

  scanner(
    given: Pick<AlphaScanDeps, "clockAheadMs" | "episodes" | "keepEpisodes" | "submit">,
    times: () => ScanTimes,
  ): Scanner {
    const { exchange, scope, deps, model, learner } = this;
    return alphaScanner(
      exchange,
      {
        ...deps,
        ...given,
        model,
        watched: () => watchedSymbols(exchange, scope, deps),
        forgotten: (symbol) => learner.forget(symbol),
        indicatorsOf: (symbol, timeframe) => this.#indicators.of(symbol, timeframe),
        keepBetas: (noted) => deps.betas.put(exchange, model.options.benchmark, noted),
      },
      times,
    );
  }
}
