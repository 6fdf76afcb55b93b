import { html } from "htm/preact";

/** A figure, or "no data". */
export function Value({ of }: { of: string | null }) {
  return of === null ? html`<span class="quiet">no data</span>` : html`<span>${of}</span>`;
}
