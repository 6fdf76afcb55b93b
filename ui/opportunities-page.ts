import { html } from "htm/preact";
export function OpportunitiesPage() { return html`<main tabindex="-1"></main>`; }
