import { html } from "htm/preact";
import { ConnectionMark } from "./connection-mark";
import { useStore } from "./desk-context";
import { hrefOf, type Route } from "./route";
import { TimeframeSwitch } from "./timeframe-switch";

export function TopBar({ route }: { route: Route }) {
  return html`<header class="top">
    <h1 class="brand"><svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true"><path fill="none" stroke="currentColor" stroke-width="2.5" d="m2 3 6 14 4-9.500" /><path fill="currentColor" d="M13 3h5v3h-5z" /></svg>VIRTUOSO</h1>
    ${useStore().demo.value ? html`<span class="demo" title="Every number on this page is simulated">DEMO</span>` : null}
    <nav class="tabs" aria-label="Pages">
      <${Tab} to=${{ name: "desk" }} at=${route}>Desk<//>
      <${Tab} to=${{ name: "opportunities" }} at=${route}>Opportunities<//>
      ${route.name === "symbol" ? html`<${Tab} to=${route} at=${route}>${route.symbol}<//>` : null}
    </nav>
    ${route.name === "desk" ? html`<${TimeframeSwitch} />` : null}
    <span class="grow"></span>
    <${ConnectionMark} />
  </header>`;
}

function Tab({ to, at, children }: { to: Route; at: Route; children?: string }) {
  return html`<a href=${hrefOf(to)} aria-current=${to.name === at.name ? "page" : undefined}>${children}</a>`;
}
