import { html } from "htm/preact";
import { Opens } from "../details/opens";
import { Age } from "../parts/age";
import { Decision } from "../parts/decision";
import { useStore } from "../store-context";
import { percentOfRatio } from "../parts/numbers";
import { RatioBar } from "../parts/ratio-bar";
import { SymbolLink } from "../parts/symbol-link";
import { Value } from "../parts/value";
import type { OpportunityShape } from "../wire";

/** One opportunity in a line, which opens. */
export function OpportunityEntry({ row }: { row: OpportunityShape }) {
  const min = useStore().settings.value?.alpha.confidence_threshold ?? null;
  const pattern = row.pattern.replaceAll("_", " ");
  return html`<div class="opportunity">
    <div class="line row">
      <span class="c-symbol"><${SymbolLink} of=${row.symbol} /></span>
      <span class="pattern">
        <${Opens} kind="opportunity" id=${row.id} label=${`${row.symbol} ${pattern}: details`}>${pattern}<//>
      </span>
      <${RatioBar} of=${row.confidence} name="confidence" min=${min} />
      <span><span class="label">potential</span> <${Value} of=${percentOfRatio(row.alpha_potential)} /></span>
      <span><span class="label">risk</span> <${Value} of=${row.risk_level} /></span>
      <span class="quiet">${row.source}</span>
      <${Decision} of=${row.decision} />
      <span class="quiet"><${Age} at=${row.timestamp} /></span>
    </div>
  </div>`;
}
