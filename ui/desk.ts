import { html } from "htm/preact";
import { AlertsPanel } from "./alerts-panel";
import { AlphaPanel } from "./alpha-panel";
import { Announcer } from "./announcer";
import { DeskContext } from "./desk-context";
import { MarketPanel } from "./market-panel";
import { Notices } from "./notices";
import { SignalsPanel } from "./signals-panel";
import { StatusLine } from "./status-line";
import type { Store } from "./store";
import { TopBar } from "./top-bar";

export function Desk({ store }: { store: Store }) {
  return html`<${DeskContext.Provider} value=${store}>
    <div class="app">
      <${TopBar} />
      <${Notices} />
      <main class="desk"><${SignalsPanel} /><${AlertsPanel} /><${AlphaPanel} /><${MarketPanel} /></main>
      <${StatusLine} />
    </div>
    <${Announcer} />
  <//>`;
}
