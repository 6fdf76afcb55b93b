import { html } from "htm/preact";
import { useStore } from "../store-context";
import { refreshAll } from "../live/refresh";
import { Tool } from "../parts/tool";
import { DeskMenu } from "../desk/desk-menu";
import { Chips } from "./chips";
import type { Route } from "./route";
import { TimeframeSwitch } from "./timeframe-switch";

/** How fresh each source, exchange and scanner is, on every page; the desk's own switches beside it. */
export function SubBar({ route }: { route: Route }) {
  const store = useStore();
  return html`<section class="sub ${route.page === "desk" ? "" : "is-single"}" aria-label="Sources and their freshness">
    ${route.page === "desk" ? html`<${TimeframeSwitch} />` : null}
    <${Chips} />
    <div class="tools">
      ${route.page === "desk" ? html`<${DeskMenu} />` : null}
      <${Tool} icon="refresh" label="Refresh the data (Ctrl R)" run=${() => refreshAll(store)} />
    </div>
  </section>`;
}
