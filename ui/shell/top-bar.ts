import { html } from "htm/preact";
import { ConnectionMark } from "./connection-mark";
import { useStore } from "../desk-context";
import { pages } from "../pages";
import { hrefOf, type Route } from "./route";
import { TimeframeSwitch } from "./timeframe-switch";

export function TopBar({ route }: { route: Route }) {
  return html`<header class="top">
    <h1 class="brand"><svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true"><path fill="none" stroke="currentColor" stroke-width="2.5" d="m2 3 6 14 4-9.500" /><path fill="currentColor" d="M13 3h5v3h-5z" /></svg>VIRTUOSO</h1>
    ${useStore().demo.value ? html`<span class="demo" title="Every number on this page is simulated">DEMO</span>` : null}
    <nav class="tabs" aria-label="Pages">
      ${pages.filter(({ place }) => place === "header").map(({ name, title }) => html`<a key=${name} href=${hrefOf(name)} aria-current=${name === route.page ? "page" : undefined}>${title}</a>`)}
      ${route.param === null ? null : html`<a href=${hrefOf(route.page, route.param)} aria-current="page">${route.param}</a>`}
    </nav>
    ${route.page === "desk" ? html`<${TimeframeSwitch} />` : null}
    <span class="grow"></span>
    <${ConnectionMark} />
  </header>`;
}
