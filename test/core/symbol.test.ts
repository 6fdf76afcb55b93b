import { describe, expect, test } from "bun:test";
import { readSymbolText, symbolOf } from "../../src/core/symbol";

/** How a symbol is met, its canonical form, and the market and exchange its spelling tells. */
const forms: Readonly<Record<string, readonly (readonly [string, string, string | null, string | null])[]>> = {
  "ccxt, unified": [
    ["BTC/USDT", "BTCUSDT", null, null], ["BTC/USDT:USDT", "BTCUSDT", "perp", null], ["BTC/USD:BTC", "BTCUSD", "perp", null], ["1000PEPE/USDT:USDT", "1000PEPEUSDT", "perp", null],
    ["BTC/USDT:USDT-251226", "BTCUSDT-251226", "future", null], ["BTC/USD:BTC-251226", "BTCUSD-251226", "future", null],
    ["BTC/USD:BTC-251226-100000-C", "BTCUSD-251226-100000-C", "option", null], ["ETH/USDT:USDT-260327-5000-P", "ETHUSDT-260327-5000-P", "option", null], ["BINANCE:BTC/USDT:USDT", "BTCUSDT", "perp", "binance"],
    ["BTCUSDT:USDT", "BTCUSDT", "perp", null], ["BTCUSD:BTC", "BTCUSD", "perp", null], ["BTC:FDUSD", "BTCFDUSD", null, null],
  ],
  Binance: [["BTCUSDT", "BTCUSDT", null, null], ["BTCUSDT_251226", "BTCUSDT-251226", "future", null], ["BTCUSD_PERP", "BTCUSD", "perp", null], ["BTC-251226-100000-C", "BTC-251226-100000-C", "option", null]],
  Bybit: [["BTCUSDT-26DEC25", "BTCUSDT-251226", "future", null], ["BTC-26DEC25-100000-P-USDT", "BTCUSDT-251226-100000-P", "option", null], ["BTCPERP", "BTCPERP", null, null], ["BTCUSDT-26DEC25-100000-C-USDT", "BTCUSDT-251226-100000-C", "option", null]],
  OKX: [["BTC-USDT", "BTCUSDT", null, null], ["BTC-USDT-SWAP", "BTCUSDT", "perp", null], ["BTC-USD-251226", "BTCUSD-251226", "future", null], ["BTC-USD-251226-100000-C", "BTCUSD-251226-100000-C", "option", null]],
  Deribit: [
    ["BTC-PERPETUAL", "BTC", "perp", null], ["SOL_USDC-PERPETUAL", "SOLUSDC", "perp", null], ["BTC-27JUN25", "BTC-250627", "future", null], ["BTC-7JUN25-100000-C", "BTC-250607-100000-C", "option", null],
    ["XRP_USDC-27JUN25-2d5-P", "XRPUSDC-250627-2.5-P", "option", null],
  ],
  Bitfinex: [
    ["tBTCUSD", "BTCUSD", "spot", "bitfinex"], ["tAVAX:USD", "AVAXUSD", "spot", "bitfinex"], ["tBTCUST", "BTCUSDT", "spot", "bitfinex"], ["tBTCF0:USTF0", "BTCUSDT", "perp", "bitfinex"],
    ["DOGE:USD", "DOGEUSD", null, null], ["BTC:USDT", "BTCUSDT", null, null], ["WBTC:BTC", "WBTCBTC", null, null], ["WBTC:USD", "WBTCUSD", null, null], ["TUSD:USD", "TUSDUSD", null, null],
  ],
  Kraken: [
    ["XXBTZUSD", "BTCUSD", "spot", "kraken"], ["XETHZEUR", "ETHEUR", "spot", "kraken"], ["XETHXXBT", "ETHBTC", "spot", "kraken"], ["XXDGZUSD", "DOGEUSD", "spot", "kraken"], ["XBT/USD", "BTCUSD", null, null],
    ["XBTUSD", "BTCUSD", null, null], ["ETHXBT", "ETHBTC", null, null], ["PI_XBTUSD", "BTCUSD", "perp", "kraken"], ["PF_SOLUSD", "SOLUSD", "perp", "kraken"], ["FI_XBTUSD_250627", "BTCUSD-250627", "future", "kraken"],
    ["PI_USDT", "PIUSDT", null, null], ["FI_XBTUSD", "FI_XBTUSD", null, null], ["ETH-XBT", "ETHBTC", null, null],
  ],
  "KuCoin, BitMEX": [["XBTUSDTM", "BTCUSDT", "perp", "kucoin"], ["ETHUSDTM", "ETHUSDT", "perp", "kucoin"], ["XBTUSDM", "BTCUSD", "perp", "kucoin"], ["XBT_USDT", "BTCUSDT", null, null], ["XBTM25", "XBTM25", null, null]],
  "Gate, Bitget, Coinbase, WOO, Phemex": [
    ["BTC_USDT", "BTCUSDT", null, null], ["BTC_USDT_20251226", "BTCUSDT-251226", "future", null], ["BTC_USDT-20251226-65000-C", "BTCUSDT-251226-65000-C", "option", null],
    ["BTCUSDT_UMCBL", "BTCUSDT", "perp", null], ["BTCUSD_DMCBL", "BTCUSD", "perp", null], ["BTCUSDT_SPBL", "BTCUSDT", "spot", "bitget"], ["BTC-USD", "BTCUSD", null, null],
    ["BTC-PERP-INTX", "BTC", "perp", null], ["PERP_BTC_USDT", "BTCUSDT", "perp", null], ["SPOT_BTC_USDT", "BTCUSDT", "spot", null], ["sBTCUSDT", "BTCUSDT", "spot", "phemex"], ["sHOUSE", "SHOUSE", null, null],
  ],
  "what is paid first": [
    ["KRW-BTC", "BTCKRW", null, null], ["KRW-ADA", "ADAKRW", null, null], ["KRW-USDT", "USDTKRW", null, null], ["USDT-BTC", "BTCUSDT", null, null], ["USDT_ADA", "ADAUSDT", null, null], ["EUR-BTC", "BTCEUR", null, null],
    // And what only looks like it.
    ["ETH-BTC", "ETHBTC", null, null], ["BTC_KRW", "BTCKRW", null, null], ["USDT-TRY", "USDTTRY", null, null], ["USDC-USDT", "USDCUSDT", null, null], ["EUR-USDT", "EURUSDT", null, null], ["EUR_USD", "EURUSD", null, null],
    ["BTC/ETH", "BTCETH", null, null], ["USD/JPY", "USDJPY", null, null], ["BTC-FUT", "BTC-FUT", null, null], ["BTC-ADA", "BTC-ADA", null, null],
    ["KRW-EQ", "KRW-EQ", null, null], ["KRW-INDEX", "KRW-INDEX", null, null], ["USDT-FUT", "USDT-FUT", null, null], ["USDC-SPOT", "USDC-SPOT", null, null],
    // No day of any calendar.
    ["BTC-251326", "BTC-251326", null, null], ["BTC-251232", "BTC-251232", null, null],
  ],
  TradingView: [
    ["BINANCE:BTC", "BTC", null, "binance"], ["BINANCE:BTCUSDT", "BTCUSDT", null, "binance"], ["BYBIT:BTCUSDT.P", "BTCUSDT", "perp", "bybit"], ["BINANCE:BTCUSDTPERP", "BTCUSDT", "perp", "binance"],
    ["CME_MINI:ES1!", "ES1!", "future", "cme_mini"], ["NSE:NIFTY1!", "NIFTY1!", "future", "nse"], ["NSE:M_M", "M_M", null, "nse"], ["NASDAQ:AAPL", "AAPL", null, "nasdaq"], ["FX:EURUSD", "EURUSD", null, "fx"],
    ["SOMEWHERE:BTCUSDT", "BTCUSDT", null, "somewhere"], ["SOMEWHERE:BTCUSDT.P", "BTCUSDT", "perp", "somewhere"], ["SOMEWHERE:GALA/XYZ", "GALAXYZ", null, "somewhere"], ["CRYPTOCAP:TOTAL", "TOTAL", null, "cryptocap"],
  ],
  "stocks, indices, currencies": [
    ["M&M-EQ", "M&M-EQ", null, null], ["NSE:RELIANCE-EQ", "RELIANCE-EQ", null, "nse"], ["NSE:RELIANCE", "RELIANCE", null, "nse"], ["BSE:500325", "500325", null, "bse"], ["BAJAJ-AUTO", "BAJAJ-AUTO", null, null],
    ["BRK.B", "BRK.B", null, null], ["BRK-B", "BRK-B", null, null], ["BRK/B", "BRK/B", null, null], ["VOD.L", "VOD.L", null, null], ["LSE:VOD", "VOD", null, "lse"], ["RELIANCE.NS", "RELIANCE.NS", null, null],
    ["^NSEI", "^NSEI", null, null], ["^gspc", "^GSPC", null, null], ["ES1!", "ES1!", "future", null], ["GC=F", "GC=F", "future", null], ["EURUSD=X", "EURUSD", "spot", null], ["NIFTY-FUT", "NIFTY-FUT", null, null],
    ["X:BTCUSD", "BTCUSD", null, null], ["I:SPX", "SPX", null, null], ["MYBROKER:AAPL", "MYBROKER:AAPL", null, null],
  ],
};

