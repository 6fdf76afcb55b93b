import type { Candle } from "./candles";

/** How both have changed since the first candle they share, percent. */
export interface AgainstPoint {
  readonly at: string;
  readonly symbol: number;
  readonly benchmark: number;
}

/** Only where both have a candle: a gap of one is a gap. */
export function againstBenchmark(
  symbol: readonly Pick<Candle, "at" | "close">[],
  benchmark: readonly Pick<Candle, "at" | "close">[],
): AgainstPoint[] {
  const closes = new Map(benchmark.map(({ at, close }) => [at, close]));
  const shared = symbol.flatMap(({ at, close }) => {
    const other = closes.get(at);
    return other === undefined || other <= 0 || close <= 0 ? [] : [{ at, close, other }];
  });
  const first = shared[0];
  if (first === undefined) return [];
  return shared.map(({ at, close, other }) => ({
    at,
    symbol: (close / first.close - 1) * 100,
    benchmark: (other / first.other - 1) * 100,
  }));
}

const quotes = ["USDT", "USDC", "FDUSD", "USD", "EUR"] as const;

/** What symbols of the same quote currency are measured against; null for the benchmark itself, and where it is not known. */
export function benchmarkOf(symbol: string): string | null {
  const quote = quotes.find((each) => symbol.endsWith(each));
  const benchmark = `BTC${quote ?? ""}`;
  return quote === undefined || symbol === benchmark ? null : benchmark;
}
