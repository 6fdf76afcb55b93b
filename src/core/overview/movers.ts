import type { MarketView, Mover } from "../market";
import type { Ticker } from "../ticker";

const moversMax = 5;

/** The five that rose most and the five that fell most, the strongest first; who did not move is neither. */
export function moversOf(active: readonly Ticker[]): Pick<MarketView, "gainers" | "losers"> {
  const movers: Mover[] = active.flatMap(({ symbol, change }) =>
    change === null || change === 0 ? [] : [{ symbol, change }],
  );
  const risen = movers.filter(({ change }) => change > 0).toSorted((a, b) => b.change - a.change || byName(a, b));
  const fallen = movers.filter(({ change }) => change < 0).toSorted((a, b) => a.change - b.change || byName(a, b));
  return { gainers: risen.slice(0, moversMax), losers: fallen.slice(0, moversMax) };
}

function byName(a: Mover, b: Mover): number {
  if (a.symbol === b.symbol) return 0;
  return a.symbol < b.symbol ? -1 : 1;
}
