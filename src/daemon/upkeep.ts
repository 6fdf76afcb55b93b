import type { Retention } from "../config";
import { candleMs, candleTimeframes } from "../core/candle";
import type { Desk } from "../desk";
import { CandleStore } from "../store/candles";
import { fileIdentity } from "../store/file-identity";
import type { Opened } from "../store/open";
import { pruneStep, type Cutoffs } from "../store/prune";

const probeEveryMs = 2000;
const pruneEveryMs = 60_000;
/** As many of each length as anything looks back at, and some. */
const candlesKept = 5000;
const candlesAtOnce = 2000;

export interface UpkeepDeps {
  readonly desk: Desk;
  readonly opened: Opened;
  readonly now: () => number;
  /** Monotonic, ms. */
  readonly elapsed: () => number;
  /** How long letting old rows go took, seconds. */
  readonly pruned: (seconds: number) => void;
  readonly retention: () => Retention;
}

/** Looks after the database: is its file still there, does it take anything again, what is old enough to go. */
export function keepUp({ desk, opened, now, elapsed, pruned, retention }: UpkeepDeps): Disposable {
  const identity = fileIdentity(opened.path);
  const probe = setInterval(() => {
    if (fileIdentity(opened.path) !== identity) desk.lose("missing");
    else if (desk.trouble !== null) desk.probe();
  }, probeEveryMs);
  const candles = new CandleStore(opened);
  const prune = setInterval(() => {
    const startedAt = elapsed();
    desk.maintain(() => {
      pruneStep(opened, cutoffsOf(retention(), now()));
      for (const timeframe of candleTimeframes) candles.prune(timeframe, now() - candlesKept * candleMs[timeframe], candlesAtOnce);
    });
    pruned((elapsed() - startedAt) / 1000);
  }, pruneEveryMs);
  return {
    [Symbol.dispose]: () => {
      clearInterval(probe);
      clearInterval(prune);
    },
  };
}

function cutoffsOf(kept: Retention, now: number): Cutoffs {
  const before = (keptMs: number | null) => (keptMs === null ? null : now - keptMs);
  return { signals: before(kept.signals), raw: before(kept.raw), decisions: before(kept.decisions), events: before(kept.events), alerts: before(kept.alerts) };
}
