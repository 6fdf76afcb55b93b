import { overviewResponse } from "../api/front";
import { eventRoutes } from "../api/routes/events";
import { overviewRoutes } from "../api/routes/overview";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { storedJson } from "../store/fault";
import type { Recorded } from "../store/writer";
import type { EventFrame } from "../views/frames";
import { defaultTimeframe } from "../views/overview";
import { isoOf } from "../views/shape";

const heldBackEveryMs = 1000;
const endSocketsEveryMs = 500;

const concernsMachinery = ({ alerts, changedAlerts }: Recorded) =>
  [...alerts, ...changedAlerts].some(({ type }) => type === "SYSTEM");

/** What is shown as it happens: the overview in memory, and the sockets. */
export function liveSection(parts: DaemonParts): Section {
  const { overview, prepared, hub, storeWriter, reader, metrics, elapsed, now } = parts;
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
    routes: [
      ...overviewRoutes({
        overview: (timeframe, request) => overviewResponse(prepared.get(timeframe), request),
      }),
      ...eventRoutes({
        events: (after, limit) => ({
          epoch: storeWriter.epoch,
          seq: storeWriter.seq,
          oldest: reader.oldestEvent() ?? null,
          items: reader.eventsAfter(after, limit).map(({ frame }) => storedJson(frame) as EventFrame),
        }),
      }),
    ],
    committed({ recorded, events }) {
      const committedAt = elapsed();
      overview.apply(recorded);
      hub.publish(events, storeWriter.seq);
      // What is fresh and what is not stands in the overview: a page need not wait for the next heartbeat.
      if (recorded.some(concernsMachinery)) hub.broadcastSnapshot();
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
