import { html } from "htm/preact";
import type { DecisionShape } from "../../src/views/decisions";
import { labelOf, noteBeside, ruleText } from "../../src/views/check-words";
import { Opens } from "../details/opens";
import { Age } from "../parts/age";
import { points } from "../parts/numbers";
import { Priority } from "../parts/priority";

/** What was due and did not go out, each with the numbers that held it. */
export function HeldList({ rows }: { rows: readonly DecisionShape[] }) {
  return html`<ul class="held-list" aria-label="Held back, newest first">${rows.map(
    (row) => html`<li key=${row.id} class="row">
      <${Priority} of=${row.priority} />
      <span class="message">
        <${HeldName} row=${row} bare />${row.strength === null ? null : ` strength ${points(row.strength)}`}
      </span>
      <span class="quiet numbers" title=${row.note}>${noteBeside(row.word, row.note)}</span>
      <span class="age quiet"><${Age} at=${row.timestamp} /></span>
    </li>`,
  )}</ul>`;
}

/** What would have been raised; it opens with its subject. `bare`: its symbol and strength stand beside it. */
export function HeldName({ row, bare = false }: { row: DecisionShape; bare?: boolean }) {
  const rule = ruleText(row.rule);
  const name = [row.symbol, rule, row.strength === null ? null : `strength ${points(row.strength)}`]
    .filter((part) => part !== null)
    .join(", ");
  return html`<${Opens} kind="decision" id=${row.id} label=${`${name}, held back: ${labelOf(row.word)}`}>
    ${bare ? rule : name}
  <//>`;
}
