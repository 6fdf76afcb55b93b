import { markets, SimulatedMarket, calm } from "../../core/alpha/simulated-market";
import { answerQuestions } from "../worker";

/**
 * One market watched with nothing planted, or, where `deviations` is given, one in which `symbols` of 100 drift by so
 * much over 250 minutes.
 */
export interface HonestyCommand {
  readonly market: string;
  readonly seed: number;
  readonly symbols: number;
  readonly days: number;
  readonly deviations: number | null;
}

/** found: of each pattern and timeframe; symbols: in how many something was found. */
export interface HonestyAnswer {
  readonly found: Readonly<Record<string, number>>;
  readonly symbols: number;
}

/** A week makes volume's usual day and a beta's history known; a drift is found without. */
const learnedDays = { watched: 8, planted: 2 };

answerQuestions(({ market, seed, symbols, days, deviations }: HonestyCommand): HonestyAnswer => {
  const plantOf = (symbol: number) =>
    deviations === null || symbol >= symbols
      ? null
      : { fromMinute: learnedDays.planted * 1440 + ((symbol * 37) % 1000), minutes: 250, deviations };
  const simulated = new SimulatedMarket({
    seed,
    symbols: deviations === null ? symbols : 100,
    habits: markets[market] ?? calm,
    plantOf,
  });
  simulated.learn(deviations === null ? learnedDays.watched : learnedDays.planted);
  const found: Record<string, number> = {};
  const findings = simulated.watch(days);
  for (const { pattern, timeframe } of findings)
    found[`${pattern} ${timeframe}`] = (found[`${pattern} ${timeframe}`] ?? 0) + 1;
  return { found, symbols: new Set(findings.map(({ symbol }) => symbol)).size };
});
