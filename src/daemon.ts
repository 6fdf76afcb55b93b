import { randomUUID } from "node:crypto";
import { ProxyMistakes } from "./api/border/proxy-mistakes";
import { linkUrl } from "./auth/links";
import { unreadableFactors } from "./auth/sealed-factors";
import { Sealer } from "./auth/sealing";
import type { Config } from "./config";
import { accessFor } from "./daemon/access";
import { systemStatus, type Parts } from "./daemon/api-deps";
import { keepAudit, logAuditHead } from "./daemon/audit";
import { followConfigFile } from "./daemon/config-file";
import { claim } from "./daemon/claims";
import { countNews } from "./daemon/count-news";
import { configuredOf } from "./daemon/configured";
import { announceHeldBack } from "./daemon/held-back";
import { QueryThreads } from "./daemon/query-threads";
import { intakeOf } from "./daemon/intake";
import { warnOfExposure } from "./daemon/exposure";
import { queriesOf } from "./daemon/queries";
import { listen, urlOf } from "./daemon/listen";
import { logNews } from "./daemon/log-news";
import { ExchangeClocks } from "./daemon/exchange-clocks";
import { keepEpisodes, storedEpisodes } from "./daemon/episodes";
import { exchangesOf, Markets } from "./daemon/markets";
import { judgeStart, logObstacles } from "./daemon/obstacles";
import { ownerApiOf } from "./daemon/owner-api";
import { groupsOf } from "./daemon/groups";
import { scannersOf, scanTimesOf } from "./daemon/scanners";
import { createScheduler } from "./daemon/scans";
import { StartError } from "./daemon/start-error";
import { Suspension } from "./daemon/suspension";
import { releaseMemoryAfterBursts } from "./daemon/release-memory";
import { CertificateRenewal } from "./daemon/tls";
import { untilAborted } from "./daemon/until-aborted";
import { Checkpoints } from "./daemon/checkpoints";
import { IntegrityCheck } from "./daemon/integrity";
import { noteDamage } from "./daemon/damage";
import { storeAlert } from "./daemon/store-alert";
import { RetentionKeeper } from "./daemon/retention";
import { startMaintenance } from "./daemon/maintenance";
import { createWeb } from "./daemon/web";
import type { Figure } from "./core/figure";
import { configRefusedFingerprint } from "./core/decide/rules/config-refused";
import { exchangeClockCondition } from "./core/decide/rules/exchange-clock";
import { failingCondition } from "./core/decide/rules/scanner-failing";
import { Writer, type Committed } from "./writer";
import type { Progress } from "./ingest/ports";
import { ReportSources } from "./ingest/report-sources";
import type { SystemGauges } from "./scanners/system";
import { UserRules } from "./rules/user-rules";
import { describeSettings, SettingsService, storedRuntime } from "./settings";
import { DamagedRow, damageOf, storeFaultOf } from "./store/fault";
import type { StoreFault } from "./core/store-fault";
import { newestBackupAt } from "./store/backup";
import { StoreWriter } from "./store/writer";
import { asStoreError, databasePath, openForWriting, type WritableDatabase, type StoreError } from "./store/db";
import { watchReads } from "./store/watch-reads";
import { AccessStore } from "./store/access";
import { Reader } from "./store/reader";
import { prepareGauges } from "./store/gauges";
import { Hub } from "./stream/hub";
import { ReplayBuffer } from "./stream/replay-buffer";
import type { SocketData } from "./stream/socket";
import { AnswerTally } from "./telemetry/answer-tally";
import { HostGauge } from "./telemetry/host";
import { createLog, type Log } from "./telemetry/log";
import { watchLoop } from "./telemetry/loop-lag";
import { createMetrics } from "./telemetry/metrics";
import { version } from "./version";
import { defaultTimeframe, Overview } from "./views/overview";
import { PreparedOverviews } from "./views/prepared";
import { isoOf } from "./views/shape";

/** The running desk. Disposing of it finishes what was begun and lets go of everything. */
export interface Daemon extends AsyncDisposable {
  /** Where it listens: http://host:port */
  readonly url: string;
  /** Where people find its page: the public URL, else where it listens with the base path. */
  readonly publicUrl: string;
  /** A one-time link for the machine's owner. */
  createLink(): string;
  /** Accounts are required and there is none yet: only such a link leads in. */
  readonly lacksAccount: boolean;
  /** Looks at one source now, or at every one. */
  scan(source?: string): Promise<void>;
  /** Lets time pass now, as it does by itself every second. */
  tick(): void;
  /** Resolves when nothing that was heard of waits to be read, and no scan is under way. */
  settled(): Promise<void>;
  /** Files seen half-written that may still be completed. */
  halfWritten(): number;
}

