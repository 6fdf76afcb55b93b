import { html } from "htm/preact";
import type { DecisionCounts, DecisionShape } from "../../src/views/decisions";
import { gates } from "../../src/core/decide/decision";
import { heldAppear } from "../parts/words";
import { Choice, stretches, useFilters, Words, type Filters } from "../lists/filters";
import { ListPage } from "../lists/list-page";
import { useSourceNames } from "../lists/sources";
import { useResource } from "../live/resource";
import { HeldName } from "../panels/held-list";
import { Age } from "../parts/age";
import type { Column } from "../parts/column-heads";
import { Decision } from "../parts/decision";
import { count } from "../parts/numbers";
import { Priority } from "../parts/priority";
import { SymbolLink } from "../parts/symbol-link";
import { Value } from "../parts/value";
import type { Frame } from "../wire";

const concernsHeld = (frame: Frame) => frame.type === "held_back";

const columns: readonly Column[] = [
  { class: "c-priority", title: "Priority" },
  { class: "c-symbol", title: "Symbol" },
  { class: "c-what", title: "What was due" },
  { class: "c-decision", title: "Reason" },
  { class: "c-note", title: "Numbers" },
  { class: "c-source", title: "Source" },
  { class: "c-age num", title: "Age" },
];

/** Every alert that was due and did not go out, and why. */
export function Page() {
  const filters = useFilters(["q", "reason", "symbol", "source", "since", "missed"]);
  const missed = filters.get("missed");
  const fields = html`<${Words}
    label="search" value=${filters.get("q")} type=${(q: string) => filters.set("q", q)}
    placeholder="words of the report"
  />
    <${Words}
      label="symbol" value=${filters.get("symbol")} type=${(symbol: string) => filters.set("symbol", symbol)}
      placeholder="BTCUSDT"
    />
    <${Choice}
      label="reason" all="all" value=${filters.get("reason")} options=${gates}
      choose=${(name: string) => filters.set("reason", name)}
    />
    <${Choice}
      label="source" all="all" value=${filters.get("source")} options=${useSourceNames()}
      choose=${(name: string) => filters.set("source", name)}
    />
    <${Choice}
      label="in" all="all time" value=${filters.get("since")} options=${stretches}
      choose=${(name: string) => filters.set("since", name)}
    />`;
  return html`<${ListPage}
    name="held-back" title=${missed === "" ? "Held back" : `Missed while away (${missed})`} path="api/decisions"
    also=${missed === "" ? "outcome=held" : ""} filters=${filters} fields=${fields}
    bar=${missed === "" ? html`<${Reasons} filters=${filters} />` : null} keyOf=${(row: DecisionShape) => row.id}
    timeOf=${(row: DecisionShape) => row.timestamp} changedBy=${concernsHeld}
    columns=${columns}
    line=${(row: DecisionShape, number: number) => html`<${Line} key=${row.id} row=${row} number=${number} />`}
    why="Nothing was held back." next=${heldAppear}
  />`;
}

function Line({ row, number }: { row: DecisionShape; number: number }) {
  return html`<tr class="row" aria-rowindex=${number + 1}>
    <td class="c-priority"><${Priority} of=${row.priority} /></td>
    <th scope="row" class="c-symbol">
      ${row.symbol === null ? html`<span class="quiet">no symbol</span>` : html`<${SymbolLink} of=${row.symbol} />`}
    </th>
    <td class="c-what"><${HeldName} row=${row} /></td>
    <td class="c-decision"><${Decision} of=${row.word} /></td>
    <td class="c-note quiet" title=${row.note}>${row.note}</td>
    <td class="c-source quiet"><${Value} of=${row.source} /></td>
    <td class="c-age num quiet"><${Age} at=${row.timestamp} /></td>
  </tr>`;
}

/** How often each gate held something back, over the same time; pressing one narrows the list to it. */
function Reasons({ filters }: { filters: Filters }) {
  const since = filters.get("since") || "30d";
  const narrowed = ["symbol", "source"]
    .filter((name) => filters.get(name) !== "")
    .map((name) => `&${name}=${encodeURIComponent(filters.get(name))}`)
    .join("");
  const { value } = useResource<DecisionCounts>(`api/decisions/counts?since=${since}${narrowed}`, {
    changedBy: concernsHeld,
    everyMs: 3000,
  });
  const held = value?.words.filter(({ outcome }) => outcome === "held") ?? [];
  const max = Math.max(1, ...held.map(({ count: times }) => times));
  return html`<p class="held">
    ${
      value === null
        ? null
        : html`<span class="label">${held.length === 0 ? "none" : `${count(value.held)} in ${since}`}</span>`
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
        <b>${count(times)}</b> ${word}
      </button>`,
    )}
  </p>`;
}