describe.each(Object.entries(forms))("%s", (_, table) => {
  test.each([...table])("%s is %s", (written, symbol, market, exchange) => {
    expect(symbolOf(written)).toEqual({ symbol, asWritten: written, exchange, market } as NonNullable<ReturnType<typeof symbolOf>>);
    expect(symbolOf(symbol)?.symbol).toBe(symbol);
  });
});

test.each([
  ["BTC-ETH", "may be ETH priced in BTC or the reverse; with a slash, ETH/BTC, it is sure"],
  ["BTC-BNB", "may be BNB priced in BTC or the reverse; with a slash, BNB/BTC, it is sure"],
  ["BTC-ETH-251226", "may be ETH priced in BTC or the reverse; with a slash, ETH/BTC, it is sure"],
  ["fUSD", "is a currency to lend on Bitfinex, not something to trade"],
  ["NSE_EQ|INE002A01018", "is no symbol"], ["{{ticker}}", "is no symbol"], ["BTC USDT", "is no symbol"], ["$BTC", "is no symbol"], ["<b>", "is no symbol"], ["&BTC", "is no symbol"], ["!", "is no symbol"],
  ["=F", "is no symbol"], ["^", "is no symbol"],
  // Upper-cased this letter is an S.
  ["BTCUſDT", "is no symbol"], ["A".repeat(41), "is no symbol"], [`^${"A".repeat(40)}`, "is no symbol"],
])("%s %s", (written, why) => {
  expect(readSymbolText(written)).toEqual({ why });
  expect(symbolOf(written)).toBeNull();
});
