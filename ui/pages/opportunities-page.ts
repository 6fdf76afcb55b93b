import { html } from "htm/preact";
import { useStore } from "../store-context";
import { here } from "../here";
import { Choice, ClearFilters, stretches, useFilters, Words } from "../lists/filters";
import { useListing } from "../lists/listing";
import { useSourceNames } from "../lists/sources";
import { outcomes, opportunitiesAppear } from "../parts/words";
import { Panel } from "../panels/panel";
import { Empty } from "../parts/empty";
import type { Frame, OpportunityShape } from "../wire";
import { OpportunityEntry } from "./opportunity-entry";

/** Every opportunity kept, newest first, each with the numbers that made it. */
export function Page() {
  const store = useStore();
  const filters = useFilters(["q", "symbol", "source", "min_confidence", "outcome", "since"]);
  const query = filters.query();
  const { rows, trouble, complete, more } = useListing<OpportunityShape>(
    `api/opportunities${query === "" ? "" : `?${query}`}`,
    { keyOf: ({ id }) => id, changedBy: concernsOpportunities },
  );
  const filled = rows === null ? null : rows.length > 0;
  const fields = html`<${Words}
    label="search" value=${filters.get("q")} type=${(q: string) => filters.set("q", q)} placeholder="pattern or words"
  />
    <${Words}
      label="symbol" value=${filters.get("symbol")} type=${(symbol: string) => filters.set("symbol", symbol)}
      placeholder="BTCUSDT"
    />
    <${Choice}
      label="source" all="all" value=${filters.get("source")} options=${useSourceNames()}
      choose=${(name: string) => filters.set("source", name)}
    />
    <${Choice}
      label="confidence" all="any" value=${filters.get("min_confidence")}
      options=${["0.75", "0.85", "0.95"].map((name) => ({ name, label: `from ${Number(name) * 100} %` }))}
      choose=${(name: string) => filters.set("min_confidence", name)}
    />
    <${Choice}
      label="outcome" all="all" value=${filters.get("outcome")} options=${outcomes}
      choose=${(name: string) => filters.set("outcome", name)}
    />
    <${Choice}
      label="received in" all="all time" value=${filters.get("since")} options=${stretches}
      choose=${(name: string) => filters.set("since", name)}
    />
    <${ClearFilters} of=${filters} />`;
  return html`<main class="page" tabindex="-1" aria-label="Opportunities">
    <${Panel}
      name="opportunities" title="Opportunities" filled=${filled} newestAt=${rows?.[0]?.timestamp ?? null}
      trouble=${trouble} filter=${fields} filtered=${filters.any} filtering=${matchMedia("(min-width: 721px)").matches}
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
