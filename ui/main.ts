import { effect } from "@preact/signals";
import { render } from "preact";
import { html } from "htm/preact";
import { App } from "./app";
import { createClock } from "./clock";
import { here } from "./here";
import { followOverview } from "./overview";
import { followReadiness } from "./readiness";
import { followAddress } from "./router";
import { followSettings } from "./settings";
import { connectSocket } from "./socket";
import { createStore } from "./store";
import { titleOf } from "./title";
import { socketTimeframe } from "./wire";

const store = createStore(createClock(Date.now), Date.now);
const route = followAddress();
const overview = followOverview(store, (timeframe) => here(`api/dashboard/overview?timeframe=${timeframe}`));
followReadiness(store, here("readyz"), overview.refresh);
followSettings(store, here("api/dashboard/config"));
connectSocket({
  url: here("api/dashboard/ws").href.replace(/^http/, "ws"),
  onFrame(frame) {
    store.apply(frame);
    // The snapshot that follows covers another window than the one on show.
    if (frame.type === "hello" && store.timeframe.peek() !== socketTimeframe) overview.refresh();
  },
  onConnection: (connection) => store.setConnection(connection),
});
effect(() => { document.title = titleOf(route.value, store.demo.value); });

const place = document.getElementById("desk");
if (place === null) throw new Error("the page has no place for the desk");
place.replaceChildren();
render(html`<${App} store=${store} route=${route} />`, place);
