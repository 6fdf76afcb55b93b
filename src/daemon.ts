import { randomUUID } from "node:crypto";
import { createApp } from "./api/app";
import { createAssets } from "./api/assets";
import { createControl } from "./api/control";
import { createFront } from "./api/front";
import { isLoopback } from "./api/hosts";
import { Problem } from "./api/problems";
import type { Config } from "./config";
import type { UserRule } from "./core/settings";
import { ruleMayTakeMs } from "./core/rules/user-rule";
import { answersFor, changeConfig, healthOf, sourceShapes, systemStatus, type Parts } from "./daemon/answers";
import { claimControlSocket, listenForControl } from "./daemon/control-socket";
import { followConfigFile } from "./daemon/config-file";
import { countNews } from "./daemon/count-news";
import { exchangesOf, Markets } from "./daemon/markets";
import { intakeOf } from "./daemon/intake";
import { hostsOf, listen, urlOf } from "./daemon/listen";
import { logNews } from "./daemon/log-news";
import { previewChange } from "./daemon/preview";
import { createScheduler } from "./daemon/scans";
import { StartError } from "./daemon/start-error";
import { Desk, type Committed } from "./desk";
import { ReportSources, whyNotAFolder } from "./ingest/report-sources";
import type { Scanner, Scheduler } from "./scanners/scheduler";
import { systemScanner } from "./scanners/system";
import { describeSettings, SettingsDesk, storedRuntime } from "./settings-desk";
import type { StoreFault } from "./store/fault";
import { fileIdentity } from "./store/file-identity";
import { Ledger } from "./store/ledger";
import { openForWriting, type Opened } from "./store/open";
import { pruneStep } from "./store/prune";
import { Reader } from "./store/reader";
import { Hub, type SocketData } from "./stream/hub";
import { Journal } from "./stream/journal";
import { HostGauge } from "./telemetry/host";
import { createLog, type Log } from "./telemetry/log";
import { watchLoop } from "./telemetry/loop-lag";
import { createMetrics } from "./telemetry/metrics";
import { version } from "./version";
import { defaultTopics, topics } from "./views/frames";
import { defaultTimeframe, Overview } from "./views/overview";
import { isTimeframe, PreparedOverviews } from "./views/prepared";
import { isoOf } from "./views/shape";

/** The running desk. Disposing of it finishes what was begun and lets go of everything. */
export interface Daemon extends AsyncDisposable {
  /** Where its page is: http://host:port */
  readonly url: string;
  /** Looks at every source now. */
  look(): Promise<void>;
  /** Lets time pass now, as it does by itself every second. */
  tick(): void;
}

/** What tests and the demo bring of their own. */
export interface DaemonDeps {
  /** Wall clock, epoch ms. */
  readonly now?: () => number;
  readonly log?: Log;
  /** False: time passes only when `tick` is called. */
  readonly ticking?: boolean;
  /** False: nothing outside is read but the folders. */
  readonly scanning?: boolean;
}

/** Monotonic, ms: durations only. */
const elapsed = () => performance.now();

const tickEveryMs = 1000;
const probeEveryMs = 2000;
const pruneEveryMs = 60_000;
const heldBackEveryMs = 1000;
/** How long the start waits for the first look; a longer one goes on while the daemon answers. */
const firstLookWaitMs = 3000;

