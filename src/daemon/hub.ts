import type { Config } from "../config";
import type { SettingsService } from "../settings";
import { storeFaultOf } from "../store/fault";
import type { Reader } from "../store/reader";
import type { StoreWriter } from "../store/writer";
import { Hub } from "../stream/hub";
import { ReplayBuffer } from "../stream/replay-buffer";
import type { Metrics } from "../telemetry/metrics";
import { version } from "../version";
import { isoOf } from "../views/shape";
import type { OverviewShape } from "../views/overview-shape";

/** The sockets' hub, with what it sends counted. `snapshot`: the overview as it is now. */
export function createHub(deps: {
  readonly config: Config;
  readonly settings: SettingsService;
  readonly reader: Reader;
  readonly storeWriter: StoreWriter;
  readonly metrics: Metrics;
  readonly now: () => number;
  readonly snapshot: () => OverviewShape;
}): Hub {
  const { config, settings, reader, storeWriter, metrics, now, snapshot } = deps;
  return new Hub({
    epoch: storeWriter.epoch,
    version,
    config: () => settings.tunables,
    replayBuffer: new ReplayBuffer(reader, storeWriter.seq, (error) => storeFaultOf(error) !== null),
    heartbeatMs: config.heartbeatMs,
    limits: { connections: config.connections, perAddress: config.connectionsPerAddress },
    snapshot,
    isoNow: () => isoOf(now()),
    sent: (type) => metrics.messages.inc({ type }),
    resumed: (outcome) => metrics.resumes.inc({ outcome }),
    dropped: (reason) => metrics.dropped.inc({ reason }),
  });
}
