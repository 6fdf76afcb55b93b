import type { VNode } from "preact";
import { html } from "htm/preact";
import { here } from "../here";
import { always, FilterFields, type FilterField } from "../lists/filter-fields";
import { ClearFilters, type Filters } from "../lists/filters";
import { HeldBack, useHeldGroups } from "../panels/held-back";
import { Panel } from "../panels/panel";

/** What was held back, by symbol and reason. `bar` stands above. */
export function HeldGroupsPage({
  filters,
  fields,
  bar,
}: {
  filters: Filters;
  fields: readonly FilterField[];
  bar: VNode;
}) {
  const since = filters.get("since") || always;
  const of = ["symbol", "source", "reason"]
    .filter((name) => filters.get(name) !== "")
    .map((name) => `&${name}=${encodeURIComponent(filters.get(name))}`)
    .join("");
  const held = useHeldGroups(since, of, since === always ? 10_000 : undefined);
  const groups = held.value?.items ?? null;
  return html`<main class="page list-page" tabindex="-1" aria-label="Held back">
    <${Panel}
      name="held-back" title="Held back" filled=${groups === null ? null : groups.length > 0}
      newestAt=${groups?.[0]?.newest.timestamp ?? null} trouble=${held.trouble}
      csv=${here(`api/decisions?format=csv&outcome=held&since=${since}${of}`).href}
      filter=${html`<${FilterFields} of=${fields} filters=${filters} /><${ClearFilters} of=${filters} />`}
      filtered=${filters.any} filtering=${matchMedia("(min-width: 721px)").matches} bar=${bar}
    >
      <${HeldBack}
        held=${held} since=${since} of=${of} why=${filters.any ? "Nothing matches." : "Nothing was held back."}
      />
    <//>
  </main>`;
}