/** What tests and the demo bring of their own. */
export interface DaemonDeps {
  /** Wall clock, epoch ms. Who brings one brings both: scans are due by it too. */
  readonly now?: () => number;
  readonly log?: Log;
  /** The machine's own clock, epoch ms: where it leaps, the process was suspended. */
  readonly wallClock?: () => number;
  /** Aborted: it is to stop, be it started or not. */
  readonly signal?: AbortSignal;
  /** Another process writes to the data folder and nothing is stored any more, or nothing listens any more: it is to stop for this reason. */
  readonly ousted?: (why: StoreError | StartError) => void;
  /** False: time passes only when `tick` is called. */
  readonly ticking?: boolean;
  /** False: nothing outside is read but the folders. */
  readonly scanning?: boolean;
  /** True: everything it says is about a simulation, and says so. */
  readonly demo?: boolean;
  /** Rest between two requests to an exchange, ms; its own where left out. A simulated one needs none. */
  readonly rateLimitMs?: number;
  /** How long after the start the database begins to be looked through, ms; its own where left out. */
  readonly integrityBeginsAfterMs?: number;
  /** False: a power cut may take what was committed, and no commit waits for the disk. */
  readonly durable?: boolean;
  /** True: scans that are due at one time run one after the other, always in the same order. */
  readonly inTurn?: boolean;
}

/** Monotonic, ms: durations only. */
const elapsed = () => performance.now();

const tickEveryMs = 1000;
const rememberUsesEveryMs = 30_000;
const endSocketsEveryMs = 500;
/** How long the start waits for the first look; a longer one goes on while the daemon answers. */
const firstScanWaitMs = 3000;

/** Wires everything and starts it. Throws StartError, ConfigError or StoreError, and then nothing runs. */
export async function startDaemon(config: Config, deps: DaemonDeps = {}): Promise<Daemon> {
  try {
    return await wire(config, deps);
  } catch (error) {
    // Whichever page is damaged, and whoever met it.
    throw damageOf(error) === null ? error : asStoreError(databasePath(config.data), error);
  }
}

