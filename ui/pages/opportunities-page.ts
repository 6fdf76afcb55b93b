import { html } from "htm/preact";
import { useFilters } from "../lists/filters";
import { outcomeField, sinceField, sourceField, symbolField, type FieldsOf } from "../lists/filter-fields";
import type { ListSort } from "../lists/list-sort";
import { ListPage } from "../lists/list-page";
import { opportunityColumns, OpportunityLine } from "../panels/opportunities-table";
import { opportunitiesAppear } from "../parts/words";
import type { Frame, OpportunityShape } from "../wire";

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

const sorts: readonly ListSort[] = [
  { by: "confidence", desc: "most confident first", asc: "least confident first" },
  { by: "potential", desc: "largest potential first", asc: "smallest potential first" },
];

/** Every opportunity kept. */
export function Page() {
  const filters = useFilters(fields);
  return html`<${ListPage}
    name="opportunities" title="Opportunities" path="api/opportunities" filters=${filters} fields=${fields}
    keyOf=${(row: OpportunityShape) => row.id} timeOf=${(row: OpportunityShape) => row.timestamp}
    changedBy=${concernsOpportunities} columns=${opportunityColumns} sorts=${sorts}
    line=${(row: OpportunityShape, number: number) =>
      html`<${OpportunityLine} key=${row.id} row=${row} number=${number} />`}
    why="No opportunity has been found or reported." next=${opportunitiesAppear}
  />`;
}

const concernsOpportunities = (frame: Frame) => frame.type === "alpha_opportunity";
