import type { ComponentChildren } from "preact";
import { html } from "htm/preact";
import type { SymbolDetail } from "../../src/views/symbols";
import { AlertsList } from "../panels/alert-line";
import { OpportunitiesTable } from "../panels/opportunities-table";
import { useResource } from "../live/resource";
import { useSymbols } from "../live/symbols";
import { CandlePanel } from "../charts/candle-panel";
import { Empty } from "../parts/empty";
import { Panel } from "../panels/panel";
import { hrefOf } from "../shell/route";
import type { Route } from "../shell/route";
import { SignalsTable } from "../panels/signals-table";
import { SymbolFacts } from "./symbol-facts";
import type { AlertShape, Frame, SignalShape } from "../wire";

const noSignals: readonly SignalShape[] = [];
const noAlerts: readonly AlertShape[] = [];

/** All that is known of one symbol. */
export function Page({ route }: { route: Route }) {
  const symbol = route.param ?? "";
  const { value: detail, trouble } = useResource<SymbolDetail>(`api/symbols/${encodeURIComponent(symbol)}`, {
    changedBy: (frame) => concerns(frame, symbol.toUpperCase()),
  });
  const signals = detail?.signals ?? noSignals;
  const alerts = detail?.alerts ?? noAlerts;
  const { value: symbols } = useSymbols("7d");
  if (detail !== null && isUnknown(detail))
    return html`<main class="page symbol-page" tabindex="-1" aria-label=${symbol}>
      <${Empty}
        known why=${`Nothing is known of ${detail.symbol}: no report names it, and no exchange quotes it.`}
        next=${html`Look for another with <kbd>/</kbd>, or see <a href=${hrefOf("signals")}>all signals</a>.`}
      />
    </main>`;
  return html`<main class="page symbol-page" tabindex="-1" aria-label=${symbol}>
    <${CandlePanel} symbol=${detail?.symbol ?? symbol.toUpperCase()} signals=${signals} alerts=${alerts} />
    <${SymbolFacts} of=${detail} trouble=${trouble} />
    <${List}
      name="signals" title="Signals" of=${detail?.signals} newestAt=${signals[0]?.received_at} trouble=${trouble}
      why="No signal of this symbol is kept."
    >${() => html`<${SignalsTable} rows=${signals} symbols=${symbols} />`}<//>
    <${List}
      name="alerts" title="Alerts" of=${detail?.alerts} newestAt=${alerts[0]?.timestamp} trouble=${trouble}
      why="No alert about this symbol is kept."
    >${() => html`<${AlertsList} rows=${alerts} />`}<//>
    <${List}
      name="alpha" title="Opportunities" of=${detail?.opportunities} newestAt=${detail?.opportunities[0]?.timestamp}
      trouble=${trouble} why="No opportunity of this symbol is kept."
    >${() => html`<${OpportunitiesTable} rows=${detail?.opportunities ?? []} />`}<//>
  </main>`;
}

function isUnknown({ signals, alerts, opportunities, quoted_at: quotedAt, statistics }: SymbolDetail): boolean {
  return [signals, alerts, opportunities, statistics].every(({ length }) => length === 0) && quotedAt === null;
}

interface ListProps {
  readonly name: string;
  readonly title: string;
  readonly of: readonly unknown[] | undefined;
  readonly newestAt: string | undefined;
  readonly trouble: string | null;
  readonly why: string;
  readonly children: () => ComponentChildren;
}

function List({ name, title, of: rows, newestAt, trouble, why, children }: ListProps) {
  const filled = rows === undefined ? null : rows.length > 0;
  return html`<${Panel} name=${name} title=${title} filled=${filled} newestAt=${newestAt ?? null} trouble=${trouble}>
    ${
      filled === true
        ? children()
        : html`<${Empty} known=${filled !== null} trouble=${trouble} why=${why} next="It appears here by itself." />`
    }
  <//>`;
}

function concerns(frame: Frame, symbol: string): boolean {
  if (frame.type === "market_update") return true;
  if (frame.type === "new_signal" || frame.type === "signal_changed") return frame.signal.symbol === symbol;
  if (frame.type === "new_alert" || frame.type === "alert_changed") return frame.alert.symbol === symbol;
  return frame.type === "alpha_opportunity" && frame.opportunity.symbol === symbol;
}
