import type { ScanObserved, Unsequenced } from "../core/observation";
import type { Regime } from "../core/market";
import { exchangeSpread, wideSpread, type Quote } from "../core/overview/exchange-spread";
import { fundingExtremes } from "../core/overview/funding-extreme";
import type { MarketFinding } from "../core/overview/market-finding";
import { marketView } from "../core/overview/market-view";
import { regimeChange } from "../core/overview/regime-change";
import { formatCount } from "../core/text";
import type { Ticker } from "../core/ticker";
import type { Board, Quotes } from "./board";
import type { CandleShelf, MarketScope, MarketSource } from "./exchange-port";
import type { Scanner, ScanTimes } from "./scheduler";

export interface MarketScanDeps {
  readonly board: Board;
  readonly shelf: CandleShelf;
  readonly now: () => number;
  /** Where what was seen is decided and kept; false where it could not be. */
  readonly submit: (scan: Unsequenced<ScanObserved>) => Promise<boolean>;
  /** The regime that held when this exchange was last seen by an earlier run of the program; null where none did. */
  readonly regimeBefore: (exchange: string) => Regime | null;
}

const daysOfVolatility = 30;
const fourHoursADay = 6;
const dayMs = 86_400_000;

/** All pairs of one exchange at once: the overview, and what in it deserves an alert by itself. */
export function marketScanner(source: MarketSource, scope: MarketScope, deps: MarketScanDeps, times: () => ScanTimes): Scanner {
  const { board, now } = deps;
  return {
    name: `market:${source.name}`,
    times,
    async scan(signal) {
      const tickers = await source.tickers(signal);
      const at = now();
      const before = board.of(source.name)?.view.regime ?? deps.regimeBefore(source.name);
      const view = marketView(tickers, scope, dailyCloses(deps.shelf, source.name, scope), before, at);
      const quotes: Quotes = { exchange: source.name, scope, tickers: new Map(tickers.map((ticker) => [ticker.symbol, ticker])), view, at };
      const turned = regimeChange(before, view, source.name);
      const findings = [...(turned ? [turned] : []), ...fundingExtremes(tickers, scope, source.name), ...spreadsAgainst(quotes, board, at)];
      const stored = await deps.submit({ kind: "scan", scanner: `market:${source.name}`, source: source.name, receivedAt: at, opportunities: [], market: view, findings });
      if (!stored) throw new Error("what was seen could not be stored");
      board.put(quotes);
      return `${formatCount(tickers.length, "pair")}, regime ${view.regime ?? "not known"}, ${formatCount(findings.length, "finding")}${findings.length === 0 ? "" : `: ${findings.map(({ message }) => message).join("; ")}`}`;
    },
  };
}

/** BTC's closes a day apart, from its 4 h candles; null where there are none. */
function dailyCloses(shelf: CandleShelf, exchange: string, { quote }: MarketScope): number[] | null {
  const candles = shelf.last({ exchange, symbol: `BTC${quote}`, timeframe: "4h" }, daysOfVolatility * fourHoursADay + 1);
  const newest = candles.at(-1);
  if (newest === undefined) return null;
  return candles.filter(({ at }) => (newest.at - at) % dayMs === 0).map(({ close }) => close);
}

/** Pairs that pay when bought here and sold elsewhere, or the other way round. */
function spreadsAgainst(here: Quotes, board: Board, now: number): MarketFinding[] {
  return board.all
    .filter(({ exchange }) => exchange !== here.exchange)
    .flatMap((there) =>
      [...here.tickers.values()].flatMap((ticker) => {
        const other = there.tickers.get(ticker.symbol);
        const quotes = other && [quoteOf(here, ticker), quoteOf(there, other)];
        if (!quotes?.[0] || !quotes[1]) return [];
        const spread = exchangeSpread(quotes[0], quotes[1], now);
        const finding = spread && wideSpread(spread, now);
        return finding ? [finding] : [];
      }),
    );
}

function quoteOf({ exchange, scope }: Quotes, { symbol, bid, ask, at }: Ticker): Quote | null {
  return bid === null || ask === null ? null : { exchange, symbol, bid, ask, at, fee: scope.takerFee };
}
