import type { Hub } from "../stream/hub";
import { defaultTimeframe, type Overview } from "../views/overview";
import { isoOf } from "../views/shape";

const intervalMsMin = 1000;

/** Sends the sockets how many were held back, when that changed and at most once a second. */
export function announceHeldBack(hub: Hub, overview: Overview, now: () => number): Disposable {
  let announced = "";
  const timer = setInterval(() => {
    const counts = overview.heldBack(defaultTimeframe, now());
    const text = JSON.stringify(counts);
    if (text === announced) return;
    announced = text;
    hub.announce({ type: "held_back", timestamp: isoOf(now()), counts });
  }, intervalMsMin);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
