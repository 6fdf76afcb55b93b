import { html } from "htm/preact";
import type { DecisionDetail } from "../../src/views/trace";
import { useResource } from "../live/resource";
import { kindOf } from "../shell/opened";
import { Sheet as OpportunitySheet } from "./opportunity-details";
import { ReceivedSheet } from "./received-details";
import { Loading, SheetFrame, type SheetProps } from "./sheet";
import { Sheet as SignalSheet } from "./signal-details";

/** One decision: what it was about is shown, with this decision first. */
export function Sheet({ id, close }: SheetProps) {
  const { value: decision, trouble } = useResource<DecisionDetail>(`api/decisions/${encodeURIComponent(id)}`);
  if (decision === null)
    return html`<${SheetFrame} opened=${{ kind: "decision", id }} label="Decision" close=${close} head=${html`<h2>Decision</h2>`}>
      <${Loading} id=${id} what="decision" trouble=${trouble} />
    <//>`;
  const subject = decision.subject_id;
  const kind = subject === null ? null : kindOf(subject);
  if (kind === "signal" || kind === "opportunity")
    return html`<${kind === "signal" ? SignalSheet : OpportunitySheet} id=${subject} close=${close} decision=${decision} />`;
  return html`<${ReceivedSheet} id=${subject} close=${close} decision=${decision} />`;
}
