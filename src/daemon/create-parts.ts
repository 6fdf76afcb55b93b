import type { Config } from "../config";
import type { UserRules } from "../rules/user-rules";
import { SettingsService, storedRuntime } from "../settings";
import { AnswerTally } from "../telemetry/answer-tally";
import { HostGauge } from "../telemetry/host";
import type { Log } from "../telemetry/log";
import { watchLoop } from "../telemetry/loop-lag";
import { createMetrics } from "../telemetry/metrics";
import { version } from "../version";
import { createAccess } from "./create-access";
import { createOverview } from "./create-overview";
import { createWriter } from "./create-writer";
import type { DaemonDeps } from "./daemon-deps";
import { createHub } from "./hub";
import type { DaemonParts } from "./parts";
import { createScans } from "./scans";
import { createSources } from "./sources";
import { systemStatus } from "./status";
import { openStorage } from "./storage";
import { createUpkeep } from "./upkeep";
import { createRules } from "./user-rules";

/** Monotonic, ms: durations only. */
const elapsed = () => performance.now();
const noNames = { sources: [], scanners: [], exchanges: [], rules: [], channels: [] };

/** What is known only once the parts are made. */
type Later = Pick<DaemonParts, "sections" | "configRefused" | "certificate">;

/**
 * Makes what sections are made of; it is let go of with the stack. Nothing is read or answered yet. Throws StartError,
 * ConfigError and StoreError.
 */
export async function createParts(
  config: Config,
  { log, url, later, ...deps }: DaemonDeps & { readonly log: Log; readonly url: string; readonly later: Later },
  stack: AsyncDisposableStack,
): Promise<DaemonParts> {
  const { now = Date.now, wallClock = Date.now, demo = false, inTurn = false, rateLimitMs } = deps;
  // Who brings a clock has scans due by it.
  const clocked = { log, now, wallClock, elapsed, scanElapsed: deps.now ?? elapsed };
  const storage = openStorage(config, deps.durable ?? true, log, stack);
  const metrics = createMetrics({ version, mode: demo ? "demo" : "live", groups: noNames });
  // The process' own, whatever clock the daemon goes by.
  metrics.startTime.set(Date.now() / 1000 - process.uptime());
  const loop = stack.use(watchLoop(elapsed));
  const begun = { ...clocked, ...storage, ...later, started: config, url, demo, rateLimitMs, metrics };
  const { snapshot, ...overviews } = createOverview(begun, () => systemStatus(parts));

  const settings = new SettingsService(config, storedRuntime(storage.reader));
  const rules: UserRules = stack.use(createRules(begun, () => writing.writer));
  (await rules.prepare(config)).take();
  const held = { ...begun, settings, rules };
  const writing = createWriter(held, () => ({ ...overviews, ...reading, hub }));
  const reading = createSources({ ...held, ...writing });
  const hub = createHub(held, snapshot);
  const written = { ...held, ...overviews, ...writing, ...reading, hub };

  const parts: DaemonParts = {
    ...written,
    ...createScans(written, inTurn, stack),
    ...createUpkeep(written, deps.integrityBeginsAfterMs, stack),
    ...createAccess(written),
    startedAt: elapsed(),
    host: new HostGauge(config.data),
    loopLag: loop.worst,
    answers: new AnswerTally(elapsed),
  };
  return parts;
}
