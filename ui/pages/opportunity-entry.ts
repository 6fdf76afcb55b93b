import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { Age } from "../parts/age";
import { Decision } from "../parts/decision";
import { useStore } from "../store-context";
import { percentOfRatio } from "../parts/numbers";
import { OpportunityDetails } from "./opportunity-details";
import { RatioBar } from "../parts/ratio-bar";
import { SymbolLink } from "../parts/symbol-link";
import { Value } from "../parts/value";
import type { OpportunityShape } from "../wire";

/** One opportunity in a line; opened, what made it. Its details are read when it is opened. */
export function OpportunityEntry({ row }: { row: OpportunityShape }) {
  const [open, setOpen] = useState(false);
  const min = useStore().settings.value?.alpha.confidence_threshold ?? null;
  return html`<div class="opportunity">
    <div class="line">
      <span class="c-symbol"><${SymbolLink} of=${row.symbol} /></span>
      <span class="pattern">${row.pattern.replaceAll("_", " ")}</span>
      <${RatioBar} of=${row.confidence} name="confidence" min=${min} />
      <span><span class="label">potential</span> <${Value} of=${percentOfRatio(row.alpha_potential)} /></span>
      <span><span class="label">risk</span> <${Value} of=${row.risk_level} /></span>
      <span class="quiet">${row.source}</span>
      <${Decision} of=${row.decision} />
      <span class="quiet"><${Age} at=${row.timestamp} /></span>
      <button
        type="button" class="plain" aria-expanded=${open ? "true" : "false"} aria-controls=${`why-${row.id}`}
        onClick=${() => setOpen(!open)}
      >why<span class="sr"> ${row.symbol} ${row.pattern.replaceAll("_", " ")}</span></button>
    </div>
    <div id=${`why-${row.id}`} hidden=${!open}>${open ? html`<${OpportunityDetails} id=${row.id} />` : null}</div>
  </div>`;
}
