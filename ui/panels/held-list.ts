import { html } from "htm/preact";
import type { DecisionShape } from "../../src/views/decisions";
import { Opens } from "../details/opens";
import { Age } from "../parts/age";
import { Decision } from "../parts/decision";
import { points } from "../parts/numbers";
import { Priority } from "../parts/priority";
import { SymbolLink } from "../parts/symbol-link";

/** What was due and did not go out, each with the numbers that held it. */
export function HeldList({ rows }: { rows: readonly DecisionShape[] }) {
  return html`<ul aria-label="Held back, newest first">${rows.map(
    (row) => html`<li key=${row.id} class="row">
      <${Priority} of=${row.priority} />
      <div class="what">
        <p class="message"><${HeldName} row=${row} /></p><p class="meta"><${HeldMeta} row=${row} /></p>
      </div>
      <span class="age"><${Age} at=${row.timestamp} /></span>
    </li>`,
  )}</ul>`;
}

/** What would have been raised; it opens with its subject. */
export function HeldName({ row }: { row: DecisionShape }) {
  const words = [
    row.symbol,
    row.rule.replaceAll("-", " "),
    row.strength === null ? null : `strength ${points(row.strength)}`,
  ]
    .filter((part) => part !== null)
    .join(", ");
  return html`<${Opens} kind="decision" id=${row.id} label=${`${words}, held back by ${row.word}`}>${words}<//>`;
}

function HeldMeta({ row }: { row: DecisionShape }) {
  return html`<span><${Decision} of=${row.word} /></span>
    ${row.note === null ? null : html`<span>${row.note}</span>`}
    ${row.symbol === null ? null : html`<span><${SymbolLink} of=${row.symbol} /></span>`}
    ${row.source === null ? null : html`<span>${row.source}</span>`}`;
}
