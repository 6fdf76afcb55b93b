import type { MarketView, Regime } from "../market";

/**
 * What the regime is read from; changes and dispersion in percent over 24 h, of all pairs but outliers: one listing
 * does not make a market.
 */
export type RegimeFacts = Pick<MarketView, "averageChange" | "dispersion" | "advancers" | "decliners"> & {
  readonly btcChange: number | null;
};

interface Bands {
  /** Mean change, percent. */
  readonly change: number;
  /** BTC's change, percent. */
  readonly btc: number;
  /** Leading side over the other. */
  readonly lead: number;
  /** Percent. */
  readonly dispersion: number;
}

/** What a regime takes to begin: mean change beyond 2 %, BTC beyond 1 %, the leading side ahead; volatile above 15 % dispersion. */
export const enterBands: Bands = { change: 2, btc: 1, lead: 1, dispersion: 15 };

/**
 * What it takes to go on: mean change beyond 1.5 %, BTC beyond 0.5 %, the leading side at 90 % of the other or more;
 * volatile above 12 %.
 */
const stayBands: Bands = { change: 1.5, btc: 0.5, lead: 0.9, dispersion: 12 };

/**
 * The prevailing state of the market. A direction comes before volatility, as in its definition; the regime that held goes
 * by the wider bands, so that a value trembling at a threshold changes nothing. Null where a fact it needs is not known.
 */
export function regimeOf(facts: RegimeFacts, before: Regime | null): Regime | null {
  const { averageChange, btcChange, dispersion, advancers, decliners } = facts;
  if (averageChange === null || btcChange === null || dispersion === null || advancers === null || decliners === null)
    return null;
  const bandsOf = (regime: Regime) => (regime === before ? stayBands : enterBands);
  if (leads(averageChange, btcChange, advancers, decliners, bandsOf("BULLISH"))) return "BULLISH";
  if (leads(-averageChange, -btcChange, decliners, advancers, bandsOf("BEARISH"))) return "BEARISH";
  return dispersion > bandsOf("VOLATILE").dispersion ? "VOLATILE" : "NEUTRAL";
}

function leads(change: number, btc: number, ahead: number, behind: number, bands: Bands): boolean {
  const leading = bands.lead < 1 ? ahead >= bands.lead * behind : ahead > behind;
  return change > bands.change && btc > bands.btc && leading;
}
