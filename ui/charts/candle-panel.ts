import { html } from "htm/preact";
import { useMemo, useState } from "preact/hooks";
import { CandleChart } from "./candle-chart";
import { CandleTable } from "./candle-table";
import { candleTimeframes, type CandleTimeframe } from "./candles";
import { ChartNotice } from "./chart-notice";
import { Empty } from "../parts/empty";
import { Icon } from "../parts/icon";
import { Panel } from "../panels/panel";
import { PictureLine } from "./picture-line";
import { Segmented } from "../parts/segmented";
import { Skeleton } from "../parts/skeleton";
import { useCandles } from "./use-candles";
import { useStore } from "../store-context";
import type { AlertShape, SignalShape } from "../wire";

export interface CandlePanelProps {
  readonly symbol: string;
  readonly signals: readonly SignalShape[];
  readonly alerts: readonly AlertShape[];
}

export function CandlePanel({ symbol, signals, alerts }: CandlePanelProps) {
  const [timeframe, choose] = useState<CandleTimeframe>("5m");
  const { value, trouble, stale } = useCandles(symbol, timeframe);
  const drawn = useMemo(
    () => ({ timeframe, candles: value?.items ?? [], signals, alerts, levels: [] }),
    [timeframe, value, signals, alerts],
  );
  const filled = value === null ? null : value.items.length > 0;
  const overviewTrouble = useStore().trouble.value;
  const coming = value === null && (trouble ?? overviewTrouble) === null;
  const closedAt = value?.newest_at ?? null;
  const bar = html`<${Segmented}
    label="Length of a candle" options=${candleTimeframes} chosen=${timeframe} choose=${choose}
  />
    <span class="grow"></span>
    ${value?.exchange ? html`<span class="quiet">${value.exchange}</span>` : null}`;
  return html`<${Panel}
    name="price" title="Price" filled=${filled} newestAt=${closedAt} said="closed" stale=${stale} trouble=${trouble} bar=${bar}
  >
    ${
      filled === true || coming
        ? html`${
            coming
              ? html`<div class="candles"><${Skeleton} shape="drawing" /></div><${PictureLine} keep=${null} />`
              : html`<${CandleChart} key=${symbol} symbol=${symbol} of=${drawn} />`
          }
          <${Legend} />
          <${CandleTable} of=${drawn.candles} />
          <${ChartNotice} />`
        : html`<${Empty}
          known=${value !== null} trouble=${trouble} why=${`No ${timeframe} candles of ${symbol} are kept.`}
          next="Candles are kept of the watched symbols of the configured exchanges, and of those with a signal in the last 7 days."
        />`
    }
  <//>`;
}

function Legend() {
  return html`<p class="aside legend">
    <span class="long"><${Icon} name="up" />long signal</span>
    <span class="short"><${Icon} name="down" />short signal</span>
    <span class="quiet"><${Icon} name="live" />other signal</span>
    <span><${Icon} name="square" />alert</span>
    <span class="quiet">volume below, times in UTC, closed candles only</span>
  </p>`;
}
