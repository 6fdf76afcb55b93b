import { html } from "htm/preact";
import type { ReceivedDetail } from "../../src/views/trace";
import { useResource } from "../live/resource";
import { AlertsList } from "../panels/alert-line";
import { KnownFacts } from "../parts/known-facts";
import { momentText } from "../parts/time";
import { Value } from "../parts/value";
import { waiting } from "../parts/words";
import { DecisionTrace } from "./decision-trace";
import { SheetFrame } from "./sheet";

/** What was received at once, or a view of the market: what it said, and what was decided of it. */
export function Sheet({ id, close }: { id: string; close: () => void }) {
  const { value, trouble } = useResource<ReceivedDetail>(`api/received/${encodeURIComponent(id)}`);
  return html`<${SheetFrame}
    kind="received" id=${id} label="What was received" close=${close}
    head=${html`<h2>${value?.kind.replaceAll("-", " ") ?? "Received"}</h2><span class="quiet">${id}</span>`}
  >
    ${
      value === null
        ? html`<p class="pad quiet" role="status">${trouble ?? waiting}</p>`
        : html`<${Whole} of=${value} />`
    }
  <//>`;
}

function Whole({ of: received }: { of: ReceivedDetail }) {
  const facts = Object.fromEntries(
    Object.entries(received.known).filter(([name, fact]) => name !== "source" && typeof fact !== "object"),
  );
  return html`<div class="single">
    <dl class="words">
      <div><dt>Source</dt><dd><${Value} of=${received.source} /></dd></div>
      <div><dt>Received</dt><dd>${momentText(Date.parse(received.received_at))}</dd></div>
      <${KnownFacts} of=${facts} />
    </dl>
    ${
      received.alerts.length === 0
        ? null
        : html`<section class="part">
          <header><h3>Alerts</h3></header>
          <${AlertsList} rows=${received.alerts} />
        </section>`
    }
    <section class="part">
      <header><h3>What was decided</h3></header>
      ${
        received.trace.length === 0
          ? html`<p class="quiet pad">Nothing was decided about it, or the decision is no longer kept.</p>`
          : received.trace.map((trace) => html`<${DecisionTrace} key=${trace.decision.id} of=${trace} />`)
      }
    </section>
  </div>`;
}
