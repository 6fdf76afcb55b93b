import { html } from "htm/preact";
import type { Why } from "../../src/core/opportunity";
import { factsOf, factWords } from "../../src/views/fact-words";
import { factText } from "./fact-text";

/** What is kept of an alert or an observation, as rows of a `dl`: a label and a text each. */
export function FactRows({
  of: details,
  but = [],
}: {
  of: Readonly<Record<string, unknown>>;
  but?: readonly string[];
}) {
  return factsOf(details)
    .filter(({ name }) => !but.includes(name))
    .map((fact) => html`<div key=${fact.name}><dt>${fact.label}</dt><dd>${factText(fact)}</dd></div>`);
}

/** The numbers behind a finding, likewise. */
export function FindingRows({ of: why }: { of: readonly Why[] }) {
  return why.map(({ name, value, limit }) => {
    const { label, unit } = factWords(name);
    return html`<div key=${name}><dt>${label}</dt><dd>${factText({ name, unit, value, limit })}</dd></div>`;
  });
}
