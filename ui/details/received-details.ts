import { html } from "htm/preact";
import type { ReceivedDetail } from "../../src/views/trace";
import { useResource } from "../live/resource";
import { AlertsList } from "../panels/alert-line";
import { KnownFacts } from "../parts/known-facts";
import { momentText } from "../parts/time";
import { Value } from "../parts/value";
import { waiting } from "../parts/words";
import type { Opened } from "../shell/opened";
import { Decisions } from "./decisions";
import { SheetFrame } from "./sheet";

interface SheetProps {
  readonly id: string;
  readonly close: () => void;
  /** What the address names, where that is a decision about it. */
  readonly opened?: Opened;
}

/** What was received at once, or a view of the market: what it said, and what was decided of it. */
export function Sheet({ id, close, opened = { kind: "received", id } }: SheetProps) {
  const { value, trouble } = useResource<ReceivedDetail>(`api/received/${encodeURIComponent(id)}`);
  return html`<${SheetFrame}
    opened=${opened} label="What was received" close=${close}
    head=${html`<h2>${value?.kind.replaceAll("-", " ") ?? "Received"}</h2><span class="quiet">${id}</span>`}
  >
    ${
      value === null
        ? html`<p class="pad quiet" role="status">${trouble ?? waiting}</p>`
        : html`<${Whole} of=${value} front=${opened.id} />`
    }
  <//>`;
}

function Whole({ of: received, front }: { of: ReceivedDetail; front: string }) {
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
    <${Decisions} of=${received.trace} alerts=${[]} front=${front} />
  </div>`;
}
