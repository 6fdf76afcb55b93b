import { html } from "htm/preact";
import { useMemo, useState } from "preact/hooks";
import { CandleChart } from "../charts/candle-chart";
import { CandleTable } from "../charts/candle-table";
import { candleTimeframes, type CandleTimeframe } from "../charts/candles";
import { ChartNotice } from "../charts/chart-notice";
import { levelsInView, offChartText, type Level } from "../charts/levels-in-view";
import { useCandles } from "../charts/use-candles";
import { FreshnessMark } from "../parts/freshness";
import { Segmented } from "../parts/segmented";
import { Skeleton } from "../parts/skeleton";
import { clockText } from "../parts/time";
import type { AlertShape, SignalShape } from "../wire";
import { Part } from "./part";

export interface PricePartProps {
  readonly symbol: string;
  /** The moment it is about, ISO 8601, and what is marked there. */
  readonly at: string;
  readonly words: string;
  /** These three must stay the same as long as nothing in them changes. */
  readonly signals?: readonly SignalShape[];
  readonly alerts?: readonly AlertShape[];
  readonly levels?: readonly Level[];
}

const none: readonly never[] = [];

/** The price around a moment, with the plan's levels. */
export function PricePart({ symbol, at, words, signals = none, alerts = none, levels = none }: PricePartProps) {
  const [timeframe, choose] = useState<CandleTimeframe>("5m");
  const { value, trouble, stale } = useCandles(symbol, timeframe, at);
  const drawn = useMemo(
    () => ({ timeframe, candles: value?.items ?? none, signals, alerts, levels, about: { at, words } }),
    [timeframe, value, signals, alerts, levels, at, words],
  );
  const newest = value?.newest_at ?? null;
  const off = offChartText(levelsInView(drawn.candles, levels));
  return html`<${Part}
    title=${levels.length === 0 ? "Price" : "Price and plan"} class="price"
    note=${
      stale && newest !== null
        ? html`<${FreshnessMark} of="stale" word=${`stale since ${clockText(Date.parse(newest))}`} />`
        : (value?.exchange ?? "")
    }
    tools=${html`<${Segmented}
      label="Length of a candle" options=${candleTimeframes} chosen=${timeframe} choose=${choose}
    />`}
  >
    ${
      value === null && trouble === null
        ? html`<div class="candles"><${Skeleton} shape="drawing" /></div>`
        : drawn.candles.length === 0
          ? html`<p class="quiet pad">${trouble ?? `No ${timeframe} candles of ${symbol} of that time are kept.`}</p>`
          : html`<${CandleChart} key=${`${symbol} ${at}`} symbol=${symbol} of=${drawn}>
              <span class="quiet">${off === "" ? "" : `${off}; `}closed candles, times in UTC</span>
            <//>
            <${CandleTable} of=${drawn.candles} />
            <${ChartNotice} />`
    }
  <//>`;
}
