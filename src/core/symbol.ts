import type { Market } from "./signal";
import { isQuote } from "./quotes";

/** A symbol in its canonical form, and what its spelling tells beside it. */
export interface NamedSymbol {
  readonly symbol: string;
  readonly asWritten: string;
  readonly exchange: string | null;
  readonly market: Market | null;
}

/** Asked before upper-casing, which turns some letters of other scripts into ours. */
const WRITTEN = /^[!-~]{1,80}$/;
const CANONICAL = /^[A-Z0-9][A-Z0-9._:/-]{0,39}$/;
const EXCHANGE = /^([A-Z][A-Z0-9_]{1,15}):(.+)$/;
/** Base, quote, what it settles in, and when it expires: `BTC/USDT:USDT-251226`. */
const PAIR = /^([A-Z0-9.]+)[/_-]([A-Z0-9]+)(?::([A-Z0-9]+))?(?:[_-](\d{6}))?$/;
const JOINED = /^([A-Z0-9]+)(?::([A-Z0-9]+))?(?:[_-](\d{6}))?$/;
const PERPETUAL = /(?:\.P|\.PERP|[-_]SWAP|[-_]PERP)$/;

/** What a text says as a symbol; null where it is none. */
export function symbolOf(text: string): NamedSymbol | null {
  const asWritten = text.trim();
  if (!WRITTEN.test(asWritten)) return null;
  const { exchange, rest } = withoutExchange(asWritten.toUpperCase());
  const perpetual = PERPETUAL.test(rest);
  const { symbol, market } = joined(perpetual ? rest.replace(PERPETUAL, "") : rest);
  return CANONICAL.test(symbol) ? { symbol, asWritten, exchange, market: perpetual ? "perp" : market } : null;
}

function withoutExchange(text: string): { exchange: string | null; rest: string } {
  const [, exchange, rest] = EXCHANGE.exec(text) ?? [];
  // `BTCUSDT:USDT` names what it settles in, not an exchange.
  if (exchange === undefined || rest === undefined || isQuote(rest)) return { exchange: null, rest: text };
  return { exchange: exchange.toLowerCase(), rest };
}

function joined(text: string): { symbol: string; market: Market | null } {
  const [, base, quote, settles, expiry] = PAIR.exec(text) ?? [];
  // A slash always divides a pair; a dash or underscore may be part of a name such as NIFTY-FUT.
  if (base !== undefined && quote !== undefined && (text.includes("/") || isQuote(quote))) return contract(base + quote, settles, expiry);
  const [, name, settlesIn, expires] = JOINED.exec(text) ?? [];
  return name === undefined ? { symbol: text, market: null } : contract(name, settlesIn, expires);
}

/** A dated future keeps its date in the symbol: it is not the perpetual of the same pair. */
function contract(pair: string, settles: string | undefined, expiry: string | undefined): { symbol: string; market: Market | null } {
  if (expiry !== undefined) return { symbol: `${pair}-${expiry}`, market: "future" };
  return { symbol: pair, market: settles === undefined ? null : "perp" };
}
