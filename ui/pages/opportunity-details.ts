import { html } from "htm/preact";
import type { Opportunity, Why } from "../../src/core/opportunity";
import type { AlertShape, OpportunityShape } from "../wire";
import type { TraceShape } from "../../src/views/trace";
import { useResource } from "../live/resource";
import { DecisionTrace } from "../details/decision-trace";
import { count, figure } from "../parts/numbers";
import { Value } from "../parts/value";
import { waiting } from "../parts/words";

type Detail = OpportunityShape & {
  readonly known: Partial<Opportunity>;
  readonly trace: readonly TraceShape[];
  readonly alerts: readonly AlertShape[];
};

export function OpportunityDetails({ id }: { id: string }) {
  const { value, trouble } = useResource<Detail>(`api/opportunities/${encodeURIComponent(id)}`);
  if (value === null) return html`<p class="aside quiet" role="status">${trouble ?? waiting}</p>`;
  const { known, trace } = value;
  return html`<div class="details">
    <${Numbers} of=${known} />
    ${known.insight ? html`<p>${known.insight}</p>` : null}
    <${Conditions} name="Enter" of=${known.entryConditions ?? []} />
    <${Conditions} name="Leave" of=${known.exitConditions ?? []} />
    ${trace.map((decided) => html`<${DecisionTrace} key=${decided.decision.id} of=${decided} />`)}
  </div>`;
}

function Numbers({ of: known }: { of: Partial<Opportunity> }) {
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

function Conditions({ name, of: conditions }: { name: string; of: readonly string[] }) {
  return conditions.length === 0 ? null : html`<p><span class="label">${name}</span> ${conditions.join("; ")}</p>`;
}
