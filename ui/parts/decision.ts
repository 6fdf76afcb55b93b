import { html } from "htm/preact";
import type { Gate, Word } from "../../src/core/decide/decision";
import { Icon } from "./icon";

/** A signal worth no alert has a verdict; one that was worth it and went no further was held back. */
const gates: ReadonlySet<string> = new Set<Gate>(["inhibited", "silenced", "cooldown", "cap"]);

export function Decision({ of }: { of: Word }) {
  if (of === "raised") return html`<span class="decision raised"><${Icon} name="check" />raised</span>`;
  if (gates.has(of))
    return html`<span class="decision">
      <${Icon} name="held" />
      <span><span class="held-words">held back: </span>${of}</span>
    </span>`;
  return html`<span class="decision"><${Icon} name="pass" />${of}</span>`;
}
