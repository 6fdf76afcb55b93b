import { useMemo } from "preact/hooks";
import type { CandlesShape } from "../../src/views/candles";
import { useResource, type Resource } from "../live/resource";
import { useStore } from "../store-context";
import { candleSeconds, type CandleTimeframe } from "./candles";

const candlesShown = 300;
/** How many of them come after the moment that is looked at, where it is long ago. */
const candlesAfter = 100;

export interface ReadCandles extends Pick<Resource<CandlesShape>, "value" | "trouble"> {
  /** Whether new ones no longer come. */
  readonly stale: boolean;
}

/** Closed candles of a symbol, followed live; around a moment where it is too long ago for the newest to show it. */
export function useCandles(symbol: string, timeframe: CandleTimeframe, around: string | null = null): ReadCandles {
  const { clock } = useStore();
  const until = useMemo(
    () => (around === null ? null : endAround(Date.parse(around), candleSeconds[timeframe] * 1000, clock.read())),
    [around, timeframe],
  );
  const query = new URLSearchParams({
    symbol,
    timeframe,
    limit: String(candlesShown),
    ...(until !== null && { until }),
  });
  const { value, trouble } = useResource<CandlesShape>(`api/candles?${query.toString()}`, {
    changedBy: (frame) => frame.type === "market_update",
  });
  const closedAt = value?.newest_at ?? null;
  // Once candles no longer come no new answer says so: the age grows here.
  const now = clock.now.value;
  const stale = value !== null && closedAt !== null && now - Date.parse(closedAt) > value.stale_after_seconds * 1000;
  return { value, trouble, stale };
}

/** Null where the newest candles show the moment too. */
export function endAround(at: number, candleMs: number, now: number): string | null {
  const end = at + candlesAfter * candleMs;
  return now - at < (candlesShown - candlesAfter) * candleMs || end >= now ? null : new Date(end).toISOString();
}
