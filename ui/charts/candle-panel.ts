import { html } from "htm/preact";
import { useMemo, useState } from "preact/hooks";
import type { CandlesShape } from "../../src/views/candles";
import { useResource } from "../live/resource";
import { CandleChart } from "./candle-chart";
import { CandleTable } from "./candle-table";
import { candleTimeframes, type CandleTimeframe } from "./candles";
import { ChartNotice } from "./chart-notice";
import { useStore } from "../store-context";
import { Empty } from "../parts/empty";
import { Icon } from "../parts/icon";
import { Panel } from "../panels/panel";
import { Segmented } from "../parts/segmented";
import type { AlertShape, SignalShape } from "../wire";
import type { Level } from "./candle-drawing";

const candlesShown = 300;

export interface CandlePanelProps {
  readonly symbol: string;
  readonly signals: readonly SignalShape[];
  readonly alerts: readonly AlertShape[];
  /** Prices to draw a line at; must stay the same as long as nothing in them changes. */
  readonly levels?: readonly Level[];
  /** Part of element ids, where two may be on a page. */
  readonly name?: string;
}

const noLevels: readonly Level[] = [];

export function CandlePanel({ symbol, signals, alerts, levels = noLevels, name = "price" }: CandlePanelProps) {
  const [timeframe, choose] = useState<CandleTimeframe>("5m");
  const { value, trouble } = useResource<CandlesShape>(
    `api/candles?symbol=${encodeURIComponent(symbol)}&timeframe=${timeframe}&limit=${candlesShown}`,
    { changedBy: (frame) => frame.type === "market_update" },
  );
  const drawn = useMemo(
    () => ({ timeframe, candles: value?.items ?? [], signals, alerts, levels }),
    [timeframe, value, signals, alerts, levels],
  );
  const filled = value === null ? null : value.items.length > 0;
  const closedAt = value?.newest_at ?? null;
  // Once candles no longer come no new answer says so: the age grows here.
  const now = useStore().clock.now.value;
  const stale = value !== null && closedAt !== null && now - Date.parse(closedAt) > value.stale_after_seconds * 1000;
  const bar = html`<${Segmented}
    label="Length of a candle" options=${candleTimeframes} chosen=${timeframe} choose=${choose}
  />
    <span class="grow"></span>
    ${value?.exchange ? html`<span class="quiet">${value.exchange}</span>` : null}`;
  return html`<${Panel}
    name=${name} title="Price" filled=${filled} newestAt=${closedAt} said="closed" stale=${stale} trouble=${trouble} bar=${bar}
  >
    ${
      filled === true
        ? html`<${CandleChart} key=${symbol} symbol=${symbol} of=${drawn} />
          <${Legend} />
          <${CandleTable} of=${drawn.candles} />
          <${ChartNotice} />`
        : html`<${Empty}
          known=${value !== null} coming=${{ shape: "drawing" }} trouble=${trouble} why=${`No ${timeframe} candles of ${symbol} are kept.`}
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
