import type { Market } from "./signal";
import { endsInQuote, isMoney, isQuote, isStable } from "./quotes";
import { expiryOf } from "./symbol-expiry";
import { isVenue } from "./venues";

/** A symbol in its canonical form, and what its spelling says beside it. */
export interface NamedSymbol {
  readonly symbol: string;
  readonly asWritten: string;
  readonly exchange: string | null;
  readonly market: Market | null;
}

/** Why a text is no symbol, or none whose pair is sure: for a person, after "which". */
export interface NoSymbol {
  readonly why: string;
}

/** Checked before upper-casing, which turns some letters of other scripts into ours. */
const WRITTEN = /^[!-~]{1,80}$/;
/** Indices begin with a caret (`^NSEI`), continuous futures end in `1!` or `=F`; companies may hold an ampersand (`M&M-EQ`). */
const CANONICAL = /^(?=.{1,40}$)\^?[A-Z0-9][A-Z0-9._:/&-]*(?:!|=F)?$/;
const PREFIXED = /^([A-Z][A-Z0-9_]{1,15}|[XCI]):(.+)$/;
const PERPETUAL = /(?:\.P|\.PERP|[-_]SWAP|[-_]PERP(?:ETUAL)?(?:-INTX)?|_[UD]MCBL|(?<=USDT|USDC|BUSD|USD)PERP)$/;
const CONTINUOUS = /^[A-Z0-9_&]+\d!$|=F$/;
/** `BTC/USDT`, and what it settles in. */
const SLASHED = /^([A-Z0-9.&]+)\/([A-Z0-9.]{2,})(?::([A-Z0-9]+))?$/;
const DIVIDED = /^([A-Z0-9.]+)[_-]([A-Z0-9]+)(?::([A-Z0-9]+))?$/;
const COLONED = /^([A-Z0-9.]+):([A-Z0-9]+)$/;
/** What may follow a divider and is not something to trade. */
const TAGS = new Set([
  "FUT",
  "FUTURE",
  "FUTURES",
  "SPOT",
  "INDEX",
  "IDX",
  "EQ",
  "BE",
  "OPT",
  "CFD",
  "ETF",
  "TEST",
  "DATA",
]);

interface Form {
  readonly symbol: string;
  readonly market: Market | null;
  readonly exchange?: string;
}

const remembered = new Map<string, NamedSymbol | NoSymbol>();
const rememberedMax = 2000;

/** What a text says as a symbol; null where it is none. */
export function symbolOf(text: string): NamedSymbol | null {
  const named = readSymbolText(text);
  return "why" in named ? null : named;
}

/** What a text says as a symbol, or why it says none. Never a guess that would change the pair. */
export function readSymbolText(text: string): NamedSymbol | NoSymbol {
  const ready = remembered.get(text);
  if (ready !== undefined) return ready;
  const named = nameOf(text.trim());
  // Few symbols are met again and again.
  if (remembered.size >= rememberedMax) remembered.clear();
  if (text.length <= 80) remembered.set(text, named);
  return named;
}

function nameOf(asWritten: string): NamedSymbol | NoSymbol {
  if (!WRITTEN.test(asWritten)) return { why: "is no symbol" };
  const ofCase = formOfCase(asWritten);
  if (ofCase !== null && "why" in ofCase) return ofCase;
  const { exchange, rest } = withoutExchange(asWritten.toUpperCase());
  const form = ofCase ?? formOf(rest);
  if ("why" in form) return form;
  if (!CANONICAL.test(form.symbol)) return { why: "is no symbol" };
  return { symbol: form.symbol, asWritten, exchange: exchange ?? form.exchange ?? null, market: form.market };
}

/** Forms that only their case shows: Bitfinex's `tBTCUSD`, `tAVAX:USD` and `fUSD`, Phemex's `sBTCUSDT`. */
function formOfCase(text: string): Form | NoSymbol | null {
  const first = text[0];
  if (first !== "t" && first !== "f" && first !== "s") return null;
  const [, base, quote] =
    /^t([A-Z0-9]{2,}):([A-Z0-9]{2,})$/.exec(text) ?? /^t([A-Z0-9]{3})([A-Z0-9]{3})$/.exec(text) ?? [];
  if (base !== undefined && quote !== undefined) return bitfinex(base, quote);
  if (/^f[A-Z]{3,4}$/.test(text) && isQuote(text.slice(1)))
    return { why: "is a currency to lend on Bitfinex, not something to trade" };
  return /^s[A-Z0-9]{5,}$/.test(text) && endsInQuote(text)
    ? { symbol: text.slice(1), market: "spot", exchange: "phemex" }
    : null;
}

function bitfinex(base: string, quote: string): Form {
  const perpetual = base.endsWith("F0") && quote.endsWith("F0");
  const [coin, money] = perpetual ? [base.slice(0, -2), quote.slice(0, -2)] : [base, quote];
  return {
    symbol: coin + (money === "UST" ? "USDT" : money),
    market: perpetual ? "perp" : "spot",
    exchange: "bitfinex",
  };
}

function withoutExchange(text: string): { exchange: string | null; rest: string } {
  const [, prefix, rest] = PREFIXED.exec(text) ?? [];
  if (prefix === undefined || rest === undefined) return { exchange: null, rest: text };
  // Polygon names what kind of thing it is: X a coin, C a currency, I an index.
  if (prefix.length === 1) return { exchange: null, rest };
  const named = isVenue(prefix) || (!isQuote(rest) && isPair(rest));
  return named ? { exchange: prefix.toLowerCase(), rest } : { exchange: null, rest: text };
}

