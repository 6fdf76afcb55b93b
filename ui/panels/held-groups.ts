import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { noteBeside } from "../../src/views/check-words";
import { useSorted } from "../lists/sort";
import { useSteady } from "../lists/use-steady";
import { Age } from "../parts/age";
import { ColumnHeads, type Column } from "../parts/column-heads";
import { Decision } from "../parts/decision";
import { Icon } from "../parts/icon";
import { count, points } from "../parts/numbers";
import { SymbolLink } from "../parts/symbol-link";
import { Value } from "../parts/value";
import { HeldOfGroup, type HeldGroup } from "./held-of-group";

const columns: readonly Column[] = [
  { class: "c-open", title: "Open", unseen: true },
  { class: "c-symbol", title: "Symbol", sort: { by: "symbol", first: "asc" } },
  { class: "c-decision", title: "Reason", term: "held-back", sort: { by: "reason", first: "asc" } },
  { class: "c-times num", title: "Times", sort: { by: "times", first: "desc" } },
  { class: "c-strongest num", title: "Strongest", term: "strength", sort: { by: "strongest", first: "desc" } },
  { class: "c-note", title: "The newest" },
  { class: "c-age num", title: "Age", sort: { by: "age", first: "asc" } },
];

const values = {
  symbol: (group: HeldGroup) => group.symbol,
  reason: (group: HeldGroup) => group.reason,
  times: (group: HeldGroup) => group.count,
  strongest: (group: HeldGroup) => group.strongest,
};

const nameOf = ({ symbol, reason }: HeldGroup) => `${symbol ?? ""} ${reason}`;

/** What was held back, by symbol and reason; each opens to its rows. `since` and `of`, a query, as they were counted. */
export function HeldGroupsTable({
  groups,
  since,
  of = "",
}: {
  groups: readonly HeldGroup[];
  since: string;
  of?: string;
}) {
  const [opened, open] = useState<ReadonlySet<string>>(new Set());
  const { sorted, sorting, list } = useSorted(groups, values);
  const steady = useSteady(sorted, (group) => `${nameOf(group)} ${group.newest.id}`, `${since} ${of} ${list}`);
  const toggle = (name: string) => open((before) => before.symmetricDifference(new Set([name])));
  return html`<table class="held-groups">
    <caption class="sr">Held back by symbol and reason</caption>
    <thead><tr><${ColumnHeads} of=${columns} sorting=${sorting} /></tr></thead>
    ${steady.map((group) => {
      const name = nameOf(group);
      return html`<${Group}
        key=${name} group=${group} opened=${opened.has(name)} toggle=${() => toggle(name)} since=${since} of=${of}
      />`;
    })}
  </table>`;
}

interface GroupProps {
  readonly group: HeldGroup;
  readonly opened: boolean;
  readonly toggle: () => void;
  readonly since: string;
  readonly of: string;
}

function Group({ group, opened, toggle, since, of }: GroupProps) {
  const { symbol, reason, newest } = group;
  const words = `${symbol ?? "no symbol"}, ${count(group.count)} held back by ${reason}`;
  return html`<tbody>
    <tr class="row ${opened ? "is-open" : ""}">
      <td class="c-open">
        <button type="button" class="opens" aria-expanded=${opened ? "true" : "false"} aria-label=${words} onClick=${toggle}>
          <${Icon} name="next" />
        </button>
      </td>
      <th scope="row" class="c-symbol">
        ${symbol === null ? html`<span class="quiet">no symbol</span>` : html`<${SymbolLink} of=${symbol} />`}
      </th>
      <td class="c-decision"><${Decision} of=${reason} /></td>
      <td class="c-times num">${count(group.count)}<span class="phone-words"> ${group.count === 1 ? "time" : "times"}</span></td>
      <td class="c-strongest num"><${Value} of=${points(group.strongest)} /></td>
      <td class="c-note quiet" title=${newest.note}>${noteBeside(newest.word, newest.note)}</td>
      <td class="c-age num quiet"><${Age} at=${newest.timestamp} /></td>
    </tr>
    ${
      opened
        ? html`<tr class="of-group">
          <td colspan=${columns.length}><${HeldOfGroup} group=${group} since=${since} of=${of} /></td>
        </tr>`
        : null
    }
  </tbody>`;
}
