import { html } from "htm/preact";
import type { OpportunityDetail } from "../../src/views/trace";
import { useResource } from "../live/resource";
import { Age } from "../parts/age";
import { Decision } from "../parts/decision";
import { Priority } from "../parts/priority";
import { SymbolLink } from "../parts/symbol-link";
import type { Frame } from "../wire";
import { OpportunityBody } from "./opportunity-body";
import { Loading, SheetFrame, type SheetProps } from "./sheet";

/** One opportunity: the symbol against the benchmark, the numbers that made it, and how it was decided. */
export function Sheet({ id, close, decision = null }: SheetProps) {
  const { value: detail, trouble } = useResource<OpportunityDetail>(`api/opportunities/${encodeURIComponent(id)}`, {
    changedBy: (frame) => concernsOpportunity(frame, id),
  });
  return html`<${SheetFrame}
    opened=${decision === null ? { kind: "opportunity", id } : { kind: "decision", id: decision.id }}
    label=${detail === null ? "Opportunity" : `${detail.symbol}, ${patternText(detail)}`} close=${close}
    head=${detail === null ? html`<h2>Opportunity</h2>` : html`<${Head} of=${detail} decision=${decision} />`}
  >
    ${
      detail === null
        ? html`<${Loading} id=${id} what="opportunity" trouble=${trouble} />`
        : html`<${OpportunityBody} of=${detail} front=${decision?.id} />`
    }
  <//>`;
}

function Head({ of: detail, decision }: { of: OpportunityDetail } & Pick<Required<SheetProps>, "decision">) {
  const priority = decision?.priority ?? detail.alerts.at(-1)?.priority ?? null;
  return html`<h2><${SymbolLink} of=${detail.symbol} /> ${patternText(detail)}</h2>
    ${priority === null ? null : html`<${Priority} of=${priority} />`}
    <${Decision} of=${decision?.word ?? detail.decision} />
    <span class="quiet"><${Age} at=${detail.received_at} /></span>
    <span class="quiet wide-only">${detail.id}, from ${detail.source}</span>`;
}

/** beta_expansion is "beta expansion". */
export const patternText = ({ pattern }: Pick<OpportunityDetail, "pattern">) => pattern.replaceAll("_", " ");

/** Whether a frame changes what is shown of this opportunity. */
export function concernsOpportunity(frame: Frame, id: string): boolean {
  return (frame.type === "new_alert" || frame.type === "alert_changed") && frame.alert.signal_id === id;
}
