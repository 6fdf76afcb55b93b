import { html } from "htm/preact";
import { useMemo } from "preact/hooks";
import { againstBenchmark, benchmarkOf } from "../charts/against";
import { AgainstChart } from "../charts/against-chart";
import { candleTimeframes, type CandleTimeframe } from "../charts/candles";
import { ChartNotice } from "../charts/chart-notice";
import { useCandles } from "../charts/use-candles";
import { Skeleton } from "../parts/skeleton";
import { Part } from "./part";
import { PricePart } from "./price-part";

interface AgainstPartProps {
  readonly symbol: string;
  /** When it was found, ISO 8601. */
  readonly at: string;
  /** What it was found on; a report may name none. */
  readonly timeframe: string | undefined;
}

const none: readonly never[] = [];

/** The symbol beside its benchmark, where candles of both are kept; else its price. */
export function AgainstPart({ symbol, at, timeframe: found }: AgainstPartProps) {
  const timeframe: CandleTimeframe = candleTimeframes.find((each) => each === found) ?? "5m";
  const benchmark = benchmarkOf(symbol);
  const own = useCandles(symbol, timeframe, at);
  const other = useCandles(benchmark ?? symbol, timeframe, at);
  const points = useMemo(
    () => againstBenchmark(own.value?.items ?? none, other.value?.items ?? none),
    [own.value, other.value],
  );
  const known = own.value !== null && other.value !== null;
  const answered = known || own.trouble !== null || other.trouble !== null;
  if (benchmark === null || (answered && points.length < 2))
    return html`<${PricePart} symbol=${symbol} at=${at} words="found" />`;
  return html`<${Part} title=${`${symbol} against ${benchmark}`} class="price" note=${own.value?.exchange ?? ""}>
    ${
      known
        ? html`<${AgainstChart}
            key=${`${symbol} ${at}`} symbol=${symbol} benchmark=${benchmark} of=${points} at=${at}
            timeframe=${timeframe}
          />
          <${ChartNotice} />`
        : html`<div class="candles"><${Skeleton} shape="drawing" /></div>`
    }
  <//>`;
}
