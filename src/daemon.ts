import { randomUUID } from "node:crypto";
import { ProxyMistakes } from "./api/border/proxy-mistakes";
import { linkUrl } from "./auth/links";
import { OwnerAccess } from "./auth/owner-access";
import { unreadableFactors } from "./auth/sealed-factors";
import { Sealer } from "./auth/sealing";
import type { Config } from "./config";
import { accessFor } from "./daemon/access";
import { systemStatus, type Parts } from "./daemon/answers";
import { keepAudit, sayAuditHead } from "./daemon/audit";
import { followConfigFile } from "./daemon/config-file";
import { claim } from "./daemon/claims";
import { countNews } from "./daemon/count-news";
import { configuredOf } from "./daemon/configured";
import { tellHeldBack } from "./daemon/held-back";
import { FarLooks } from "./daemon/far-looks";
import { intakeOf } from "./daemon/intake";
import { warnOfExposure } from "./daemon/exposure";
import { looksOf } from "./daemon/looks";
import { listen, urlOf } from "./daemon/listen";
import { logNews } from "./daemon/log-news";
import { ExchangeClocks } from "./daemon/exchange-clocks";
import { keepEpisodes, storedEpisodes } from "./daemon/episodes";
import { exchangesOf, Markets } from "./daemon/markets";
import { judgeStart, sayObstacles } from "./daemon/obstacles";
import { createOwnersDoor } from "./daemon/owner";
import { groupsOf } from "./daemon/groups";
import { scannersOf, scanTimesOf } from "./daemon/scanners";
import { createScheduler } from "./daemon/scans";
import { StartError } from "./daemon/start-error";
import { Suspension } from "./daemon/suspension";
import { sweepAfterBursts } from "./daemon/sweep";
import { CertificateRenewal } from "./daemon/tls";
import { untilAborted } from "./daemon/until-aborted";
import { IntegrityCheck } from "./daemon/integrity";
import { noteDamage } from "./daemon/damage";
import { storeAlert } from "./daemon/store-alert";
import { RetentionKeeper } from "./daemon/retention";
import { keepUp } from "./daemon/upkeep";
import { createWeb } from "./daemon/web";
import type { Figure } from "./core/figure";
import { configRefusedFingerprint } from "./core/rules/config-refused";
import { exchangeClockCondition } from "./core/rules/exchange-clock";
import { failingCondition } from "./core/rules/scanner-failing";
import { Desk, type Committed } from "./desk";
import type { Progress } from "./ingest/ports";
import { ReportSources } from "./ingest/report-sources";
import type { SystemGauges } from "./scanners/system";
import { UserRules } from "./rules/user-rules";
import { describeSettings, SettingsDesk, storedRuntime } from "./settings-desk";
import { DamagedRow, damageOf, storeFaultOf, type StoreFault } from "./store/fault";
import { newestBackupAt } from "./store/backup";
import { Ledger } from "./store/ledger";
import { asStoreError, databasePath, openForWriting, type OpenedForWriting, type StoreError } from "./store/open";
import { watchReads } from "./store/watch-reads";
import { AccessStore } from "./store/access";
import { Reader } from "./store/reader";
import { prepareVitals } from "./store/vitals";
import { Hub, type SocketData } from "./stream/hub";
import { Journal } from "./stream/journal";
import { AnswerTally } from "./telemetry/answer-tally";
import { HostGauge } from "./telemetry/host";
import { createLog, type Log } from "./telemetry/log";
import { watchLoop } from "./telemetry/loop-lag";
import type { FrameType } from "./telemetry/catalogue";
import { createMetrics } from "./telemetry/metrics";
import { version } from "./version";
import { defaultTopics, topics } from "./views/frames";
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
  look(source?: string): Promise<void>;
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
const firstLookWaitMs = 3000;

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
  if (obstacles.length > 0) throw new StartError(sayObstacles(obstacles));
  if (config.connections === Number.POSITIVE_INFINITY) log.warn("VIRTUOSO_RATE_LIMITS=off: nothing limits requests and connections; for load tests only");

  await using stack = new AsyncDisposableStack();
  const claims = stack.use(await claim<SocketData>(config, certificate));
  const opened = stack.use(openForWriting(config.data, { durable: deps.durable ?? true, waits: false, migrating: (what) => log.warn(what) }));
  sayArrival(opened, log);
  const reader = new Reader(opened);
  const far = stack.use(new FarLooks(config.data));
  const looks = looksOf(opened, far);
  const ledger = new Ledger(opened, randomUUID);
  const metrics = createMetrics({ version, mode: demo ? "demo" : "live", groups: groupsOf(config) });
  // The process' own, whatever clock the desk goes by.
  metrics.startTime.set(Date.now() / 1000 - process.uptime());
  const host = new HostGauge(config.data);
  const loop = stack.use(watchLoop(elapsed));
  const overview = new Overview(exchangesOf(config).map(({ name }) => name));
  overview.load(reader, now());
  let lastCommitAt: number | null = null;
  let configRefused: string | null = null;

  const settings = new SettingsDesk(config, storedRuntime(reader));
  const rules = stack.use(
    new UserRules(elapsed, {
      took: (rule, seconds) => metrics.ruleSeconds.observe(seconds, { rule }),
      slow: (rule, tookMs) => void desk.submit({ observation: { kind: "rule-slow", rule, tookMs, receivedAt: now() }, file: null }),
      unhandled: (rule, what) => void desk.submit({ observation: { kind: "rule-unhandled", rule, what, receivedAt: now() }, file: null }),
      troubled: (why) => log.error(why),
    }),
  );
  (await rules.prepare(config)).take();
  const desk: Desk = new Desk({ ledger, settings: () => settings.settings, askRules: (askables, holding) => rules.ask(askables, holding), now, elapsed, committed: tell, faulted });
  watchReads(opened, (error) => noteDamage(desk, error));
  const wallClock = deps.wallClock ?? Date.now;
  const suspension = new Suspension(wallClock, (forMs) => {
    log.warn({ seconds: Math.round(forMs / 1000) }, "the process was suspended, or the clock set ahead; the folders are looked at anew");
    sources.wake();
  });
  const sources: ReportSources = new ReportSources({
    intake: intakeOf(desk, reader),
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
    epoch: ledger.epoch,
    version,
    config: () => settings.tunables,
    journal: new Journal(reader, ledger.seq, (error) => storeFaultOf(error) !== null),
    topics,
    defaultTopics,
    heartbeatMs: config.heartbeatMs,
    limits: { connections: config.connections, perAddress: config.connectionsPerAddress },
    snapshot: () => JSON.stringify(overview.at(defaultTimeframe, now(), systemStatus(parts), demo)),
    isoNow: () => isoOf(now()),
    sent: (type) => metrics.messages.inc({ type: type as FrameType }),
    resumed: (outcome) => metrics.resumes.inc({ outcome }),
    dropped: (reason) => metrics.dropped.inc({ reason }),
  });
  const scanElapsed = deps.now ?? elapsed;
  const times = scanTimesOf(() => settings.config);
  const scheduler = stack.use(createScheduler({ desk, metrics, log, now, elapsed: scanElapsed, inTurn: deps.inTurn ?? false, conditionOf: (scanner) => failingCondition(ledger.state, scanner) }));
  const clocks = new ExchangeClocks({
    conditionOf: (exchange) => exchangeClockCondition(ledger.state, exchange),
    say: (exchange, aheadMs) => void desk.submit({ observation: { kind: "exchange-clock", exchange, aheadMs, receivedAt: now() }, file: null }),
  });
  const markets = new Markets(exchangesOf(config), {
    opened,
    log,
    now,
    elapsed,
    scanElapsed,
    revised(exchange, symbol, timeframe, count) {
      metrics.candlesRevised.inc({ exchange }, count);
      log.info({ exchange, symbol, timeframe, candles: count }, "closed candles were corrected by the exchange");
    },
    clockRead: (exchange, aheadMs) => clocks.hear(exchange, aheadMs),
    regimeBefore: (exchange) => reader.latestRegime(exchange),
    submit: (observation) => desk.submit({ observation, file: null }),
    times,
    asked(exchange, outcome, seconds) {
      metrics.exchangeRequests.inc({ exchange, outcome });
      metrics.exchangeSeconds.observe(seconds, { exchange });
    },
    ...(deps.rateLimitMs === undefined ? {} : { rateLimitMs: deps.rateLimitMs }),
    scanIntervalMs: () => settings.settings.scanIntervalMs,
    episodes: storedEpisodes(reader),
    keepEpisodes: (episodes) => void desk.maintain(() => keepEpisodes(ledger, episodes)),
  });
  const retention = stack.use(
    new RetentionKeeper({
      desk, ledger, opened, reader, now,
      elapsed: scanElapsed,
      kept: () => settings.config.retention,
      stepped: (seconds) => metrics.databaseSteps.observe(seconds, { step: "prune" }),
      removed: (kind, rows) => metrics.retentionRemoved.inc({ kind }, rows),
      doubted: (ahead) => log[ahead === null ? "info" : "warn"](ahead === null ? {} : { aheadSeconds: Math.round(ahead.byMs / 1000) }, ahead === null ? "the clock is believed: retention goes on" : "the clock is further on than the time that passed: nothing old is removed until it was steady for 24 h or virtuoso clock confirm says that it is right"),
    }),
  );
  const integrity = stack.use(
    new IntegrityCheck({
      path: opened.path,
      now,
      damaged: (table, found) => noteDamage(desk, new DamagedRow(`the check of ${table}: ${found}`)),
      failed: (why) => log.warn({ why }, "the database could not be looked through; it is tried again"),
      beginsAfterMs: deps.integrityBeginsAfterMs,
    }),
  );
  const sealer = new Sealer(config.data);
  const accounts = new AccessStore(opened);
  const parts: Parts = {
    unreadableFactors: () => unreadableFactors(accounts, sealer),
    desk, ledger, reader, looks, far, settings, rules, retention, integrity, sources, overview, hub, markets, clocks, scheduler, metrics, host, now, elapsed, demo,
    vitals: prepareVitals(opened),
    loopLag: loop.worst,
    answers: new AnswerTally(elapsed),
    wallClock,
    startedAt: elapsed(),
    lastCommitAt: () => lastCommitAt,
    configRefused: () => configRefused,
    certificate: () => renewal.standing,
  };
  const prepared = new PreparedOverviews(overview, (timeframe) => overview.at(timeframe, now(), systemStatus(parts), demo), elapsed, (seconds) => metrics.viewSeconds.observe(seconds, { view: "overview" }));

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
    const before = overview.unstored;
    const standing = fault === null ? [] : [storeAlert(fault, now())];
    overview.putUnstored(standing);
    const ended = before.map((alert) => ({ ...alert, state: "resolved" as const, ended_at: isoOf(now()), end_reason: "condition-over" as const }));
    for (const alert of ended) hub.announce("alerts", "event", JSON.stringify({ type: "alert_changed", timestamp: isoOf(now()), alert }));
    for (const alert of standing) hub.announce("alerts", "event", JSON.stringify({ type: "new_alert", timestamp: isoOf(now()), alert }));
    hub.announce("system", "store_fault", JSON.stringify({ type: "store_fault", timestamp: isoOf(now()), fault }));
    hub.broadcastSnapshot();
  }

  function heedRefusal(why: string | null): void {
    if (why === configRefused) return;
    configRefused = why;
    void desk.submit({ observation: { kind: "config-read", refused: why, receivedAt: now() }, file: null });
  }

  const audit = keepAudit(opened, log);
  const accessDesk = accessFor({ config: () => settings.config, opened, now, audit, sealer, log, ended: () => hub.closeUnwelcome() });
  const mistakes = new ProxyMistakes({ now, told: (message) => log.warn(message) });
  const serving = { front: createWeb(parts, prepared, { opened, log, accessDesk, audit, mistakes }), websocket: hub.handler };
  let { server } = claims;
  const url = urlOf(server, config);
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
      served: (certificate) => desk.consider({ kind: "certificate-read", receivedAt: now(), certificate }),
    }),
  );
  stack.use(warnOfExposure(config, log));
  const ownerAccess = new OwnerAccess(accessDesk);
  // What the config file says of it by now: an address is for whoever asks next.
  const publicUrl = () => settings.config.publicUrl ?? `${url}${settings.config.basePath}`;
  const createLink = () => linkUrl(publicUrl(), ownerAccess.createLink());
  const door = createOwnersDoor(parts, prepared, { url, log, audit, access: ownerAccess, createLink, mistakes, started: config });
  claims.control.answerWith((request) => door.fetch(request));
  stack.use(claims.control);

  stack.use(desk);
  stack.use(sources);
  recordStartSettings(reader, settings, desk);
  desk.consider(configuredOf(config, now()));
  renewal.tell();
  // It was mended while nobody looked: no start goes by a config that is refused.
  if (ledger.state.get("condition", configRefusedFingerprint)) void desk.submit({ observation: { kind: "config-read", refused: null, receivedAt: now() }, file: null });
  const gauges: SystemGauges = {
    measureHost: () => host.measure(),
    cpuSeconds: () => (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
    loopLag: loop.worst,
    answers: () => parts.answers.readings(),
    backedUpAt: () => newestBackupAt(settings.config.backup.dir),
    clockAhead: () => (retention.doubt?.byMs ?? 0) / 1000,
    databaseBytes: () => (desk.fault === null ? reader.sizeBytes() : null),
    now,
    elapsed: scanElapsed,
    measured: (readings) => desk.consider({ kind: "host-measured", receivedAt: now(), readings }),
  };
  const figureDeps = { now, told: (told: readonly Figure[]) => overview.putFigures(told) };
  scheduler.follow(deps.scanning === false ? [] : scannersOf(config, markets, gauges, figureDeps, times));
  stack.defer(() => void desk.maintain(() => accessDesk.flush({ last: true })));
  const remembering = setInterval(() => desk.maintain(() => accessDesk.flush()), rememberUsesEveryMs);
  stack.defer(() => clearInterval(remembering));
  // A session ends by itself too: its sockets with it, within the second.
  const leaving = setInterval(() => hub.closeUnwelcome(), endSocketsEveryMs);
  stack.defer(() => clearInterval(leaving));
  const tick = () => {
    suspension.check();
    desk.tick();
    scheduler.tick();
  };
  if (deps.ticking !== false) {
    const timer = setInterval(tick, tickEveryMs);
    stack.defer(() => clearInterval(timer));
    stack.use(sweepAfterBursts({ observed: () => ledger.seq, answered: () => parts.answers.total, looking: () => far.isLooking }, () => Bun.gc(true)));
  }
  stack.use(keepUp({ desk, path: opened.path, claims, log, ousted: (why) => deps.ousted?.(why) }));
  retention.start();
  integrity.start();
  stack.use(tellHeldBack(hub, overview, now));
  stack.use(sayAuditHead(opened, log));
  stack.use(
    followConfigFile(config, {
      log,
      refused: heedRefusal,
      changed: async (fresh) => {
        const prepared = await rules.prepare(fresh);
        if (!settings.reload(desk, fresh)) {
          prepared.drop();
          return false;
        }
        prepared.take();
        desk.consider(configuredOf(fresh, now()));
        metrics.know(groupsOf(fresh));
        scheduler.follow(deps.scanning === false ? [] : scannersOf(fresh, markets, gauges, figureDeps, times));
        await sources.follow(fresh.sources);
        return true;
      },
    }),
  );

  await Promise.race([sources.follow(config.sources), Bun.sleep(firstLookWaitMs), ...(deps.signal ? [untilAborted(deps.signal)] : [])]);
  const running = stack.move();
  return {
    url,
    get publicUrl() { return publicUrl(); },
    createLink,
    get lacksAccount() { return accessDesk.required && accessDesk.accounts.none; },
    look: (source) => sources.look(source),
    tick,
    settled: async () => void (await Promise.all([sources.settled(), scheduler.settled()])),
    halfWritten: () => sources.all.reduce((count, source) => count + source.waiting, 0),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function sayArrival({ path, arrival: { copiedIn, setAside } }: OpenedForWriting, log: Log): void {
  if (setAside !== null) log.warn({ kept: setAside }, `beside ${path} lay the log of another database: it was set aside, and nothing of it was taken over`);
  if (copiedIn) log.warn(`${path} is not known to be the one last written here (a restored copy, one that was moved, or of an earlier version): it got a new epoch, and whoever is connected starts afresh`);
}

function logProgress(log: Log, source: string, { state, read, total, why }: Progress): void {
  if (state === "first-look" && total > 0 && read % 1000 === 0) log.info({ source, read, total }, "first look");
  if (state === "unreachable") log.warn({ source, why }, "the folder cannot be read; it is looked for every 15 s");
  if (state === "watching") log.info({ source, read }, "watching");
}

/** What holds from the start on, where it is not what held last: replay must know. */
function recordStartSettings(reader: Reader, settings: SettingsDesk, desk: Desk): void {
  const last = reader.settingsHistory(1)[0];
  if (last?.settings === describeSettings(settings.settings)) return;
  settings.begin(desk, last?.settings ?? null);
}
