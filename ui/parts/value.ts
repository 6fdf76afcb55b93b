import { html } from "htm/preact";

/** A figure, or the words for not having one. */
export function Value({ of }: { of: string | null }) {
  return of === null ? html`<span class="quiet">no data</span>` : html`<span>${of}</span>`;
}
