import type { Hub } from "../stream/hub";
import { defaultTimeframe, type Overview } from "../views/overview";
import { isoOf } from "../views/shape";

const intervalMsMin = 1000;

/** Tells the sockets how many were held back, when that changed and at most once a second. */
export function logHeldBack(hub: Hub, overview: Overview, now: () => number): Disposable {
  let logged = "";
  const timer = setInterval(() => {
    const counts = JSON.stringify(overview.heldBack(defaultTimeframe, now()));
    if (counts === logged) return;
    logged = counts;
    hub.announce("alerts", "held_back", `{"type":"held_back","timestamp":"${isoOf(now())}","counts":${counts}}`);
  }, intervalMsMin);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
