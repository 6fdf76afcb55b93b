import { html } from "htm/preact";
import { useStore } from "../store-context";
import { here } from "../here";
import { ClearFilters, useFilters } from "../lists/filters";
import {
  FilterFields,
  outcomeField,
  sinceField,
  sourceField,
  symbolField,
  type FieldsOf,
} from "../lists/filter-fields";
import { useListing } from "../lists/listing";
import { opportunitiesAppear } from "../parts/words";
import { Panel } from "../panels/panel";
import { Empty } from "../parts/empty";
import type { Frame, OpportunityShape } from "../wire";
import { OpportunityEntry } from "./opportunity-entry";

const fields: FieldsOf<"opportunities"> = [
  { name: "q", label: "search", placeholder: "pattern or words" },
  symbolField,
  sourceField,
  {
    name: "min_confidence",
    label: "confidence",
    all: "any",
    options: ["0.75", "0.85", "0.95"].map((name) => ({ name, label: `from ${Number(name) * 100} %` })),
  },
  outcomeField,
  sinceField("received in"),
];

/** Every opportunity kept, newest first, each with the numbers that made it. */
export function Page() {
  const store = useStore();
  const filters = useFilters(fields);
  const query = filters.query();
  const { rows, trouble, complete, more } = useListing<OpportunityShape>(
    `api/opportunities${query === "" ? "" : `?${query}`}`,
    { keyOf: ({ id }) => id, changedBy: concernsOpportunities },
  );
  const filled = rows === null ? null : rows.length > 0;
  return html`<main class="page" tabindex="-1" aria-label="Opportunities">
    <${Panel}
      name="opportunities" title="Opportunities" filled=${filled} newestAt=${rows?.[0]?.timestamp ?? null}
      trouble=${trouble} filter=${html`<${FilterFields} of=${fields} filters=${filters} /><${ClearFilters} of=${filters} />`} filtered=${filters.any} filtering=${matchMedia("(min-width: 721px)").matches}
      csv=${here(`api/opportunities?format=csv${query === "" ? "" : `&${query}`}`).href}
    >
      ${
        filled === true && rows !== null
          ? html`<ul aria-label="Opportunities, newest first">
            ${rows.map(
              (row) =>
                html`<li key=${row.id} class=${store.arrivedLive(row.id) ? "is-fresh" : ""}>
                  <${OpportunityEntry} row=${row} />
                </li>`,
            )}
          </ul>
            ${
              complete
                ? null
                : html`<p class="aside">
                  <button type="button" class="plain" onClick=${more}>Older</button>
                  ${trouble === null ? null : html`<span role="status">${trouble}</span>`}
                </p>`
            }`
          : html`<${Empty}
            known=${rows !== null} trouble=${trouble}
            why=${filters.any ? "Nothing matches." : "No opportunity has been found or reported."}
            next=${filters.any ? "Take a filter away to see more." : opportunitiesAppear}
          />`
      }
    <//>
  </main>`;
}

const concernsOpportunities = (frame: Frame) => frame.type === "alpha_opportunity";
