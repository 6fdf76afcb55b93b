import { html } from "htm/preact";
import { Icon } from "./icon";

/** One figure with its name and what it is counted in; words where it is not known. */
export function Fact({ name, value, note }: { name: string; value: string | null; note: string }) {
  return html`<div class="fact">
    <dt>${name}</dt>
    ${value === null ? html`<${Missing} />` : html`<dd>${value}</dd><dd class="note">${note}</dd>`}
  </div>`;
}

export function Missing() {
  return html`<dd class="none"><${Icon} name="none" />no data</dd>`;
}
