import { storeFaultOf } from "../store/fault";
import { Hub } from "../stream/hub";
import { ReplayBuffer } from "../stream/replay-buffer";
import { version } from "../version";
import { isoOf } from "../views/shape";
import type { OverviewShape } from "../views/overview-shape";
import type { DaemonParts } from "./parts";

/** The sockets' hub, with what it sends counted. `snapshot`: the overview as it is now. */
export function createHub(
  parts: Pick<DaemonParts, "started" | "settings" | "reader" | "storeWriter" | "metrics" | "now">,
  snapshot: () => OverviewShape,
): Hub {
  const { started, settings, reader, storeWriter, metrics, now } = parts;
  return new Hub({
    epoch: storeWriter.epoch,
    version,
    config: () => settings.tunables,
    replayBuffer: new ReplayBuffer(reader, storeWriter.seq, (error) => storeFaultOf(error) !== null),
    heartbeatMs: started.heartbeatMs,
    limits: { connections: started.connections, perAddress: started.connectionsPerAddress },
    snapshot,
    isoNow: () => isoOf(now()),
    sent: (type) => metrics.messages.inc({ type }),
    resumed: (outcome) => metrics.resumes.inc({ outcome }),
    dropped: (reason) => metrics.dropped.inc({ reason }),
  });
}
