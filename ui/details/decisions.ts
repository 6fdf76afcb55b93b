import { html } from "htm/preact";
import { labelOf } from "../../src/views/check-words";
import type { TraceShape } from "../../src/views/trace";
import type { AlertShape } from "../wire";
import { AlertLink } from "./alert-link";
import { DecisionTrace } from "./decision-trace";
import { Part } from "./part";

/** All that was decided of one thing, that decision first which was opened, and the alerts that came of it. */
export function Decisions({
  of: traces,
  alerts,
  front = null,
  title = "What was decided",
}: {
  of: readonly TraceShape[];
  alerts: readonly AlertShape[];
  front?: string | null;
  title?: string;
}) {
  const first = traces.filter(({ decision }) => decision.id === front);
  const all = [...first, ...traces.filter(({ decision }) => decision.id !== front)];
  const named = new Set(all.map(({ decision }) => decision.alert_id));
  return html`<${Part} title=${title} class="decided">
    ${all.length === 0 ? html`<p class="quiet pad">The decision is no longer kept.</p>` : null}
    ${all.map((trace, n) => {
      const { id, word, alert_id: alert } = trace.decision;
      const one = html`<${DecisionTrace} of=${trace} alert=${alerts.find((each) => each.id === alert)} />`;
      return n === 0
        ? html`<div key=${id}>${one}</div>`
        : html`<details key=${id} class="again">
          <summary>${first.length === 0 ? "Reported again" : "Decided besides"}: ${labelOf(word)}</summary>
          ${one}
        </details>`;
    })}
    ${alerts
      .filter(({ id }) => !named.has(id))
      .map((alert) => html`<p key=${alert.id} class="pad"><${AlertLink} of=${alert} /></p>`)}
  <//>`;
}
