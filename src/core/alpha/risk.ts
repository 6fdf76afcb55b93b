import { dayMs } from "../duration";
import { candleMs, type CandleTimeframe } from "../candle";
import type { RiskLevel } from "../opportunity";
import type { Regression } from "./regression";

/** From here on a symbol is wild: annualised volatility, percent. Below the other, calm. */
const wildVolatility = 150;
const calmVolatility = 75;
/** Below this a symbol is thin: turnover of 24 h in quote currency. From the other on, liquid. */
const thinTurnover = 5e6;
const liquidTurnover = 50e6;

/** High where wild or thin, Low where calm and liquid, Medium between; null where what is not known could change it. */
export function riskLevelOf(volatility: number | null, turnover: number | null): RiskLevel | null {
  if ((volatility !== null && volatility >= wildVolatility) || (turnover !== null && turnover < thinTurnover))
    return "High";
  if (volatility === null || turnover === null) return null;
  return volatility < calmVolatility && turnover >= liquidTurnover ? "Low" : "Medium";
}

const yearMs = 365 * dayMs;

/** Of a symbol's own returns, a year's worth, in percent. */
export function volatilityOf(recent: Pick<Regression, "deviation"> | null, timeframe: CandleTimeframe): number | null {
  return recent === null ? null : recent.deviation * Math.sqrt(yearMs / candleMs[timeframe]) * 100;
}
