import { html } from "htm/preact";
import type { GlossaryWord } from "../../src/views/glossary";
import { Icon } from "./icon";
import { Term } from "./term";

export interface FactProps {
  readonly name: string;
  readonly value: string | null;
  readonly note: string;
  /** What the glossary explains its name by. */
  readonly term?: GlossaryWord;
}

/** One figure with its name and what it is counted in; words where it is not known. */
export function Fact({ name, value, note, term }: FactProps) {
  return html`<div class="fact">
    <dt>${term === undefined ? name : html`<${Term} of=${term}>${name}<//>`}</dt>
    ${value === null ? html`<${Missing} />` : html`<dd>${value}</dd><dd class="note">${note}</dd>`}
  </div>`;
}

export function Missing() {
  return html`<dd class="none"><${Icon} name="none" />no data</dd>`;
}
