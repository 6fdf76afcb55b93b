import { html } from "htm/preact";
import type { DecisionDetail } from "../../src/views/trace";
import { useResource } from "../live/resource";
import { waiting } from "../parts/words";
import { kindOf } from "../shell/opened";
import { Sheet as OpportunitySheet } from "./opportunity-details";
import { Sheet as ReceivedSheet } from "./received-details";
import { SheetFrame } from "./sheet";
import { Sheet as SignalSheet } from "./signal-details";

const sheets = { signal: SignalSheet, opportunity: OpportunitySheet, received: ReceivedSheet } as const;

/** One decision: what it was about is shown, with this decision first. */
export function Sheet({ id, close }: { id: string; close: () => void }) {
  const { value: decision, trouble } = useResource<DecisionDetail>(`api/decisions/${encodeURIComponent(id)}`);
  const opened = { kind: "decision", id } as const;
  const subject = decision?.subject_id ?? null;
  const kind = subject === null ? null : kindOf(subject);
  if (kind === "signal" || kind === "opportunity" || kind === "received")
    return html`<${sheets[kind]} id=${subject} close=${close} opened=${opened} />`;
  return html`<${SheetFrame} opened=${opened} label="Decision" close=${close} head=${html`<h2>Decision</h2>`}>
    <p class="pad quiet" role="status">${trouble ?? waiting}</p>
  <//>`;
}
