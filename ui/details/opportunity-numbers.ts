import { html } from "htm/preact";
import type { Opportunity, Why } from "../../src/core/opportunity";
import { count, figure } from "../parts/numbers";
import { Value } from "../parts/value";

/** The numbers that made an opportunity, each beside what it had to reach or stay under. */
export function OpportunityNumbers({ of: known }: { of: Partial<Opportunity> }) {
  const why = known.why ?? [];
  const about = [
    known.timeframe === undefined ? null : `on ${known.timeframe} candles`,
    known.n === undefined ? null : `n = ${count(known.n)}`,
  ]
    .filter((text) => text !== null)
    .join(", ");
  if (why.length === 0)
    return html`<p class="quiet">${about === "" ? "The report gives no numbers behind it." : about}</p>`;
  return html`<div class="sideways" tabindex="0" role="group" aria-label="The numbers that made it">
    <table>
      <caption class="label">The numbers that made it${about === "" ? "" : `, ${about}`}</caption>
      <thead>
        <tr><th scope="col">Number</th><th scope="col" class="num">Value</th><th scope="col" class="num">Limit</th></tr>
      </thead>
      <tbody>${why.map((one) => html`<${Line} key=${one.name} of=${one} />`)}</tbody>
    </table>
  </div>`;
}

function Line({ of: { name, value, limit } }: { of: Why }) {
  return html`<tr>
    <th scope="row">${name.replaceAll("_", " ")}</th>
    <td class="num"><${Value} of=${figure(value)} /></td>
    <td class="num quiet">${limit === null ? "none, for information" : figure(limit)}</td>
  </tr>`;
}
