import { html } from "htm/preact";
import type { AlertDetail } from "../../src/views/trace";
import { ActsAndNotes, AlertActs, Standing } from "../acts/alert-acts";
import { useResource } from "../live/resource";
import { Age } from "../parts/age";
import { Decision } from "../parts/decision";
import { Direction } from "../parts/direction";
import { KnownFacts } from "../parts/known-facts";
import { percentOfRatio } from "../parts/numbers";
import { Priority } from "../parts/priority";
import { ScoreBar } from "../parts/score-bar";
import { SymbolLink } from "../parts/symbol-link";
import { momentText } from "../parts/time";
import { Value } from "../parts/value";
import { endWords, waiting } from "../parts/words";
import { hrefOf } from "../shell/route";
import { DecisionTrace } from "./decision-trace";
import { Deliveries } from "./deliveries";
import { Opens } from "./opens";
import { SheetFrame } from "./sheet";

/** One alert: what it says, its state, and how it was decided. */
export function Sheet({ id, close }: { id: string; close: () => void }) {
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
        ? html`<p class="pad quiet" role="status">${trouble ?? waiting}</p>`
        : html`<${Whole} of=${alert} changed=${refetch} />`
    }
  <//>`;
}

function Head({ of: alert }: { of: AlertDetail }) {
  return html`<h2>${alert.type} alert</h2>
    <${Priority} of=${alert.priority} />
    <span class="quiet"><${Age} at=${alert.timestamp} /></span>
    <span class="quiet wide-only">${alert.id}</span>`;
}

function Whole({ of: alert, changed }: { of: AlertDetail; changed: () => void }) {
  return html`<div class="single">
    <p class="pad message-large">${alert.message}</p>
    <dl class="words">
      <div><dt>Symbol</dt><dd>${alert.symbol === null ? "none" : html`<${SymbolLink} of=${alert.symbol} />`}</dd></div>
      <div><dt>Rule</dt><dd>${alert.rule}</dd></div>
      <div><dt>Source</dt><dd><${Value} of=${alert.source} /></dd></div>
      <div><dt>Raised</dt><dd>${momentText(Date.parse(alert.timestamp))}</dd></div>
      ${
        alert.expires_at === null
          ? null
          : html`<div><dt>Expires</dt><dd>${momentText(Date.parse(alert.expires_at))}</dd></div>`
      }
      ${
        alert.ended_at === null
          ? null
          : html`<div><dt>Ended</dt><dd>${momentText(Date.parse(alert.ended_at))}</dd></div>`
      }
      ${
        alert.end_reason === null ? null : html`<div><dt>Ended because</dt><dd>${endWords[alert.end_reason]}</dd></div>`
      }
      ${
        alert.superseded_by === null
          ? null
          : html`<div>
            <dt>Superseded by</dt>
            <dd>
              <${Opens} kind="alert" id=${alert.superseded_by} label=${`alert ${alert.superseded_by}`}>
                ${alert.superseded_by}
              <//>
            </dd>
          </div>`
      }
      ${
        alert.summed_up === null
          ? null
          : html`<div>
            <dt>All of them</dt>
            <dd><a href=${hrefOf("held-back", null, { missed: alert.id })}>what was missed</a></dd>
          </div>`
      }
      <${KnownFacts} of=${alert.details} />
    </dl>
    <${About} of=${alert} />
    <${Deliveries} key=${`sent ${alert.id}`} of=${alert.id} />
    <${ActsAndNotes} key=${alert.id} of=${alert} changed=${changed} />
    <section class="part">
      <header><h3>What was decided</h3></header>
      ${
        alert.trace.length === 0
          ? html`<p class="quiet pad">The decision is no longer kept.</p>`
          : alert.trace.map((trace) => html`<${DecisionTrace} key=${trace.decision.id} of=${trace} />`)
      }
    </section>
  </div>`;
}

/** Its subject: a signal, an opportunity, or neither. */
function About({ of: { signal, opportunity } }: { of: AlertDetail }) {
  if (signal !== null) {
    return html`<section class="part">
      <header><h3>The signal</h3></header>
      <p class="pad about">
        <${Opens} kind="signal" id=${signal.id} label=${`${signal.direction} ${signal.symbol}, signal ${signal.id}`}>
          <${Direction} of=${signal.direction} /> ${signal.symbol}
        <//>
        <${ScoreBar} row=${signal} />
        <${Decision} of=${signal.decision} />
      </p>
    </section>`;
  }
  if (opportunity === null) return null;
  return html`<section class="part">
    <header><h3>The opportunity</h3></header>
    <p class="pad about">
      <${Opens}
        kind="opportunity" id=${opportunity.id} label=${`opportunity ${opportunity.id} of ${opportunity.symbol}`}
      >${opportunity.symbol}, ${opportunity.pattern.replaceAll("_", " ")}<//>, confidence ${
        percentOfRatio(opportunity.confidence) ?? "no data"
      }, potential ${percentOfRatio(opportunity.alpha_potential) ?? "no data"}
    </p>
  </section>`;
}
