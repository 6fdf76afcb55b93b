import { minuteMs } from "../duration";
import { alphaTimeframe } from "../candle";
import type { OpportunityTimeframe } from "../opportunity";
import type { Finding } from "./finding";
import type { Seen } from "./look";
import { confidenceOf } from "./multiple-testing";
import { riskLevelOf } from "./risk";

/** Where and when something was seen. volatility: annualised, percent; turnover: of 24 h, in quote currency. */
export interface Place {
  readonly symbol: string;
  readonly timeframe: OpportunityTimeframe;
  /** Tests made a day. */
  readonly tests: number;
  readonly observedAt: number;
  readonly volatility: number | null;
  readonly turnover: number | null;
}

/** What a pattern saw, as an opportunity. It gives no advice: action and conditions stay empty. */
export function findingOf(
  { pattern, p, n, alphaPotential, why, insight, expectedMs }: Seen,
  { symbol, timeframe, tests, observedAt, volatility, turnover }: Place,
): Finding {
  return {
    symbol,
    pattern,
    confidence: confidenceOf(p, tests),
    alphaPotential,
    riskLevel: riskLevelOf(volatility, turnover),
    observedAt,
    datedBy: "body",
    timeframes: alphaPotential === null || timeframe === "all" ? {} : { [alphaTimeframe[timeframe]]: alphaPotential },
    insight,
    action: null,
    expectedDuration: expectedMs === null ? null : hoursAndMinutes(expectedMs),
    entryConditions: [],
    exitConditions: [],
    timeframe,
    n,
    why: [
      ...why,
      { name: "n", value: n, limit: null },
      { name: "p", value: p, limit: null },
      { name: "tests a day, confidence is 1 - p x tests", value: tests, limit: null },
    ],
    p,
  };
}

/** As such reports write it: 2h 0m. */
function hoursAndMinutes(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / minuteMs));
  return `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
}
