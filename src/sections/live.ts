import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { defaultTimeframe } from "../views/overview";
import { isoOf } from "../views/shape";

const heldBackEveryMs = 1000;
const endSocketsEveryMs = 500;

/** What is shown as it happens: the overview in memory, and the sockets. */
export function liveSection({ overview, hub, storeWriter, metrics, elapsed, now }: DaemonParts): Section {
  let announced = "";
  /** How many were held back, where that changed. */
  const announceHeldBack = () => {
    const counts = overview.heldBack(defaultTimeframe, now());
    const text = JSON.stringify(counts);
    if (text === announced) return;
    announced = text;
    hub.announce({ type: "held_back", timestamp: isoOf(now()), counts });
  };
  return {
    name: "live",
    committed({ recorded, events }) {
      const committedAt = elapsed();
      overview.apply(recorded);
      hub.publish(events, storeWriter.seq);
      metrics.delivery.observe((elapsed() - committedAt) / 1000);
    },
    gauges: () => metrics.connections.set(hub.connections),
    maintain: [
      { everyMs: heldBackEveryMs, run: announceHeldBack },
      // A session ends by itself too: its sockets with it, within the second.
      { everyMs: endSocketsEveryMs, run: () => hub.closeUnwelcome() },
    ],
  };
}
