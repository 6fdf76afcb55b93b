import { html } from "htm/preact";
import { isGate, type Word } from "../../src/core/decide/decision";
import { shortLabelOf } from "../../src/views/check-words";
import { Icon } from "./icon";

/** What came of a signal: raised, held back by a gate, or not worth an alert. Its label; the word itself is on hover. */
export function Decision({ of }: { of: Word }) {
  if (of === "raised") return html`<span class="decision raised"><${Icon} name="check" />raised</span>`;
  if (isGate(of))
    return html`<span class="decision" title=${of}>
      <${Icon} name="held" />
      <span><span class="held-words">held back: </span>${shortLabelOf(of)}</span>
    </span>`;
  return html`<span class="decision" title=${of}><${Icon} name="pass" />${shortLabelOf(of)}</span>`;
}
