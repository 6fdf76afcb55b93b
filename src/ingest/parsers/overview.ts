import { regimes, type MarketView, type Regime } from "../../core/market";
import { moversOf } from "../read/movers";
import type { Notes } from "../read/notes";
import { numberOf, percentOf, ratioOf, withinOf } from "../read/number";
import { isList, isObject, own, type JsonObject, type JsonValue } from "../read/value";

/**
 * The market of a market report. Its `total_volume` is left unread: it adds up coins of different symbols,
 * the turnover beside it is the money.
 */
export function readOverview(body: JsonObject, observedAt: number, notes: Notes): MarketView | null {
  const overview = own(body, "market_overview");
  const performers = own(body, "top_performers");
  if (!isObject(overview)) return null;
  const take = taking(overview, notes);
  return {
    observedAt,
    regime: take("regime", "regime", regimeOf),
    activePairs: null,
    averageVolume: null,
    totalVolume: take("total_turnover", "totalVolume", amountOf),
    marketCap: null,
    dispersion: null,
    realisedVolatility: null,
    averageChange: take("average_change", "averageChange", percentOf),
    advancers: take("bullish_symbols", "advancers", countOf),
    decliners: take("bearish_symbols", "decliners", countOf),
    openInterest: take("total_open_interest", "openInterest", amountOf),
    trendStrength: take("trend_strength", "trendStrength", ratioOf),
    gainers: isObject(performers) ? moversOf(own(performers, "gainers")) : [],
    losers: isObject(performers) ? moversOf(own(performers, "losers")) : [],
  };
}

function taking(overview: JsonObject, notes: Notes) {
  return <T>(key: string, field: keyof MarketView, read: (value: JsonValue) => T | null): T | null => {
    const value = own(overview, key);
    if (value === undefined || value === null) return null;
    const taken = read(value);
    if (taken === null) notes.missing(`market_overview.${key}`, field, value, "not usable");
    else notes.read(`market_overview.${key}`, field, value);
    return taken;
  };
}

/** The regime among words and emoji, where exactly one is named. */
function regimeOf(value: JsonValue): Regime | null {
  if (typeof value !== "string" || value.length > 200) return null;
  const words = new Set(value.toUpperCase().split(/[^A-Z]+/));
  const named = regimes.filter((regime) => words.has(regime));
  return named.length === 1 ? (named[0] ?? null) : null;
}

function amountOf(value: JsonValue): number | null {
  return withinOf(value, 0, Number.MAX_VALUE);
}

/** A count, or a list of what is counted. */
function countOf(value: JsonValue): number | null {
  if (isList(value)) return value.length;
  const count = numberOf(value);
  return count !== null && Number.isSafeInteger(count) && count >= 0 ? count : null;
}
