import { html } from "htm/preact";
export function SymbolPage() { return html`<main tabindex="-1"></main>`; }
