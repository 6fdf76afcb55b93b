import type { ComponentChildren } from "preact";
import { html } from "htm/preact";
import { useMemo } from "preact/hooks";
import { ruleLabel } from "../../src/views/observation-words";
import type { AlertDetail, OpportunityDetail, SignalDetail } from "../../src/views/trace";
import { ActsAndNotes, AlertActs, Standing } from "../acts/alert-acts";
import { useResource } from "../live/resource";
import { Age } from "../parts/age";
import { Direction } from "../parts/direction";
import { Priority } from "../parts/priority";
import { SymbolLink } from "../parts/symbol-link";
import { AlertFacts } from "./alert-facts";
import { Decisions } from "./decisions";
import { Deliveries } from "./deliveries";
import { OpportunityBody } from "./opportunity-body";
import { concernsOpportunity, patternText } from "./opportunity-details";
import { Part } from "./part";
import { PricePart } from "./price-part";
import { Loading, SheetFrame, type SheetProps } from "./sheet";
import { SignalBody } from "./signal-body";
import { concernsSignal } from "./signal-details";

interface OfAlert {
  readonly of: AlertDetail;
  readonly changed: () => void;
}

/** One alert: what it is about, its state, who has it, and how it was decided. */
export function Sheet({ id, close }: SheetProps) {
  const {
    value: alert,
    trouble,
    refetch,
  } = useResource<AlertDetail>(`api/alerts/${encodeURIComponent(id)}`, {
    changedBy: (frame) => frame.type === "alert_changed" && frame.alert.id === id,
  });
  return html`<${SheetFrame}
    opened=${{ kind: "alert", id }} label=${alert === null ? "Alert" : `${alert.priority} alert`} close=${close}
    head=${alert === null ? html`<h2>Alert</h2>` : html`<${Head} of=${alert} />`}
    standing=${alert === null ? null : html`<${Standing} of=${alert} changed=${refetch} />`}
    acts=${alert === null ? null : html`<${AlertActs} of=${alert} changed=${refetch} />`}
  >
    ${
      alert === null
        ? html`<${Loading} id=${id} what="alert" trouble=${trouble} />`
        : html`<${Whole} key=${id} of=${alert} changed=${refetch} />`
    }
  <//>`;
}

function Head({ of: alert }: { of: AlertDetail }) {
  return html`<h2><${Title} of=${alert} /></h2>
    <${Priority} of=${alert.priority} />
    <span class="quiet"><${Age} at=${alert.timestamp} /></span>
    <span class="quiet wide-only">
      ${[alert.id, alert.signal_id, alert.source === null ? null : `from ${alert.source}`].filter(Boolean).join(", ")}
    </span>`;
}

/** What it is about: a signal, an opportunity, or what its rule looks at. */
function Title({ of: { signal, opportunity, symbol, rule } }: { of: AlertDetail }) {
  const about = symbol === null ? null : html` <${SymbolLink} of=${symbol} />`;
  if (signal !== null) return html`<${Direction} of=${signal.direction} />${about}`;
  if (opportunity !== null) return html`<${SymbolLink} of=${opportunity.symbol} /> ${patternText(opportunity)}`;
  return html`${ruleLabel(rule)}${about}`;
}

function Whole({ of: alert, changed }: OfAlert) {
  const front = alert.trace[0]?.decision.id ?? null;
  const sent = html`<${Deliveries} of=${alert.id} />`;
  const end = html`<${AlertFacts} of=${alert} /><${ActsAndNotes} of=${alert} changed=${changed} />`;
  const { signal, opportunity } = alert;
  if (signal !== null)
    return html`<${OfSignal} id=${signal.id}>
      ${(detail: SignalDetail) => html`<${SignalBody} of=${detail} front=${front} middle=${sent} end=${end} />`}
    <//>`;
  if (opportunity !== null)
    return html`<${OfOpportunity} id=${opportunity.id}>
      ${(detail: OpportunityDetail) =>
        html`<${OpportunityBody} of=${detail} front=${front} middle=${sent} end=${end} />`}
    <//>`;
  return html`<${Plain} of=${alert} sent=${sent} end=${end} />`;
}

interface OfSubject<T> {
  readonly id: string;
  readonly children: (detail: T) => ComponentChildren;
}

function OfSignal({ id, children }: OfSubject<SignalDetail>) {
  const { value, trouble } = useResource<SignalDetail>(`api/signals/${encodeURIComponent(id)}`, {
    changedBy: (frame) => concernsSignal(frame, id),
  });
  return value === null ? html`<${Loading} id=${id} what="signal" trouble=${trouble} />` : children(value);
}

function OfOpportunity({ id, children }: OfSubject<OpportunityDetail>) {
  const { value, trouble } = useResource<OpportunityDetail>(`api/opportunities/${encodeURIComponent(id)}`, {
    changedBy: (frame) => concernsOpportunity(frame, id),
  });
  return value === null ? html`<${Loading} id=${id} what="opportunity" trouble=${trouble} />` : children(value);
}

/** About the machinery or the market: a chart only where it names a symbol. */
function Plain({ of: alert, sent, end }: { of: AlertDetail; sent: ComponentChildren; end: ComponentChildren }) {
  const alerts = useMemo(() => [alert], [alert]);
  return html`<div class="columns">
    <div class="right">
      ${sent}
      <${Decisions} of=${alert.trace} alerts=${[]} title="Why it was raised" />
    </div>
    <div class="left">
      ${
        alert.symbol === null
          ? null
          : html`<${PricePart} symbol=${alert.symbol} at=${alert.timestamp} words="this alert" alerts=${alerts} />`
      }
      <${Part} title="What it says"><p class="pad message-large">${alert.message}</p><//>
      ${end}
    </div>
  </div>`;
}
