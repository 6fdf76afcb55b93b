import type { OpportunityShape } from "../../src/views/opportunities";
import type { CandlesShape } from "../../src/views/candles";
import { unknownMarket, type MarketDetail } from "../../src/views/market";
import type { SymbolDetail } from "../../src/views/symbols";

const candleMs = { "1m": 60_000, "5m": 300_000, "30m": 1_800_000, "4h": 14_400_000 } as const;

export function aMarketDetail(with_: Partial<MarketDetail> = {}): MarketDetail {
  return {
    ...unknownMarket,
    btc_dominance: null,
    fear_and_greed: null,
    figures: [],
    age_seconds: null,
    stale: null,
    gainers: [],
    losers: [],
    funding: null,
    exchanges: [],
    symbols: [],
    ...with_,
  };
}

/** A market of two exchanges, with forty symbols watched on the first. */
export function aFullMarketDetail(at: string): MarketDetail {
  const symbols = Array.from({ length: 40 }, (_, n) => ({
    symbol: n === 0 ? "BTCUSDT" : `COIN${n}USDT`,
    exchange: "bybit",
    change: n === 5 ? null : Math.round(Math.sin(n) * 130) / 10,
    turnover: 1e9 / (n + 1),
  }));
  const exchange = {
    regime: "BULLISH",
    active_pairs: 47,
    avg_volume: 2.8e9,
    total_volume: 131.6e9,
    volatility: 3.2,
    realised_volatility: 41,
    last_updated: at,
    age_seconds: 12,
    stale: false,
  } as const;
  return aMarketDetail({
    gainers: [
      { symbol: "AVAXUSDT", change: 8.3 },
      { symbol: "SUIUSDT", change: 7.1 },
    ],
    losers: [
      { symbol: "SOLUSDT", change: -6.2 },
      { symbol: "1000000MOGUSDT:USDT-PERPETUAL-LINEAR", change: -4.9 },
    ],
    funding: {
      mean: 0.0001,
      highest: { symbol: "AVAXUSDT", rate: 0.0012 },
      lowest: { symbol: "SOLUSDT", rate: -0.0004 },
      pairs: 46,
    },
    exchanges: [
      { name: "bybit", ...exchange },
      {
        name: "binance",
        ...exchange,
        regime: null,
        active_pairs: null,
        total_volume: null,
        stale: true,
        age_seconds: 900,
      },
    ],
    symbols,
  });
}

const priceAt = (n: number) => 43_000 + 400 * Math.sin(n / 9) + 60 * Math.sin(n * 2.3);

/** Closed candles up to now, one of them missing in the middle. */
export function someCandles(symbol: string, timeframe: CandlesShape["timeframe"], count = 120): CandlesShape {
  const length = candleMs[timeframe];
  const end = Math.floor(Date.now() / length) * length;
  const items = Array.from({ length: count }, (_, n) => ({
    at: new Date(end - (count - n) * length).toISOString(),
    open: priceAt(n),
    close: priceAt(n + 1),
    high: Math.max(priceAt(n), priceAt(n + 1)) + 30,
    low: Math.min(priceAt(n), priceAt(n + 1)) - 30,
    volume: 100 + 60 * Math.sin(n / 3),
  }));
  return {
    symbol,
    exchange: "bybit",
    timeframe,
    newest_at: new Date(end).toISOString(),
    age_seconds: Math.round((Date.now() - end) / 1000),
    stale_after_seconds: length / 1000 + 300,
    stale: false,
    items: items.toSpliced(60, 1),
  };
}

export function aSymbolDetail(with_: Partial<SymbolDetail> = {}): SymbolDetail {
  return {
    symbol: "BTCUSDT",
    exchange: null,
    last: null,
    change: null,
    turnover: null,
    funding_rate: null,
    funding_interval_hours: null,
    funding_rate_8h: null,
    open_interest: null,
    quoted_at: null,
    age_seconds: null,
    stale_after_seconds: 300,
    stale: null,
    statistics: [],
    signals: [],
    alerts: [],
    opportunities: [],
    ...with_,
  };
}

export function aFullSymbolDetail(at: string): SymbolDetail {
  return aSymbolDetail({
    exchange: "bybit",
    last: 43_000.1,
    change: 2.4,
    turnover: 12.3e9,
    funding_rate: 0.0001,
    funding_interval_hours: 8,
    funding_rate_8h: 0.0001,
    open_interest: 5.1e9,
    quoted_at: at,
    age_seconds: 12,
    stale: false,
    statistics: (["1m", "5m", "30m", "4h"] as const).map((timeframe, n) => ({
      timeframe,
      beta: 1.2 + n / 10,
      correlation: 0.83,
      n: 200,
      median_beta: 1.1,
    })),
  });
}

/** An opportunity with the numbers that made it and the checks it went through. */
export function anOpportunityDetail(row: OpportunityShape): object {
  const decision = {
    id: "d1",
    outcome: "raised",
    word: "raised",
    rule: "opportunity",
    subject_id: row.id,
    alert_id: "a1",
    timestamp: row.timestamp,
    source: row.source,
    symbol: row.symbol,
    priority: "high",
    strength: null,
    note: null,
  };
  return {
    ...row,
    alerts: [],
    trace: [
      {
        decision,
        report: null,
        checks: [
          {
            word: "below-threshold",
            passed: true,
            value: "89.2 %",
            limit: "75.0 %",
            note: "confidence against confidence_threshold",
          },
        ],
      },
    ],
    known: {
      timeframe: "30m",
      n: 200,
      insight: "It moves more than BTC lately.",
      entryConditions: ["above 36.9"],
      exitConditions: [],
      why: [
        { name: "beta", value: 1.84, limit: 1.5 },
        { name: "r_squared", value: 0.62, limit: null },
      ],
    },
  };
}
