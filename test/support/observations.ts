import type { ReportObserved, Unsequenced } from "../../src/core/observation";
import { strengthOf, type Signal } from "../../src/core/signal";

/** A signal as the reader hands it on; what is not given is what most reports look like. */
export function signalOf(given: Partial<Signal> & { readonly observedAt: number }): Signal {
  const direction = given.direction ?? "long";
  const score = given.score === undefined ? 80 : given.score;
  return {
    symbol: "BTCUSDT",
    symbolAsWritten: "BTCUSDT",
    exchange: null,
    market: null,
    direction,
    word: "BUY",
    score,
    strength: strengthOf(direction, score),
    reliability: null,
    price: null,
    datedBy: "body",
    zoneAssumed: false,
    expiresAt: null,
    strategy: null,
    timeframe: null,
    signalId: null,
    transactionId: null,
    plan: null,
    components: [],
    words: [],
    ...given,
  };
}

/** A report seen arriving. */
export function reportOf(
  given: Partial<Unsequenced<ReportObserved>> & { readonly receivedAt: number },
): Unsequenced<ReportObserved> {
  return {
    kind: "report",
    source: "reports",
    file: "report.json",
    modifiedAt: given.receivedAt,
    backlog: false,
    known: false,
    signals: [],
    opportunities: [],
    market: null,
    refusals: [],
    ...given,
  };
}
