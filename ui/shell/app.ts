import { html } from "htm/preact";
import { Announcer } from "./announcer";
import { Details } from "../details/details";
import { StoreContext } from "../store-context";
import { Header } from "./header";
import { Notices } from "./notices";
import { Overlays } from "./overlays";
import { RouterContext, type Router } from "./router";
import { Toasts } from "./toasts";
import { StatusLine } from "./status-line";
import { SkipLinks } from "./skip-links";
import type { Store } from "../store";
import { SubBar } from "./sub-bar";
import { TabBar } from "./tab-bar";
import { View } from "./view";

/** What is on every page: navigation, the connection to the daemon, notices. */
export function App({ store, router }: { store: Store; router: Router }) {
  return html`<${StoreContext.Provider} value=${store}><${RouterContext.Provider} value=${router}>
    <${SkipLinks} />
    <div class="app">
      <${Header} route=${router.route.value} />
      <${SubBar} route=${router.route.value} />
      <${Notices} />
      <${View} route=${router.route.value} />
      <${StatusLine} />
      <${Details} />
    </div>
    <${TabBar} route=${router.route.value} />
    <${Overlays} />
    <${Toasts} />
    <${Announcer} />
  <//><//>`;
}
