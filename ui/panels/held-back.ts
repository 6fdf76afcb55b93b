import { html } from "htm/preact";
import { useStore } from "../desk-context";
import { count } from "../parts/numbers";
import { Value } from "../parts/value";

/** How many alerts were due and did not go out, by reason. */
export function HeldBackCounts() {
  const counts = useStore().heldBack.value;
  const reasons = Object.entries(counts ?? {}).filter(([, times]) => times > 0).toSorted(([, a], [, b]) => b - a);
  return html`<p class="held">
    <span class="label">held back</span>
    ${counts === null ? html`<${Value} of=${null} />` : null}
    ${counts !== null && reasons.length === 0 ? html`<span>none</span>` : null}
    ${reasons.map(([reason, times]) => html`<span key=${reason} class="reason"><b>${count(times)}</b> ${reason}</span>`)}
  </p>`;
}
