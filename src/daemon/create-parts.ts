import { ProxyMistakes } from "../api/border/proxy-mistakes";
import { linkUrl } from "../auth/links";
import { Sealer } from "../auth/sealing";
import type { Config } from "../config";
import { exchangeClockCondition } from "../core/decide/rules/exchange-clock";
import { failingCondition } from "../core/decide/rules/scanner-failing";
import type { ReportSources } from "../ingest/report-sources";
import type { UserRules } from "../rules/user-rules";
import { ExchangeClocks } from "../scanners/exchange-clocks";
import { SettingsService, storedRuntime } from "../settings";
import { AccessStore } from "../store/access";
import { watchReads } from "../store/watch-reads";
import type { Hub } from "../stream/hub";
import { AnswerTally } from "../telemetry/answer-tally";
import { HostGauge } from "../telemetry/host";
import type { Log } from "../telemetry/log";
import { watchLoop } from "../telemetry/loop-lag";
import { createMetrics } from "../telemetry/metrics";
import { version } from "../version";
import { defaultTimeframe, Overview, type Timeframe } from "../views/overview";
import { PreparedOverviews } from "../views/prepared";
import { Writer } from "../writer";
import { accessFor } from "./access";
import { keepAudit } from "./audit";
import type { DaemonDeps } from "./daemon-deps";
import { noteDamage } from "./damage";
import { exchangesOf } from "./exchanges";
import { createHub } from "./hub";
import type { DaemonParts } from "./parts";
import { scanTimesOf } from "./scanners";
import { createScheduler } from "./scans";
import { createSources } from "./sources";
import { systemStatus } from "./status";
import { openStorage } from "./storage";
import { announceStoreFault } from "./store-faults";
import { Suspension } from "./suspension";
import { createUpkeep } from "./upkeep";
import { createRules } from "./user-rules";

/** Monotonic, ms: durations only. */
const elapsed = () => performance.now();
const noNames = { sources: [], scanners: [], exchanges: [], rules: [] };

/** What is known only once the parts are made. */
export type Later = Pick<DaemonParts, "sections" | "configRefused" | "certificate">;

/** Makes what sections are made of; it is let go of with the stack. Nothing is read or answered yet. Throws StartError, ConfigError and StoreError. */
export async function createParts(
  config: Config,
  { log, url, later, ...deps }: DaemonDeps & { readonly log: Log; readonly url: string; readonly later: Later },
  stack: AsyncDisposableStack,
): Promise<DaemonParts> {
  const { now = Date.now, wallClock = Date.now, demo = false, inTurn = false } = deps;
  // Who brings a clock has scans due by it.
  const scanElapsed = deps.now ?? elapsed;
  const clocked = { log, now, elapsed, scanElapsed };
  const storage = openStorage(config, deps.durable ?? true, log, stack);
  const { database, reader, storeWriter } = storage;
  const metrics = createMetrics({ version, mode: demo ? "demo" : "live", groups: noNames });
  // The process' own, whatever clock the daemon goes by.
  metrics.startTime.set(Date.now() / 1000 - process.uptime());
  const loop = stack.use(watchLoop(elapsed));
  const overview = new Overview(exchangesOf(config).map(({ name }) => name));
  overview.load(reader, now());
  const overviewAt = (timeframe: Timeframe) => overview.at(timeframe, now(), systemStatus(parts), demo);
  let lastCommitAt: number | null = null;

  const settings = new SettingsService(config, storedRuntime(reader));
  const rules: UserRules = stack.use(createRules({ ...clocked, metrics, writer: () => writer }));
  (await rules.prepare(config)).take();
  const writer: Writer = new Writer({
    storeWriter,
    settings: () => settings.settings,
    runRules: (inputs, holding) => rules.run(inputs, holding),
    now,
    elapsed,
    committed(news) {
      lastCommitAt = now();
      for (const section of later.sections) section.committed?.(news);
    },
    faulted: (fault, error) => announceStoreFault({ ...clocked, metrics, sources, overview, hub }, fault, error),
  });
  watchReads(database, (error) => noteDamage(writer, error));
  const suspension = new Suspension(wallClock, (forMs) => {
    log.warn(
      { seconds: Math.round(forMs / 1000) },
      "the process was suspended, or the clock set ahead; the folders are looked at anew",
    );
    sources.wake();
  });
  const sources: ReportSources = createSources({
    ...clocked,
    writer,
    reader,
    metrics,
    noticeSuspension: () => suspension.check(),
  });
  const snapshot = () => overviewAt(defaultTimeframe);
  const hub: Hub = createHub({ config, settings, reader, storeWriter, metrics, now, snapshot });
  const conditionOf = (scanner: string) => failingCondition(storeWriter.state, scanner);
  const scheduler = stack.use(
    createScheduler({ writer, metrics, log, now, elapsed: scanElapsed, inTurn, conditionOf }),
  );
  const times = scanTimesOf(() => settings.config);
  const clocks = new ExchangeClocks({
    conditionOf: (exchange) => exchangeClockCondition(storeWriter.state, exchange),
    report: (exchange, aheadMs) =>
      void writer.submit({ observation: { kind: "exchange-clock", exchange, aheadMs, receivedAt: now() }, file: null }),
  });
  const upkeep = createUpkeep(
    { ...clocked, ...storage, writer, settings, metrics, integrityBeginsAfterMs: deps.integrityBeginsAfterMs },
    stack,
  );
  const sealer = new Sealer(config.data);
  const audit = keepAudit(database, log);
  const authServices = accessFor({
    config: () => settings.config,
    database,
    now,
    audit,
    sealer,
    log,
    ended: () => hub.closeUnwelcome(),
  });
  // What the config file says of it by now: an address is for whoever asks next.
  const publicUrl = () => settings.config.publicUrl ?? `${url}${settings.config.basePath}`;
  const parts: DaemonParts = {
    started: config,
    url,
    publicUrl,
    createLink: () => linkUrl(publicUrl(), authServices.links.create()),
    mistakes: new ProxyMistakes({ now, onMistake: (message) => log.warn(message) }),
    ...clocked,
    ...storage,
    ...upkeep,
    metrics,
    wallClock,
    startedAt: elapsed(),
    demo,
    rateLimitMs: deps.rateLimitMs,
    clocks,
    writer,
    settings,
    rules,
    suspension,
    sources,
    scheduler,
    times,
    overview,
    prepared: new PreparedOverviews(overview, overviewAt, elapsed, (seconds) =>
      metrics.viewSeconds.observe(seconds, { view: "overview" }),
    ),
    hub,
    accounts: new AccessStore(database),
    sealer,
    authServices,
    audit,
    host: new HostGauge(config.data),
    loopLag: loop.worst,
    answers: new AnswerTally(elapsed),
    lastCommitAt: () => lastCommitAt,
    configRefused: () => later.configRefused(),
    certificate: () => later.certificate(),
    sections: later.sections,
  };
  return parts;
}
