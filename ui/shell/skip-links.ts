import { html } from "htm/preact";
import { useState } from "preact/hooks";

const targets = [
  { name: "content", find: () => document.querySelector<HTMLElement>("main") },
  { name: "the list", find: () => document.querySelector<HTMLElement>("main .panel .body:has(tbody, li)") },
  {
    name: "the filters",
    find: () => document.querySelector<HTMLElement>("main .panel .filters :is(input, select), main .panel .narrows"),
  },
];

/** The first stops of the keyboard: past everything that is on every page. Unseen until they have the focus. */
export function SkipLinks() {
  const [there, look] = useState<readonly string[]>(["content"]);
  const found = () => look(targets.flatMap(({ name, find }) => (find() === null ? [] : [name])));
  return html`<nav class="skip" aria-label="Skip" onFocusIn=${found}>
    ${targets.map(({ name, find }) =>
      there.includes(name)
        ? html`<button key=${name} type="button" class="button small" onClick=${() => find()?.focus()}>
          Skip to ${name}
        </button>`
        : null,
    )}
  </nav>`;
}
