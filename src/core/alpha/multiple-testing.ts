import { dayMs } from "../duration";
import { candleMs, type CandleTimeframe } from "../candle";

/**
 * Tests made when one symbol is looked at on one timeframe: correlation, beta, alpha, reversion, surge (a breakout or
 * a bounce), volume.
 */
export const testsPerEvaluation = 6;

/** A look is one scan that met a new closed candle: no more a day than scans, and no more than candles. */
export function evaluationsPerDay(timeframe: CandleTimeframe, scanIntervalMs: number): number {
  return dayMs / Math.max(candleMs[timeframe], scanIntervalMs);
}

/**
 * All tests of a day over everything that is watched, with one more per symbol and scan for all timeframes together. 100 symbols
 * on four timeframes, scanned every 5 minutes, make 406,800.
 */
export function testsADay(watched: Iterable<readonly CandleTimeframe[]>, scanIntervalMs: number): number {
  let tests = 0;
  for (const timeframes of watched) {
    const looks = timeframes.map((timeframe) => evaluationsPerDay(timeframe, scanIntervalMs));
    tests += testsPerEvaluation * looks.reduce((sum, each) => sum + each, 0) + Math.max(0, ...looks);
  }
  return tests;
}

/**
 * The correction for multiple testing, which is Bonferroni's over the tests of a day: confidence is 1 - p x tests, so what it
 * lacks to 1 is the number of findings this strong that a day without anything to find would still bring. With thresholds of
 * .70 to .85 all patterns and timeframes together stay under .2 a day (.15 x 288 + .20 x 288 + .25 x 48 + .30 x 6 looks, over
 * 630). Looks overlap, so that is an upper bound, and one that is nearly reached: so far out, neighbouring windows
 * rarely share an alarm. It holds as far as p does; p therefore is always the weaker of the textbook's and one that
 * withstands fat tails.
 */
export function confidenceOf(p: number, tests: number): number {
  return Math.max(0, 1 - p * tests);
}
