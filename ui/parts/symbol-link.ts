import { html } from "htm/preact";
import { hrefOf } from "../shell/route";

export function SymbolLink({ of: symbol }: { of: string }) {
  return html`<a class="symbol" href=${hrefOf("symbol", symbol)} title=${symbol}>${symbol}</a>`;
}