/** An unknown prefix is a place to trade only before what is a pair for sure: `DOGE:USD` is a pair itself. */
function isPair(text: string): boolean {
  const bare = text.replace(PERPETUAL, "");
  return endsInQuote(bare.replaceAll(/[/_-]/g, "")) || SLASHED.test(bare);
}

function formOf(text: string): Form | NoSymbol {
  const own = formOfOneExchange(text);
  if (own !== null) return own;
  if (CONTINUOUS.test(text)) return { symbol: text, market: "future" };
  const currency = /^([A-Z]{6})=X$/.exec(text)?.[1];
  if (currency !== undefined) return { symbol: currency, market: "spot" };
  const expiring = expiryOf(text);
  if (expiring !== null) {
    const { head, tail, quote, market } = expiring;
    const form = pairOf(head);
    if ("why" in form) return form;
    return { symbol: `${form.symbol}${quote !== null && !endsInQuote(form.symbol) ? quote : ""}-${tail}`, market };
  }
  if (!PERPETUAL.test(text)) return pairOf(text);
  const form = pairOf(text.replace(PERPETUAL, ""));
  return "why" in form ? form : { symbol: form.symbol, market: "perp" };
}

/** Kraken's `XXBTZUSD` and `PI_XBTUSD`, KuCoin's `XBTUSDTM`, Bitget's `BTCUSDT_SPBL`, WOO's `PERP_BTC_USDT`. */
function formOfOneExchange(text: string): Form | NoSymbol | null {
  const [, coin, money] =
    /^X(XBT|ETH|LTC|XRP|XLM|XMR|ZEC|ETC|REP|MLN|XDG)(?:Z(USD|EUR|GBP|JPY|CAD|AUD)|X(?:XBT|ETH))$/.exec(text) ?? [];
  if (coin !== undefined)
    return { symbol: usual(coin) + (money ?? usual(text.slice(-3))), market: "spot", exchange: "kraken" };
  const [, kind, pair, date] = /^(P[IFV]|F[IF])_([A-Z0-9]{2,}(?:USD|EUR))(?:_(\d{6}))?$/.exec(text) ?? [];
  if (kind !== undefined && pair !== undefined && kind.startsWith("F") === (date !== undefined)) {
    return {
      symbol: usualPair(pair) + (date === undefined ? "" : `-${date}`),
      market: date === undefined ? "perp" : "future",
      exchange: "kraken",
    };
  }
  const future = /^([A-Z0-9]+USD[TC]|XBTUSD)M$/.exec(text)?.[1];
  if (future !== undefined) return { symbol: usualPair(future), market: "perp", exchange: "kucoin" };
  const spot = /^([A-Z0-9]+)_SPBL$/.exec(text)?.[1];
  if (spot !== undefined) return { symbol: spot, market: "spot", exchange: "bitget" };
  const [, market, divided] = /^(SPOT|PERP)_([A-Z0-9]+_[A-Z0-9]+)$/.exec(text) ?? [];
  if (divided === undefined) return null;
  const form = pairOf(divided);
  return "why" in form ? form : { symbol: form.symbol, market: market === "PERP" ? "perp" : "spot" };
}

function pairOf(text: string): Form | NoSymbol {
  const [, base, quote, settles] = SLASHED.exec(text) ?? [];
  // A slash always divides a pair, but for the class of a share: `BRK/B`.
  if (base !== undefined && quote !== undefined) return joined(base, quote, settles);
  const [, left, right, settled] = DIVIDED.exec(text) ?? [];
  if (left !== undefined && right !== undefined) return dividedPair(text, left, right, settled);
  const [, name, after] = COLONED.exec(text) ?? [];
  if (name === undefined || after === undefined || !isQuote(after)) return { symbol: usualPair(text), market: null };
  // `BTCUSDT:USDT` and `BTCUSD:BTC` name what a contract settles in; `DOGE:USD` is a pair, and so is `WBTC:BTC`.
  const settlesIn =
    !isQuote(name) &&
    ((isMoney(after) && name.length > after.length && name.endsWith(after)) || name === `${after}USD`);
  return settlesIn ? { symbol: usualPair(name), market: "perp" } : joined(name, after, undefined);
}

/** A dash or an underscore may be part of a name such as NIFTY-FUT, and some exchanges write what is paid first: `KRW-BTC`. */
function dividedPair(text: string, left: string, right: string, settled: string | undefined): Form | NoSymbol {
  const rightPays = isQuote(right) || right === "XBT";
  const leftPays = isMoney(left);
  if (leftPays && !isMoney(right) && rightPays) return joined(right, left, settled);
  if (left === "KRW" && (isStable(right) || /^[A-Z0-9]{2,10}$/.test(right)) && !TAGS.has(right))
    return joined(right, left, settled);
  if (isStable(left) && !rightPays && /^[A-Z][A-Z0-9]{1,9}$/.test(right) && !TAGS.has(right))
    return joined(right, left, settled);
  if (left === "BTC" && (right === "ETH" || right === "BNB"))
    return { why: `may be ${right} priced in BTC or the reverse; with a slash, ${right}/BTC, it is sure` };
  return rightPays ? joined(left, right, settled) : { symbol: text, market: null };
}

function joined(base: string, quote: string, settles: string | undefined): Form {
  return { symbol: usual(base) + usual(quote), market: settles === undefined ? null : "perp" };
}

/** Codes of their own that some exchanges keep for a coin. */
function usual(code: string): string {
  return code === "XBT" ? "BTC" : code === "XDG" ? "DOGE" : code;
}

function usualPair(text: string): string {
  if ((text.startsWith("XBT") || text.startsWith("XDG")) && isQuote(text.slice(3)))
    return usual(text.slice(0, 3)) + text.slice(3);
  return /^[A-Z0-9]{2,}XBT$/.test(text) ? `${text.slice(0, -3)}BTC` : text;
}
