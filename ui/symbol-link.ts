import { html } from "htm/preact";
import { hrefOf } from "./route";

export function SymbolLink({ of: symbol }: { of: string }) {
  return html`<a class="symbol" href=${hrefOf({ name: "symbol", symbol })} title=${symbol}>${symbol}</a>`;
}
