import { effect } from "@preact/signals";
import { render } from "preact";
import { html } from "htm/preact";
import { createClock } from "./clock";
import { Desk } from "./desk";
import { followOverview } from "./overview";
import { followReadiness } from "./readiness";
import { connectSocket } from "./socket";
import { createStore } from "./store";
import { socketTimeframe } from "./wire";

const store = createStore(createClock(Date.now), Date.now);
const overview = followOverview(store, (timeframe) => here(`api/dashboard/overview?timeframe=${timeframe}`).href);
followReadiness(store, here("readyz").href, overview.refresh);
connectSocket({
  url: here("api/dashboard/ws").href.replace(/^http/, "ws"),
  onFrame(frame) {
    store.apply(frame);
    // The snapshot that follows covers another window than the one on show.
    if (frame.type === "hello" && store.timeframe.peek() !== socketTimeframe) overview.refresh();
  },
  onConnection: (connection) => store.setConnection(connection),
});
effect(() => { document.title = store.demo.value ? "Virtuoso (DEMO)" : "Virtuoso"; });

const place = document.getElementById("desk");
if (place === null) throw new Error("the page has no place for the desk");
place.replaceChildren();
render(html`<${Desk} store=${store} />`, place);

/** Relative to the page, for the daemon may live under a sub-path. */
function here(path: string): URL {
  return new URL(path, document.baseURI);
}
