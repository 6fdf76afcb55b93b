import { html } from "htm/preact";
import { isGate, type Word } from "../../src/core/decide/decision";
import { labelOf } from "../../src/views/check-words";
import { Icon } from "./icon";

/** What came of a signal: raised, held back by a gate, or not worth an alert. What the word means is on hover. */
export function Decision({ of }: { of: Word }) {
  if (of === "raised") return html`<span class="decision raised"><${Icon} name="check" />raised</span>`;
  if (isGate(of))
    return html`<span class="decision" title=${labelOf(of)}>
      <${Icon} name="held" />
      <span><span class="held-words">held back: </span>${of}</span>
    </span>`;
  return html`<span class="decision" title=${labelOf(of)}><${Icon} name="pass" />${of}</span>`;
}
