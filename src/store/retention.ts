import { betasKeptMs } from "../core/alpha/beta-history";
import { candleMs, candlesKept } from "../core/candle";
import { dayMs } from "../core/duration";
import { BetaStore } from "./betas";
import { CandleStore } from "./candles";
import type { Database } from "./db";
import { Pruner, type Cutoffs, type KeptKind, type Pruned } from "./prune";
import type { SearchIndex } from "./search-index";

/** How long each kind is kept, ms; null is for ever. */
export type KeptFor = Readonly<Record<KeptKind, number | null>>;

/** With the commit a step stays well under 20 ms. */
const budgetMs = 5;
/** Between two steps others have their turn, for as long as a step took and half as long again. */
const restShare = 1.5;
const restMsMin = 4;
const pollEveryMs = 5000;
const candlesAtOnce = 200;
const betasAtOnce = 200;

/** What is past its time, and how much of it is removed at once. */
export class Retention {
  readonly #pruner: Pruner;
  readonly #candles: CandleStore;
  readonly #betas: BetaStore;

  constructor(database: Database, search: SearchIndex) {
    this.#pruner = new Pruner(database, search);
    this.#candles = new CandleStore(database);
    this.#betas = new BetaStore(database);
  }

  /** Removes some of what is past its time `at`, epoch ms. `elapsed`: monotonic, ms. */
  step(kept: KeptFor, at: number, elapsed: () => number): Pruned {
    const pruned = this.#pruner.step(cutoffsOf(kept, at), budgetMs, elapsed);
    if (!pruned.more) {
      this.#candles.pruneNextSeries((timeframe) => at - candlesKept * candleMs[timeframe], candlesAtOnce);
      this.#betas.prune(at - betasKeptMs - dayMs, betasAtOnce);
    }
    return pruned;
  }

  /** How long past its time the oldest of each kind is still there, seconds. */
  debtSeconds(kept: KeptFor, at: number): Partial<Record<KeptKind, number>> {
    return this.#pruner.debtSeconds(cutoffsOf(kept, at));
  }
}

/** How long to wait after a step, ms. `more`: it left some that is past its time. */
export function restMsAfter({ more, tookMs }: { readonly more: boolean; readonly tookMs: number }): number {
  return more ? Math.max(restMsMin, tookMs * restShare) : pollEveryMs;
}

function cutoffsOf(kept: KeptFor, at: number): Cutoffs {
  const before = (keptMs: number | null) => (keptMs === null ? null : at - keptMs);
  return {
    signals: before(kept.signals),
    raw: before(kept.raw),
    decisions: before(kept.decisions),
    events: before(kept.events),
    alerts: before(kept.alerts),
    deliveries: before(kept.deliveries),
  };
}
