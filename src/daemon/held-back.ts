import type { Hub } from "../stream/hub";
import { defaultTimeframe, type Overview } from "../views/overview";
import { isoOf } from "../views/shape";

const atMostEveryMs = 1000;

/** Tells the sockets how many were held back, when that changed and at most once a second. */
export function tellHeldBack(hub: Hub, overview: Overview, now: () => number): Disposable {
  let told = "";
  const timer = setInterval(() => {
    const counts = JSON.stringify(overview.heldBack(defaultTimeframe, now()));
    if (counts === told) return;
    told = counts;
    hub.announce("alerts", "held_back", `{"type":"held_back","timestamp":"${isoOf(now())}","counts":${counts}}`);
  }, atMostEveryMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
