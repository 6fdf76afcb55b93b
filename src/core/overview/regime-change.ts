import type { MarketView, Regime } from "../market";
import type { Why } from "../opportunity";
import { enterBands } from "./regime";
import type { MarketFinding } from "./market-finding";

/** The regime is another than the one that held. Learning it for the first time, or losing sight of it, is not a change. */
export function regimeChange(from: Regime | null, view: MarketView, exchange: string | null): MarketFinding | null {
  const to = view.regime;
  if (from === null || to === null || from === to) return null;
  const numbers: readonly (readonly [name: string, value: number | null | undefined, limit: number | null])[] = [
    ["mean change without outliers %", view.robustChange ?? view.averageChange, enterBands.change],
    ["BTC change %", view.btcChange, enterBands.btc],
    ["dispersion without outliers %", view.robustDispersion ?? view.dispersion, enterBands.dispersion],
    ["outliers", view.outliers?.length, null],
    ["advancers", view.advancers, null],
    ["decliners", view.decliners, null],
  ];
  const why = numbers.flatMap(([name, value, limit]): Why[] =>
    value === null || value === undefined ? [] : [{ name, value, limit }],
  );
  return {
    name: "regime-change",
    symbol: null,
    exchange,
    message: `The market is ${to}, it was ${from}`,
    observedAt: view.observedAt,
    why,
  };
}
