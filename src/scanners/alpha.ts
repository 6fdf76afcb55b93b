import { setImmediate } from "node:timers/promises";
import type { SymbolFacts } from "../core/alpha/look";
import type { AlphaModel } from "../core/alpha/model";
import type { NotedBeta } from "../core/alpha/beta-history";
import type { Episodes } from "../core/alpha/episodes";
import type { CandleTimeframe } from "../core/candle";
import type { ScanObserved, Unsequenced } from "../core/observation";
import { formatCount } from "../core/text";
import type { QuoteCache } from "./quote-cache";
import { NotYet, type Scanner, type ScanTimes } from "./scheduler";

export interface AlphaScanDeps {
  readonly model: AlphaModel;
  readonly quoteCache: QuoteCache;
  readonly now: () => number;
  /** How far our clock is ahead of the exchange's, ms: candles are as new as they are by its own. */
  readonly clockAheadMs: () => number;
  readonly indicatorsOf: (symbol: string, timeframe: CandleTimeframe) => SymbolFacts["indicators"];
  readonly scanIntervalMs: () => number;
  /** The symbols whose candles come in. */
  readonly watched: () => readonly string[];
  /** A symbol that is watched no longer. */
  readonly forgotten: (symbol: string) => void;
  /** What stood at the last scan, also of an earlier run of the program: seen again it is no news. */
  readonly episodes: Episodes;
  readonly keepEpisodes: (episodes: Episodes) => void;
  /** Betas that were noted, to be known to a later run of the program; throws where they could not be kept. */
  readonly keepBetas: (betas: readonly NotedBeta[]) => void;
  readonly submit: (scan: Unsequenced<ScanObserved>) => Promise<boolean>;
}

/** What stands out against the benchmark, ranked before any cap. */
export function alphaScanner(exchange: string, deps: AlphaScanDeps, times: () => ScanTimes): Scanner {
  const { model, quoteCache, now } = deps;
  return {
    name: "alpha",
    times,
    async scan(signal) {
      const snapshot = quoteCache.of(exchange);
      if (!snapshot) throw new NotYet(`no market scan of ${exchange} has succeeded yet`);
      const at = now();
      const factsOf = (symbol: string, timeframe: CandleTimeframe) => ({
        turnover: snapshot.tickers.get(symbol)?.turnover ?? null,
        indicators: deps.indicatorsOf(symbol, timeframe),
      });
      const watched = deps.watched();
      for (const symbol of model.keepOnly(watched)) deps.forgotten(symbol);
      const findings = deps.episodes.news(
        model.judge(at - deps.clockAheadMs(), factsOf, { scanIntervalMs: deps.scanIntervalMs(), watched }),
        at,
      );
      deps.keepEpisodes(deps.episodes);
      await keepNoted(deps, signal);
      if (findings.length === 0) return "nothing new stands out";
      const stored = await deps.submit({
        kind: "scan",
        scanner: "alpha",
        source: exchange,
        receivedAt: at,
        opportunities: findings,
        market: null,
        findings: [],
      });
      if (!stored) throw new Error("what was found could not be stored");
      return (
        `${formatCount(findings.length, "opportunity", "opportunities")}: ` +
        findings.map(({ symbol, pattern }) => `${symbol} ${pattern}`).join(", ")
      );
    },
  };
}

/** As many as a commit takes without holding others up: the first look of all notes those of weeks. */
const keptAtOnce = 250;

/** What is not kept when the program ends is noted again from its candles. */
async function keepNoted(
  { model, keepBetas }: Pick<AlphaScanDeps, "model" | "keepBetas">,
  signal: AbortSignal,
): Promise<void> {
  for (let some = model.noted(keptAtOnce); some.length > 0; some = model.noted(keptAtOnce)) {
    signal.throwIfAborted();
    keepBetas(some);
    model.notedKept(some.length);
    await setImmediate();
  }
}
