import { html } from "htm/preact";
import { Announcer } from "./announcer";
import { DeskContext } from "../desk-context";
import { Notices } from "./notices";
import { RouterContext, type Router } from "./router";
import { StatusLine } from "./status-line";
import type { Store } from "../store";
import { TopBar } from "./top-bar";
import { View } from "./view";

/** What stands on every page: where one is, whether the daemon is there, and what must be known. */
export function App({ store, router }: { store: Store; router: Router }) {
  return html`<${DeskContext.Provider} value=${store}><${RouterContext.Provider} value=${router}>
    <div class="app">
      <${TopBar} route=${router.route.value} />
      <${Notices} />
      <${View} route=${router.route.value} />
      <${StatusLine} />
    </div>
    <${Announcer} />
  <//><//>`;
}
