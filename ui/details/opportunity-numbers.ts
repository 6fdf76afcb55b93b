import { html } from "htm/preact";
import type { Opportunity, Why } from "../../src/core/opportunity";
import { factWords } from "../../src/views/fact-words";
import { count } from "../parts/numbers";
import { factText } from "./fact-text";
import { Part } from "./part";

/** The numbers that made an opportunity, each beside what it had to reach or stay under. */
export function OpportunityNumbers({ of: known }: { of: Partial<Opportunity> }) {
  // How many candles is said above.
  const why = (known.why ?? []).filter(({ name }) => name !== "n");
  const about = [
    known.n === undefined ? null : `${count(known.n)} candles`,
    known.timeframe === undefined || known.timeframe === "all" ? null : `of ${known.timeframe}`,
  ]
    .filter((text) => text !== null)
    .join(" ");
  if (why.length === 0)
    return html`<${Part} title="What made it" note=${about}>
      <p class="quiet pad">The report gives no numbers behind it.</p>
    <//>`;
  return html`<${Part} title="What made it" note=${about}>
    <div class="sideways" tabindex="0" role="group" aria-label="Numbers of the opportunity">
      <table class="parts">
        <caption class="sr">The numbers that made it</caption>
        <thead>
          <tr>
            <th scope="col">Measured</th><th scope="col" class="num">Value</th><th scope="col" class="num">Limit</th>
          </tr>
        </thead>
        <tbody>${why.map((one) => html`<${Line} key=${one.name} of=${one} />`)}</tbody>
      </table>
    </div>
  <//>`;
}

function Line({ of: { name, value, limit } }: { of: Why }) {
  const { label, unit } = factWords(name);
  const text = (number: number) => factText({ name, unit, value: number, limit: null });
  return html`<tr>
    <th scope="row">${label}</th>
    <td class="num">${text(value)}</td>
    <td class="num quiet">${limit === null ? "" : text(limit)}</td>
  </tr>`;
}
