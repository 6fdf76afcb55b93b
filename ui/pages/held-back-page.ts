import { html } from "htm/preact";
import type { DecisionCounts, DecisionShape } from "../../src/views/decisions";
import { gates } from "../../src/core/decide/decision";
import { noteBeside, shortLabelOf } from "../../src/views/check-words";
import { heldAppear } from "../parts/words";
import { useFilters, type Filters } from "../lists/filters";
import { always, sinceField, sourceField, stretchText, symbolField, type FieldsOf } from "../lists/filter-fields";
import type { ListSort } from "../lists/list-sort";
import { ListPage } from "../lists/list-page";
import { useResource } from "../live/resource";
import { HeldName } from "../panels/held-list";
import { Age } from "../parts/age";
import type { Column } from "../parts/column-heads";
import { Decision } from "../parts/decision";
import { count, points } from "../parts/numbers";
import { Priority } from "../parts/priority";
import { SymbolLink } from "../parts/symbol-link";
import { Value } from "../parts/value";
import type { Frame } from "../wire";
import { HeldGroupsPage } from "./held-groups-page";
import { HeldView } from "./held-view";

const concernsHeld = (frame: Frame) => frame.type === "held_back";

const columns: readonly Column[] = [
  { class: "c-priority", title: "Priority", term: "priority", sort: { by: "priority", first: "desc" } },
  { class: "c-symbol", title: "Symbol" },
  { class: "c-what", title: "What was due" },
  { class: "c-strength num", title: "Strength", term: "strength", sort: { by: "strength", first: "desc" } },
  { class: "c-decision", title: "Reason", term: "held-back" },
  { class: "c-note", title: "Numbers" },
  { class: "c-source", title: "Source" },
  { class: "c-age num", title: "Age", sort: { by: "age", first: "asc" } },
];

const fields: FieldsOf<"decisions"> = [
  { name: "q", label: "search", placeholder: "words of the report" },
  symbolField,
  { name: "reason", label: "reason", options: gates.map((name) => ({ name, label: shortLabelOf(name) })) },
  sourceField,
  sinceField("in"),
];
/** Only by the link of an alert that sums up what was missed. */
const missedField: FieldsOf<"decisions">[number] = { name: "missed", label: "missed" };

/** By symbol and reason, or one by one. */
const viewField = { name: "view" } as const;

const sorts: readonly ListSort[] = [
  { by: "strength", desc: "strongest first", asc: "weakest first" },
  { by: "priority", desc: "most urgent first", asc: "least urgent first" },
];

/** Every alert that was due and did not go out, and why. */
export function Page() {
  const filters = useFilters([...fields, missedField]);
  const view = useFilters([viewField]);
  const missed = filters.get("missed");
  const whole = missed === "" && filters.get("q") === "";
  const grouped = whole && view.get(viewField.name) === "";
  const bar = html`${
    whole ? html`<${HeldView} rows=${!grouped} choose=${(name: string) => view.set(viewField.name, name)} />` : null
  }<${Reasons} filters=${filters} />`;
  if (grouped) return html`<${HeldGroupsPage} filters=${filters} fields=${fields} bar=${bar} />`;
  return html`<${ListPage}
    name="held-back" title=${missed === "" ? "Held back" : `Missed while away (${missed})`} path="api/decisions"
    also=${missed === "" ? "outcome=held" : ""} filters=${filters} fields=${fields}
    bar=${missed === "" ? bar : null} keyOf=${(row: DecisionShape) => row.id}
    timeOf=${(row: DecisionShape) => row.timestamp} changedBy=${concernsHeld}
    columns=${columns} sorts=${sorts}
    line=${(row: DecisionShape, number: number) => html`<${Line} key=${row.id} row=${row} number=${number} />`}
    why="Nothing was held back yet." next=${heldAppear}
  />`;
}

function Line({ row, number }: { row: DecisionShape; number: number }) {
  return html`<tr class="row" aria-rowindex=${number + 1}>
    <td class="c-priority"><${Priority} of=${row.priority} /></td>
    <th scope="row" class="c-symbol">
      ${row.symbol === null ? html`<span class="quiet">no symbol</span>` : html`<${SymbolLink} of=${row.symbol} />`}
    </th>
    <td class="c-what"><${HeldName} row=${row} bare /></td>
    <td class="c-strength num"><${Value} of=${points(row.strength)} /></td>
    <td class="c-decision"><${Decision} of=${row.word} /></td>
    <td class="c-note quiet" title=${row.note}>${noteBeside(row.word, row.note)}</td>
    <td class="c-source quiet"><${Value} of=${row.source} /></td>
    <td class="c-age num quiet"><${Age} at=${row.timestamp} /></td>
  </tr>`;
}

/** How often each gate held something back, over the same time; pressing one narrows the list to it. */
function Reasons({ filters }: { filters: Filters }) {
  const since = filters.get("since");
  const narrowed = ["symbol", "source"]
    .filter((name) => filters.get(name) !== "")
    .map((name) => `&${name}=${encodeURIComponent(filters.get(name))}`)
    .join("");
  const { value } = useResource<DecisionCounts>(`api/decisions/counts?since=${since || always}${narrowed}`, {
    changedBy: concernsHeld,
    everyMs: since === "" ? 10_000 : 3000,
  });
  const held = value?.words.filter(({ outcome }) => outcome === "held") ?? [];
  const max = Math.max(1, ...held.map(({ count: times }) => times));
  return html`<p class="held sideways">
    ${
      value === null
        ? null
        : html`<span class="label">
          ${held.length === 0 ? "none" : count(value.held)}${since === "" ? ", " : " in "}${stretchText(since)}
        </span>`
    }
    ${held.map(
      ({ word, count: times }) => html`<button
        key=${word} type="button" class="reason" aria-pressed=${filters.get("reason") === word ? "true" : "false"}
        onClick=${() => filters.set("reason", filters.get("reason") === word ? "" : word)}
      >
        <svg width="60" height="8" aria-hidden="true">
          <rect class="track" width="60" height="8" />
          <rect class="fill" width=${(60 * times) / max} height="8" />
        </svg>
        <b>${count(times)}</b> ${shortLabelOf(word)}
      </button>`,
    )}
  </p>`;
}
