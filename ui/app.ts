import type { ReadonlySignal } from "@preact/signals";
import { html } from "htm/preact";
import { Announcer } from "./announcer";
import { DeskContext } from "./desk-context";
import { Notices } from "./notices";
import type { Route } from "./route";
import { StatusLine } from "./status-line";
import type { Store } from "./store";
import { TopBar } from "./top-bar";
import { View } from "./view";

/** What stands on every page: where one is, whether the daemon is there, and what must be known. */
export function App({ store, route }: { store: Store; route: ReadonlySignal<Route> }) {
  return html`<${DeskContext.Provider} value=${store}>
    <div class="app">
      <${TopBar} route=${route.value} />
      <${Notices} />
      <${View} route=${route.value} />
      <${StatusLine} />
    </div>
    <${Announcer} />
  <//>`;
}