async function wire(config: Config, deps: DaemonDeps): Promise<Daemon> {
  const now = deps.now ?? Date.now;
  const demo = deps.demo ?? false;
  const log = deps.log ?? createLog({ format: config.logFormat, level: config.logLevel });
  // What stands in the way is said before anything is begun.
  const { obstacles, certificate } = await judgeStart(config, now());
  if (obstacles.length > 0) throw new StartError(logObstacles(obstacles));
  if (config.connections === Number.POSITIVE_INFINITY)
    log.warn("VIRTUOSO_RATE_LIMITS=off: nothing limits requests and connections; for load tests only");

  await using stack = new AsyncDisposableStack();
  const claims = stack.use(await claim<SocketData>(config, certificate));
  const database = stack.use(
    openForWriting(config.data, { durable: deps.durable ?? true, waits: false, migrating: (what) => log.warn(what) }),
  );
  logArrival(database, log);
  const reader = new Reader(database);
  const far = stack.use(new QueryThreads(config.data));
  const queries = queriesOf(database, far);
  const storeWriter = new StoreWriter(database, randomUUID);
  const metrics = createMetrics({ version, mode: demo ? "demo" : "live", groups: groupsOf(config) });
  // The process' own, whatever clock the desk goes by.
  metrics.startTime.set(Date.now() / 1000 - process.uptime());
  const host = new HostGauge(config.data);
  const loop = stack.use(watchLoop(elapsed));
  const overview = new Overview(exchangesOf(config).map(({ name }) => name));
  overview.load(reader, now());
  let lastCommitAt: number | null = null;
  let configRefused: string | null = null;

  const settings = new SettingsService(config, storedRuntime(reader));
  const rules = stack.use(
    new UserRules(elapsed, {
      took: (rule, seconds) => metrics.ruleSeconds.observe(seconds, { rule }),
      slow: (rule, tookMs) =>
        void writer.submit({ observation: { kind: "rule-slow", rule, tookMs, receivedAt: now() }, file: null }),
      unhandled: (rule, what) =>
        void writer.submit({ observation: { kind: "rule-unhandled", rule, what, receivedAt: now() }, file: null }),
      troubled: (why) => log.error(why),
    }),
  );
  (await rules.prepare(config)).take();
  const writer: Writer = new Writer({
    storeWriter,
    settings: () => settings.settings,
    runRules: (inputs, holding) => rules.run(inputs, holding),
    now,
    elapsed,
    committed: publish,
    faulted,
  });
  watchReads(database, (error) => noteDamage(writer, error));
  const wallClock = deps.wallClock ?? Date.now;
  const suspension = new Suspension(wallClock, (forMs) => {
    log.warn(
      { seconds: Math.round(forMs / 1000) },
      "the process was suspended, or the clock set ahead; the folders are looked at anew",
    );
    sources.wake();
  });
  const sources: ReportSources = new ReportSources({
    intake: intakeOf(writer, reader),
    now,
    elapsed,
    noticeSuspension: () => suspension.check(),
    events: {
      handled(source, outcome, seconds, path) {
        metrics.reports.inc({ source, outcome });
        if (outcome === "read" || outcome === "refused") metrics.reportIngest.observe(seconds);
        else log.debug({ source, file: path, outcome }, "report not taken in");
      },
      progressed: (source, progress) => logProgress(log, source, progress),
    },
  });
  const hub: Hub = new Hub({
    epoch: storeWriter.epoch,
    version,
    config: () => settings.tunables,
    replayBuffer: new ReplayBuffer(reader, storeWriter.seq, (error) => storeFaultOf(error) !== null),
    heartbeatMs: config.heartbeatMs,
    limits: { connections: config.connections, perAddress: config.connectionsPerAddress },
    snapshot: () => overview.at(defaultTimeframe, now(), systemStatus(parts), demo),
    isoNow: () => isoOf(now()),
    sent: (type) => metrics.messages.inc({ type }),
    resumed: (outcome) => metrics.resumes.inc({ outcome }),
    dropped: (reason) => metrics.dropped.inc({ reason }),
  });
  const scanElapsed = deps.now ?? elapsed;
  const times = scanTimesOf(() => settings.config);
  const scheduler = stack.use(
    createScheduler({
      writer,
      metrics,
      log,
      now,
      elapsed: scanElapsed,
      inTurn: deps.inTurn ?? false,
      conditionOf: (scanner) => failingCondition(storeWriter.state, scanner),
    }),
  );
  const clocks = new ExchangeClocks({
    conditionOf: (exchange) => exchangeClockCondition(storeWriter.state, exchange),
    report: (exchange, aheadMs) =>
      void writer.submit({ observation: { kind: "exchange-clock", exchange, aheadMs, receivedAt: now() }, file: null }),
  });
  const markets = new Markets(exchangesOf(config), {
    database,
    log,
    now,
    elapsed,
    scanElapsed,
    revised(exchange, symbol, timeframe, count) {
      metrics.candlesRevised.inc({ exchange }, count);
      log.info({ exchange, symbol, timeframe, candles: count }, "closed candles were corrected by the exchange");
    },
    clockRead: (exchange, aheadMs) => clocks.observe(exchange, aheadMs),
    regimeBefore: (exchange) => reader.latestRegime(exchange),
    submit: (observation) => writer.submit({ observation, file: null }),
    times,
    onRequest(exchange, outcome, seconds) {
      metrics.exchangeRequests.inc({ exchange, outcome });
      metrics.exchangeSeconds.observe(seconds, { exchange });
    },
    ...(deps.rateLimitMs === undefined ? {} : { rateLimitMs: deps.rateLimitMs }),
    scanIntervalMs: () => settings.settings.scanIntervalMs,
    episodes: storedEpisodes(reader),
    keepEpisodes: (episodes) => void writer.maintain(() => keepEpisodes(storeWriter, episodes)),
  });
  const checkpoints = stack.use(
    new Checkpoints({
      database,
      failed: (why) =>
        log.warn(
          { why },
          "the write-ahead log could not be copied into the database beside the writer; the writer does it where the log grows on",
        ),
    }),
  );
  const retention = stack.use(
    new RetentionKeeper({
      writer,
      storeWriter,
      database,
      reader,
      now,
      elapsed: scanElapsed,
      kept: () => settings.config.retention,
      waits: () => checkpoints.isCopying,
      stepped: (seconds) => metrics.databaseSteps.observe(seconds, { step: "prune" }),
      removed: (kind, rows) => metrics.retentionRemoved.inc({ kind }, rows),
      doubted: (ahead) =>
        log[ahead === null ? "info" : "warn"](
          ahead === null ? {} : { aheadSeconds: Math.round(ahead.byMs / 1000) },
          ahead === null
            ? "the clock is believed: retention goes on"
            : "the clock is further on than the time that passed: nothing old is removed until it was steady for 24 h or virtuoso clock confirm says that it is right",
        ),
    }),
  );
  const integrity = stack.use(
    new IntegrityCheck({
      path: database.path,
      now,
      damaged: (table, found) => noteDamage(writer, new DamagedRow(`the check of ${table}: ${found}`)),
      failed: (why) => log.warn({ why }, "the database could not be looked through; it is tried again"),
      beginsAfterMs: deps.integrityBeginsAfterMs,
    }),
  );
  const sealer = new Sealer(config.data);
  const accounts = new AccessStore(database);
  const parts: Parts = {
    unreadableFactors: () => unreadableFactors(accounts, sealer),
    writer,
    storeWriter,
    reader,
    queries,
    far,
    settings,
    rules,
    retention,
    integrity,
    sources,
    overview,
    hub,
    markets,
    clocks,
    scheduler,
    metrics,
    host,
    now,
    elapsed,
    demo,
    storeGauges: prepareGauges(database),
    loopLag: loop.worst,
    answers: new AnswerTally(elapsed),
    wallClock,
    startedAt: elapsed(),
    lastCommitAt: () => lastCommitAt,
    configRefused: () => configRefused,
    certificate: () => renewal.status,
  };
  const prepared = new PreparedOverviews(
    overview,
    (timeframe) => overview.at(timeframe, now(), systemStatus(parts), demo),
    elapsed,
    (seconds) => metrics.viewSeconds.observe(seconds, { view: "overview" }),
  );

  /** After the commit: memory, sockets, metrics, log. */
  function publish(news: Committed): void {
    const committedAt = elapsed();
    lastCommitAt = now();
    overview.apply(news.recorded);
    hub.publish(news.events, storeWriter.seq);
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
    const before = overview.unstored;
    const storeAlerts = fault === null ? [] : [storeAlert(fault, now())];
    overview.putUnstored(storeAlerts);
    const ended = before.map((alert) => ({
      ...alert,
      state: "resolved" as const,
      ended_at: isoOf(now()),
      end_reason: "condition-over" as const,
    }));
    for (const alert of ended) hub.announce({ type: "alert_changed", timestamp: isoOf(now()), alert });
    for (const alert of storeAlerts) hub.announce({ type: "new_alert", timestamp: isoOf(now()), alert });
    hub.announce({ type: "store_fault", timestamp: isoOf(now()), fault });
    hub.broadcastSnapshot();
  }

  function heedRefusal(why: string | null): void {
    if (why === configRefused) return;
    configRefused = why;
    void writer.submit({ observation: { kind: "config-read", refused: why, receivedAt: now() }, file: null });
  }

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
  const mistakes = new ProxyMistakes({ now, onMistake: (message) => log.warn(message) });
  let { server } = claims;
  const url = urlOf(server, config);
  // What the config file says of it by now: an address is for whoever asks next.
  const publicUrl = () => settings.config.publicUrl ?? `${url}${settings.config.basePath}`;
  const createLink = () => linkUrl(publicUrl(), authServices.links.create());
  const owner = ownerApiOf(parts, prepared, { url, audit, createLink, mistakes, started: config });
  const { front, control } = createWeb(parts, prepared, { database, log, authServices, audit, mistakes, owner });
  const serving = { front, websocket: hub.handler };
  server.reload({ fetch: serving.front, websocket: serving.websocket });
  stack.defer(() => server.stop(true));
  // Let go of before the server: its sockets are told that it goes, not cut.
  stack.use(hub);
  hub.attach(server);
  const renewal = stack.use(
    new CertificateRenewal(config, certificate, {
      log,
      now,
      changed(certificate) {
        // What is under way is finished by the old one; sockets come back and are told what they missed.
        const { port = config.port } = server;
        void server.stop();
        server = listen({ host: config.host, port }, serving, certificate);
        hub.moveTo(server);
      },
      lost: (why) => {
        log.error(`with the new certificate nothing can be served, and it stops: ${why.message}`);
        // Where nobody hears of it, it ends the process.
        if (deps.ousted === undefined) throw why;
        deps.ousted(why);
      },
      served: (certificate) => writer.consider({ kind: "certificate-read", receivedAt: now(), certificate }),
    }),
  );
  stack.use(warnOfExposure(config, log));
  claims.control.answerWith(control);
  stack.use(claims.control);

  stack.use(writer);
  stack.use(sources);
  recordStartSettings(reader, settings, writer);
  writer.consider(configuredOf(config, now()));
  renewal.publish();
  // It was mended while nobody looked: no start goes by a config that is refused.
  if (storeWriter.state.get("condition", configRefusedFingerprint))
    void writer.submit({ observation: { kind: "config-read", refused: null, receivedAt: now() }, file: null });
  const gauges: SystemGauges = {
    measureHost: () => host.measure(),
    cpuSeconds: () => (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
    loopLag: loop.worst,
    answers: () => parts.answers.readings(),
    backedUpAt: () => newestBackupAt(settings.config.backup.dir),
    clockAhead: () => (retention.doubt?.byMs ?? 0) / 1000,
    databaseBytes: () => (writer.fault === null ? reader.sizeBytes() : null),
    now,
    elapsed: scanElapsed,
    measured: (readings) => writer.consider({ kind: "host-measured", receivedAt: now(), readings }),
  };
  const figureDeps = { now, onFigures: (onFigures: readonly Figure[]) => overview.putFigures(onFigures) };
  scheduler.follow(deps.scanning === false ? [] : scannersOf(config, markets, gauges, figureDeps, times));
  stack.defer(() => void writer.maintain(() => authServices.flush({ last: true })));
  const remembering = setInterval(() => writer.maintain(() => authServices.flush()), rememberUsesEveryMs);
  stack.defer(() => clearInterval(remembering));
  // A session ends by itself too: its sockets with it, within the second.
  const leaving = setInterval(() => hub.closeUnwelcome(), endSocketsEveryMs);
  stack.defer(() => clearInterval(leaving));
  const tick = () => {
    suspension.check();
    writer.tick();
    scheduler.tick();
  };
  if (deps.ticking !== false) {
    const timer = setInterval(tick, tickEveryMs);
    stack.defer(() => clearInterval(timer));
    stack.use(
      releaseMemoryAfterBursts(
        { observed: () => storeWriter.seq, answered: () => parts.answers.total, looking: () => far.isLooking },
        () => Bun.gc(true),
      ),
    );
  }
  stack.use(startMaintenance({ writer, path: database.path, claims, log, ousted: (why) => deps.ousted?.(why) }));
  checkpoints.start();
  retention.start();
  integrity.start();
  stack.use(announceHeldBack(hub, overview, now));
  stack.use(logAuditHead(database, log));
  stack.use(
    followConfigFile(config, {
      log,
      refused: heedRefusal,
      changed: async (fresh) => {
        const prepared = await rules.prepare(fresh);
        if (!settings.reload(writer, fresh)) {
          prepared.drop();
          return false;
        }
        prepared.take();
        writer.consider(configuredOf(fresh, now()));
        metrics.know(groupsOf(fresh));
        scheduler.follow(deps.scanning === false ? [] : scannersOf(fresh, markets, gauges, figureDeps, times));
        await sources.follow(fresh.sources);
        return true;
      },
    }),
  );

  await Promise.race([
    sources.follow(config.sources),
    Bun.sleep(firstScanWaitMs),
    ...(deps.signal ? [untilAborted(deps.signal)] : []),
  ]);
  const running = stack.move();
  return {
    url,
    get publicUrl() {
      return publicUrl();
    },
    createLink,
    get lacksAccount() {
      return authServices.required && authServices.accounts.none;
    },
    scan: (source) => sources.scan(source),
    tick,
    settled: async () => void (await Promise.all([sources.settled(), scheduler.settled()])),
    halfWritten: () => sources.all.reduce((count, source) => count + source.waiting, 0),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function logArrival({ path, arrival: { copiedIn, setAside } }: WritableDatabase, log: Log): void {
  if (setAside !== null)
    log.warn(
      { kept: setAside },
      `beside ${path} lay the log of another database: it was set aside, and nothing of it was taken over`,
    );
  if (copiedIn)
    log.warn(
      `${path} is not known to be the one last written here (a restored copy, one that was moved, or of an earlier version): it got a new epoch, and whoever is connected starts afresh`,
    );
}

function logProgress(log: Log, source: string, { state, read, total, why }: Progress): void {
  if (state === "first-look" && total > 0 && read % 1000 === 0) log.info({ source, read, total }, "first look");
  if (state === "unreachable") log.warn({ source, why }, "the folder cannot be read; it is looked for every 15 s");
  if (state === "watching") log.info({ source, read }, "watching");
}

/** What holds from the start on, where it is not what held last: replay must know. */
function recordStartSettings(reader: Reader, settings: SettingsService, writer: Writer): void {
  const last = reader.settingsHistory(1)[0];
  if (last?.settings === describeSettings(settings.settings)) return;
  settings.begin(writer, last?.settings ?? null);
}
