import { html } from "htm/preact";
import { refusalReasons } from "../../src/core/reading";
import type { QuarantineShape } from "../../src/views/quarantine";
import { Opens } from "../details/opens";
import { useFilters } from "../lists/filters";
import { sinceField, sourceField, type FieldsOf } from "../lists/filter-fields";
import type { ListSort } from "../lists/list-sort";
import { ListPage } from "../lists/list-page";
import { may } from "../live/access";
import { Age } from "../parts/age";
import type { Column } from "../parts/column-heads";
import { count } from "../parts/numbers";
import { Tool } from "../parts/tool";
import { refusalText } from "../parts/words";
import { useReadAgain, type ReadAgain } from "./read-again";

const columns: readonly Column[] = [
  { class: "c-file", title: "File" },
  { class: "c-reason", title: "Reason" },
  { class: "c-detail", title: "Detail" },
  { class: "c-source", title: "Source" },
  { class: "c-attempts num", title: "Tries", sort: { by: "attempts", first: "desc" } },
  { class: "c-first num", title: "First seen" },
  { class: "c-age num", title: "Last seen", sort: { by: "age", first: "asc" } },
];
const retryColumn: Column = { class: "c-again", title: "Read again", unseen: true };

const fields: FieldsOf<"quarantine"> = [
  { name: "q", label: "search", placeholder: "file or detail" },
  { name: "reason", label: "reason", options: refusalReasons.map((name) => ({ name, label: refusalText(name) })) },
  sourceField,
  sinceField("last seen in"),
];

const sorts: readonly ListSort[] = [{ by: "attempts", desc: "most tries first", asc: "fewest tries first" }];

/** Every file that could not be read, and why. */
export function Page() {
  const filters = useFilters(fields);
  const again = useReadAgain();
  const mayRetry = may("dashboard.settings.manage");
  return html`<${ListPage}
    name="quarantine" title="Quarantine" path="api/quarantine" filters=${filters} fields=${fields}
    aside=${html`<span class="quiet">a repaired file is read again by itself</span>`}
    bar=${mayRetry ? html`<${RetryAll} again=${again} />` : undefined}
    keyOf=${(row: QuarantineShape) => `${row.source} ${row.file}`} timeOf=${(row: QuarantineShape) => row.last_seen}
    changedBy=${(frame: { type: string }) => frame.type === "dashboard_update"}
    sorts=${sorts} columns=${mayRetry ? [...columns, retryColumn] : columns}
    line=${(row: QuarantineShape, number: number) =>
      html`<${Line} key=${`${row.source} ${row.file}`} row=${row} number=${number} again=${mayRetry ? again : null} />`}
    why="Every file could be read."
    next="A report that cannot be read appears here with its reason; nothing is dropped in silence."
  />`;
}

function RetryAll({ again: { busy, outcome, retry } }: { again: ReadAgain }) {
  return html`<button type="button" class="button small" disabled=${busy} onClick=${() => void retry({})}>
    Read all again
  </button>
    <span class=${outcome?.wrong === true ? "bad" : "quiet"} role="status">${outcome?.text}</span>`;
}

function Line({ row, number, again }: { row: QuarantineShape; number: number; again: ReadAgain | null }) {
  return html`<tr class="row" aria-rowindex=${number + 1}>
    <th scope="row" class="c-file" title=${row.file}>
      <${Opens} kind="quarantined" id=${`${row.source}/${row.file}`} label=${`${row.file}: ${refusalText(row.reason)}`}>${row.file}<//>
    </th>
    <td class="c-reason"><span class="warn" title=${row.reason}>${refusalText(row.reason)}</span></td>
    <td class="c-detail quiet" title=${row.detail}>${row.detail}</td>
    <td class="c-source quiet">${row.source}</td>
    <td class="c-attempts num">
      ${count(row.attempts)}
      <span class="phone-words"> ${row.attempts === 1 ? "try" : "tries"}</span>
    </td>
    <td class="c-first num quiet"><${Age} at=${row.first_seen} /></td>
    <td class="c-age num quiet"><${Age} at=${row.last_seen} /></td>
    ${
      again === null
        ? null
        : html`<td class="c-again"><${Tool} icon="refresh" label=${`Read ${row.file} again`} run=${() => {
            if (!again.busy) void again.retry({ file: row.file, source: row.source });
          }} /></td>`
    }
  </tr>`;
}