/** Wires everything and starts it. Throws StartError, ConfigError or StoreError, and then nothing runs. */
export async function startDaemon(config: Config, deps: DaemonDeps = {}): Promise<Daemon> {
  const now = deps.now ?? Date.now;
  const log = deps.log ?? createLog({ format: config.logFormat, level: config.logLevel });
  if (!isLoopback(config.host)) {
    throw new StartError(`--host ${config.host}: until accounts exist only loopback is served (127.0.0.1, ::1 or localhost), for anybody who reaches it may read and change everything`);
  }
  for (const { name, dir } of config.sources) {
    const why = await whyNotAFolder(dir);
    if (why !== null) throw new StartError(`the folder of the source ${name} cannot be used: ${dir}: ${why}`);
  }
  await claimControlSocket(config.data);

  await using stack = new AsyncDisposableStack();
  const opened = stack.use(openForWriting(config.data));
  const reader = new Reader(opened);
  const ledger = new Ledger(opened, randomUUID);
  const metrics = createMetrics({ version, mode: "live", sources: config.sources.map(({ name }) => name), scanners: scannerNames(config) });
  metrics.startTime.set((now() - process.uptime() * 1000) / 1000);
  const host = new HostGauge(config.data);
  const loop = stack.use(watchLoop(elapsed));
  const overview = new Overview();
  overview.load(reader, now());
  let lastCommitAt: number | null = null;
  let heldBackTold = "";

  const settings = new SettingsDesk(config, storedRuntime(reader), (rule) => timed(rule));
  const desk: Desk = new Desk({ ledger, settings: () => settings.settings, now, elapsed, committed: tell, faulted });
  const sources = new ReportSources({
    intake: intakeOf(desk, reader),
    now,
    elapsed,
    events: {
      handled(source, outcome, seconds, path) {
        metrics.reports.inc({ source, outcome });
        if (outcome === "read" || outcome === "refused") metrics.reportIngest.observe(seconds);
        else log.debug({ source, file: path, outcome }, "report not taken in");
      },
      progressed: (source, progress) => progressed(source, progress),
    },
  });
  const hub: Hub = stack.use(
    new Hub({
      epoch: ledger.epoch,
      journal: new Journal(reader, ledger.seq),
      topics: [...topics] as [string, ...string[]],
      defaultTopics,
      heartbeatMs: config.heartbeatMs,
      limits: { connections: config.connections, perAddress: config.connectionsPerAddress },
      snapshot: () => JSON.stringify(overview.at(defaultTimeframe, now(), systemStatus(parts), false)),
      isoNow: () => isoOf(now()),
      sent: (type) => metrics.messages.inc({ type }),
      dropped: (reason) => metrics.dropped.inc({ reason }),
    }),
  );
  const scanElapsed = deps.now ?? elapsed;
  const scheduler = stack.use(createScheduler({ desk, metrics, log, now, elapsed: scanElapsed }));
  const markets = new Markets(exchangesOf(config), {
    opened,
    log,
    now,
    elapsed,
    regimeBefore: (exchange) => reader.latestRegime(exchange),
    submit: (observation) => desk.submit({ observation, file: null }),
    times,
    scanIntervalMs: () => settings.settings.scanIntervalMs,
  });
  const parts: Parts = {
    desk, ledger, reader, settings, sources, overview, hub, markets, scheduler, metrics, host, now, elapsed,
    loopLag: loop.worst,
    startedAt: elapsed(),
    demo: false,
    lastCommitAt: () => lastCommitAt,
  };
  const prepared = new PreparedOverviews(overview, (timeframe) => overview.at(timeframe, now(), systemStatus(parts), false), elapsed);

  /** After the commit: memory, sockets, metrics, log. */
  function tell(news: Committed): void {
    const committedAt = elapsed();
    lastCommitAt = now();
    overview.apply(news.recorded);
    hub.publish(news.events, ledger.seq);
    metrics.delivery.observe((elapsed() - committedAt) / 1000);
    countNews(metrics, news);
    logNews(log, news.recorded);
  }

  /** By ways that need no disk: the log, a metric, the sockets. */
  function faulted(fault: StoreFault | null, error: unknown): void {
    if (fault === null) {
      log.warn("the database takes what it is given again; what was not stored is read again from the folders");
      void sources.startOver();
    } else {
      metrics.storeFaults.inc({ fault });
      log.error({ fault, err: error }, `nothing can be stored: ${fault}`);
    }
    hub.announce("system", "store_fault", JSON.stringify({ type: "store_fault", timestamp: isoOf(now()), fault }));
    hub.broadcastSnapshot();
  }

  function progressed(source: string, { state, read, total, why }: { state: string; read: number; total: number; why: string | null }): void {
    if (state === "first-look" && total > 0 && read % 1000 === 0) log.info({ source, read, total }, "first look");
    if (state === "unreachable") log.warn({ source, why }, "the folder cannot be read; it is looked for every 15 s");
    if (state === "watching") log.info({ source, read }, "watching");
  }

  /** A rule of the user's own, with its time taken: the pure core has no clock. */
  function timed(rule: UserRule): UserRule {
    let slowestReported = 0;
    return {
      name: rule.name,
      judge: (observation, context) => {
        const startedAt = elapsed();
        try {
          return rule.judge(observation, context);
        } finally {
          const tookMs = elapsed() - startedAt;
          metrics.ruleSeconds.observe({ rule: rule.name }, tookMs / 1000);
          if (tookMs > ruleMayTakeMs && tookMs > 2 * slowestReported) {
            slowestReported = tookMs;
            void desk.submit({ observation: { kind: "rule-slow", rule: rule.name, tookMs: Math.round(tookMs), receivedAt: now() }, file: null });
          }
        }
      },
    };
  }

  const answered = (method: string, route: string, status: number, seconds: number) => {
    metrics.httpRequests.inc({ method, route, status });
    metrics.httpSeconds.observe({ method, route }, seconds);
  };
  const assets = createAssets();
  /** A scanner's own interval and timeout where the config says so. */
  function times(name: string, intervalMs: number, timeoutMs: number): { intervalMs: number; timeoutMs: number } {
    const said = settings.config.file.scanners?.[name];
    return { intervalMs: said?.interval ?? intervalMs, timeoutMs: said?.timeout ?? timeoutMs };
  }

  function scannersOf({ file }: Config): Scanner[] {
    const system = systemScanner(
      {
        measureHost: () => host.measure(),
        cpuSeconds: () => (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
        loopLag: loop.worst,
        databaseBytes: () => (desk.fault === null ? reader.sizeBytes() : null),
        now,
        // Whoever brings a clock brings both: beside another monotonic one it would seem to jump.
        elapsed: scanElapsed,
        measured: (readings) => desk.consider({ kind: "host-measured", receivedAt: now(), readings }),
      },
      times("system", 5000, 10_000),
    );
    return [system, ...markets.scanners()].filter(({ name }) => file.scanners?.[name]?.enabled !== false);
  }

  const app = createApp(
    answersFor(parts, prepared, {
      assets: (path, request) => assets.serve(path, request),
      answered,
      failed: (error) => log.error({ err: error }, "a request failed"),
      preview: (patch) => previewChange(opened, settings, patch, now()),
    }),
  );
  const front = createFront<SocketData>({
    hosts: hostsOf(config),
    upgrade: (request, itself, address) => hub.upgrade(request, itself, address),
    prepared: (timeframe) => {
      if (!isTimeframe(timeframe)) return null;
      const bytes = prepared.get(timeframe);
      metrics.cache.inc({ cache: "overview", outcome: bytes.outcome });
      return bytes;
    },
    app: (request) => app.fetch(request),
    answered,
    elapsed,
  });
  const server = listen(config, front, hub.handler);
  stack.defer(() => server.stop(true));
  hub.attach(server);
  const controlApp = createControl({
    status: () => ({
      ...healthOf(parts, prepared),
      pid: process.pid,
      version,
      url: urlOf(server),
      fault: desk.fault,
      counts: reader.counts(),
      sources: sourceShapes(parts),
      system: systemStatus(parts),
      held_back: overview.heldBack("1d", now()),
    }),
    changeConfig: (change) => changeConfig(parts, change),
    scan: (name) => scanNow(scheduler, name),
    retryQuarantine: (file) => retryQuarantine(reader, sources, file),
    failed: (error) => log.error({ err: error }, "a request on the control socket failed"),
  });
  const control = listenForControl(config.data, (request) => controlApp.fetch(request));
  stack.defer(() => control.stop(true));

  stack.defer(() => desk.flush());
  stack.use(sources);
  scheduler.follow(deps.scanning === false ? [] : scannersOf(settings.config));
  recordStartSettings(reader, settings, desk);
  const identity = fileIdentity(opened.path);
  const every = (ms: number, run: () => void) => {
    const timer = setInterval(run, ms);
    stack.defer(() => clearInterval(timer));
  };
  const tick = () => {
    desk.tick();
    scheduler.tick();
  };
  if (deps.ticking !== false) every(tickEveryMs, tick);
  every(probeEveryMs, () => {
    if (fileIdentity(opened.path) !== identity) desk.lose("missing");
    else if (desk.fault !== null) desk.probe();
  });
  every(pruneEveryMs, () => prune(desk, opened, settings.config, now()));
  every(heldBackEveryMs, () => {
    const counts = JSON.stringify(overview.heldBack(defaultTimeframe, now()));
    if (counts === heldBackTold) return;
    heldBackTold = counts;
    hub.announce("alerts", "held_back", `{"type":"held_back","timestamp":"${isoOf(now())}","counts":${counts}}`);
  });
  stack.use(followConfigFile(config, log, async (fresh) => {
    if (!settings.reload(desk, fresh)) return;
    await sources.follow(fresh.sources);
  }));

  const firstLook = sources.follow(config.sources);
  await Promise.race([firstLook, Bun.sleep(firstLookWaitMs)]);
  const running = stack.move();
  return { url: urlOf(server), look: () => sources.look(), tick, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** Every scanner this config asks for, for metrics that stand at 0 from the start. */
function scannerNames(config: Config): string[] {
  const exchanges = exchangesOf(config);
  return ["system", ...exchanges.flatMap(({ name }) => [`market:${name}`, `candles:${name}`]), ...(exchanges.length > 0 ? ["alpha"] : [])];
}

/** What holds from the start on, where it is not what held last: replay must know. */
function recordStartSettings(reader: Reader, settings: SettingsDesk, desk: Desk): void {
  const last = reader.settingsHistory(1)[0];
  if (last?.settings === describeSettings(settings.settings)) return;
  settings.reload(desk, settings.config);
}

async function scanNow(scheduler: Scheduler, name: string): Promise<object> {
  const names = scheduler.standings().map((standing) => standing.name);
  if (!names.includes(name)) throw new Problem("not-found", `there is no scanner ${name}; there are ${names.join(", ") || "none"}`);
  return scheduler.run(name);
}

function retryQuarantine(reader: Reader, sources: ReportSources, file: string | null): string[] {
  const wanted = reader.listQuarantine().filter(({ path, element }) => file === null || file === path || file === `${path}#${element}`);
  const paths = new Map(wanted.map(({ source, path }) => [`${source} ${path}`, { source, path }]));
  for (const { source, path } of paths.values()) sources.retry(source, path);
  return [...paths.values()].map(({ path }) => path);
}

function prune(desk: Desk, opened: Opened, { retention }: Config, now: number): void {
  const before = (keptMs: number | null) => (keptMs === null ? null : now - keptMs);
  desk.maintain(() => {
    pruneStep(opened, {
      signals: before(retention.signals),
      raw: before(retention.raw),
      decisions: before(retention.decisions),
      events: before(retention.events),
      alerts: before(retention.alerts),
    });
  });
}
