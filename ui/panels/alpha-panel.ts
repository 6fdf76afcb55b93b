import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { useStore } from "../store-context";
import { here } from "../here";
import { Choice } from "../lists/filters";
import { findExpected, useFreshness } from "../live/freshness";
import { Empty } from "../parts/empty";
import { Panel } from "./panel";
import { hrefOf } from "../shell/route";
import { OpportunitiesTable } from "./opportunities-table";
import { opportunitiesAppear } from "../parts/words";

export function AlphaPanel() {
  const all = useStore().opportunities.value;
  const [risk, prefer] = useState("");
  const rows = all?.filter(({ risk_level: level }) => risk === "" || level === risk) ?? null;
  // Findings are rare; the scans for them are not.
  const expected = findExpected(useFreshness(), [["scanner", "alpha"]]);
  const filter = html`<${Choice}
    label="risk" all="all" value=${risk} options=${["Low", "Medium", "High"]} choose=${prefer}
  />`;
  return html`<${Panel}
    name="alpha" title="Alpha Opportunities" href=${hrefOf("opportunities")}
    csv=${here("api/opportunities?format=csv").href} filled=${all && all.length > 0}
    newestAt=${all?.[0]?.timestamp ?? null} expected=${expected} filter=${filter} filtered=${risk !== ""}
  >
    ${
      rows === null || rows.length === 0
        ? html`<${Empty}
          known=${rows !== null}
          why=${risk === "" ? "No opportunity has been found or reported." : "None of the newest has that risk."}
          next=${opportunitiesAppear}
        />`
        : html`<${OpportunitiesTable} rows=${rows} list=${risk} />`
    }
  <//>`;
}
