import { html } from "htm/preact";
import type { Opportunity } from "../../src/core/opportunity";
import type { OpportunityDetail } from "../../src/views/trace";
import { useResource } from "../live/resource";
import { Age } from "../parts/age";
import { Decision } from "../parts/decision";
import { SymbolLink } from "../parts/symbol-link";
import { waiting } from "../parts/words";
import type { Opened } from "../shell/opened";
import { Decisions } from "./decisions";
import { OpportunityNumbers } from "./opportunity-numbers";
import { SheetFrame } from "./sheet";

interface SheetProps {
  readonly id: string;
  readonly close: () => void;
  /** What the address names, where that is a decision about it. */
  readonly opened?: Opened;
}

/** One opportunity: the numbers that made it, and how it was decided. */
export function Sheet({ id, close, opened = { kind: "opportunity", id } }: SheetProps) {
  const { value: detail, trouble } = useResource<OpportunityDetail>(`api/opportunities/${encodeURIComponent(id)}`);
  return html`<${SheetFrame}
    opened=${opened} label=${detail === null ? "Opportunity" : `${detail.symbol}, ${patternText(detail)}`} close=${close}
    head=${detail === null ? html`<h2>Opportunity</h2>` : html`<${Head} of=${detail} />`}
  >
    ${
      detail === null
        ? html`<p class="pad quiet" role="status">${trouble ?? waiting}</p>`
        : html`<${Whole} of=${detail} front=${opened.id} />`
    }
  <//>`;
}

const patternText = ({ pattern }: OpportunityDetail) => pattern.replaceAll("_", " ");

function Head({ of: detail }: { of: OpportunityDetail }) {
  return html`<h2><${SymbolLink} of=${detail.symbol} /> ${patternText(detail)}</h2>
    <${Decision} of=${detail.decision} />
    <span class="quiet"><${Age} at=${detail.received_at} /></span>
    <span class="quiet wide-only">${detail.id}, from ${detail.source}</span>`;
}

function Whole({ of: detail, front }: { of: OpportunityDetail; front: string }) {
  const known = detail.known as Partial<Opportunity>;
  return html`<div class="single">
    <div class="details">
      <${OpportunityNumbers} of=${known} />
      ${known.insight ? html`<p>${known.insight}</p>` : null}
      <${Conditions} name="Enter" of=${known.entryConditions ?? []} />
      <${Conditions} name="Leave" of=${known.exitConditions ?? []} />
    </div>
    <${Decisions} of=${detail.trace} alerts=${detail.alerts} front=${front} />
  </div>`;
}

function Conditions({ name, of: conditions }: { name: string; of: readonly string[] }) {
  return conditions.length === 0 ? null : html`<p><span class="label">${name}</span> ${conditions.join("; ")}</p>`;
}
