import { html } from "htm/preact";
import { OpportunityDetails } from "../pages/opportunity-details";
import { SheetFrame } from "./sheet";

/** One opportunity: the numbers that made it, and how it was decided. */
export function Sheet({ id, close }: { id: string; close: () => void }) {
  return html`<${SheetFrame}
    kind="opportunity" id=${id} label="Opportunity" close=${close}
    head=${html`<h2>Opportunity</h2><span class="quiet">${id}</span>`}
  ><div class="single"><${OpportunityDetails} id=${id} /></div><//>`;
}
