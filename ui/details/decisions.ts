import { html } from "htm/preact";
import type { TraceShape } from "../../src/views/trace";
import type { AlertShape } from "../wire";
import { DecisionTrace } from "./decision-trace";
import { Opens } from "./opens";

/** All that was decided of one thing, that decision first which was opened, and the alerts that came of it. */
export function Decisions({
  of: traces,
  alerts,
  front,
}: {
  of: readonly TraceShape[];
  alerts: readonly AlertShape[];
  front: string;
}) {
  const first = traces.filter(({ decision }) => decision.id === front);
  const all = [...first, ...traces.filter(({ decision }) => decision.id !== front)];
  return html`<section class="part">
    <header><h3>What was decided</h3></header>
    ${all.length === 0 ? html`<p class="quiet pad">The decision is no longer kept.</p>` : null}
    ${all.map(
      (trace, n) =>
        html`${n === 0 ? null : html`<p class="again label">${first.length === 0 ? "reported again" : "decided besides"}</p>`}
          <${DecisionTrace} key=${trace.decision.id} of=${trace} />`,
    )}
    ${alerts.map(
      (alert) =>
        html`<p key=${alert.id} class="pad">
          <${Opens} kind="alert" id=${alert.id} label=${`alert ${alert.id}: ${alert.state}, ${alert.message}`}>
            alert ${alert.id}: ${alert.state}
          <//>
        </p>`,
    )}
  </section>`;
}
