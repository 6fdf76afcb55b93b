import { effect } from "@preact/signals";
import { render } from "preact";
import { html } from "htm/preact";
import { App } from "./shell/app";
import { createClock } from "./live/clock";
import { here } from "./here";
import { me } from "./live/access";
import { keepSession } from "./live/keep-session";
import { reportErrors } from "./live/browser-errors";
import { createAlertNotifier } from "./live/alert-notifier";
import { createInbox } from "./live/inbox";
import { followByPolling } from "./live/polling";
import { refreshAll } from "./live/refresh";
import { followPreferences } from "./live/preferences";
import { fetchAhead } from "./live/fetch-ahead";
import { followKeys } from "./shell/keys";
import { followVisits } from "./live/unread";
import { followOverview } from "./live/overview";
import { followReadiness } from "./live/readiness";
import { hrefOf } from "./shell/route";
import { followAddress } from "./shell/router";
import { followSettings } from "./live/settings";
import { connectSocket } from "./live/socket";
import { followTerms } from "./parts/term";
import { createStore } from "./store";
import { lostIcon, showIcon, titleOf } from "./shell/title";
import { socketTimeframe } from "./wire";

reportErrors(document.documentElement.dataset["version"] ?? "");
const store = createStore(
  createClock(Date.now, () => document.hidden),
  Date.now,
);
const router = followAddress();
const overview = followOverview(store, (timeframe) => here(`api/dashboard/overview?timeframe=${timeframe}`));
followReadiness(store, here("readyz"), overview.refresh);
followSettings(store, here("api/dashboard/config"));
const alertNotifier = createAlertNotifier(Date.now);
const inbox = createInbox({
  hidden: () => document.hidden,
  apply: (frame) => store.apply(frame),
  startOver: () => refreshAll(store),
});
connectSocket({
  url: here("api/dashboard/ws").href.replace(/^http/, "ws"),
  onFrame(frame) {
    alertNotifier(frame);
    inbox.take(frame);
    // The snapshot that follows covers another window than the one on show.
    if (frame.type === "hello" && store.timeframe.peek() !== socketTimeframe) overview.refresh();
  },
  onConnection: (connection) => store.setConnection(connection),
});
effect(() => {
  const lost = store.link.value === "lost";
  document.title = titleOf(router.route.value, store.demo.value, lost);
  showIcon(lost);
});

store.listen((frame) => {
  if (frame.type === "refresh" && frame.polled !== true) overview.refresh();
});
followByPolling(store, here(`api/dashboard/overview?timeframe=${socketTimeframe}`));
followPreferences();
followVisits(store);
followKeys(store, router);
followTerms();
keepSession();
void fetchAhead([lostIcon()]);
// Who must set a second factor first may do nothing else until then.
effect(() => {
  const factor = me.value?.second_factor;
  if (factor && factor.needed && !factor.set && router.route.value.page !== "account") router.go(hrefOf("account"));
});

const place = document.getElementById("desk");
if (place === null) throw new Error("the page has no place for the desk");
// In a task of its own: the browser answers between that and all of the above.
await new Promise((resolve) => {
  setTimeout(resolve);
});
place.replaceChildren();
render(html`<${App} store=${store} router=${router} />`, place);
