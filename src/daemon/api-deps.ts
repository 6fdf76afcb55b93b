import type { Download } from "../api/export";
import type { DownloadName, Part } from "../api/ports";
import type { RouteDeps } from "../api/routes";
import { Problem } from "../api/problems";
import { overviewResponse } from "../api/front";
import type { Writer } from "../writer";
import type { Scheduler } from "../scanners/scheduler";
import type { ExchangeClocks } from "./exchange-clocks";
import { exchangesOf, type Markets } from "./markets";
import type { ReportSources } from "../ingest/report-sources";
import type { UserRules } from "../rules/user-rules";
import { SettingsError, settingsSchema, type By, type SettingsService } from "../settings";
import { readCursor } from "../store/cursor";
import { storedJson } from "../store/fault";
import type { StoreWriter } from "../store/writer";
import type { Database } from "../store/db";
import { keepPreferences, storedPreferences } from "../store/preferences";
import type { DecisionFilter, Reader } from "../store/reader";
import type { StoreGauges } from "../store/gauges";
import type { Hub } from "../stream/hub";
import type { Metrics } from "../telemetry/metrics";
import type { AnswerTally } from "../telemetry/answer-tally";
import type { HostGauge } from "../telemetry/host";
import { version } from "../version";
import { ExternalAlerts } from "./external-alerts";
import type { QueryThreads } from "./query-threads";
import type { Queries } from "./local-queries";
import type { IntegrityCheck } from "./integrity";
import { retryQuarantine } from "./quarantine";
import type { RetentionKeeper } from "./retention";
import { scanNow } from "./scanners";
import { scrape } from "./scrape";
import type { CertificateStatus } from "./tls";
import { auditChain } from "../views/audit";
import { judgeHealth, type HealthShape, type ReadinessShape } from "../views/health";
import { missedBy } from "../views/lists";
import type { Overview } from "../views/overview";
import type { PreparedOverviews } from "../views/prepared";
import { marketDetail } from "../views/market-data";
import { readPreferences, type Preferences } from "../views/preferences";
import { settingsHistory } from "../views/settings-history";
import { isoOf } from "../views/shape";
import type { SystemStatusShape } from "../views/shapes";
import { HabitsOfSources } from "../views/source-habits";
import { shapeSource, type SourceShape } from "../views/sources";
import {
  alertDetail,
  decisionDetail,
  opportunityDetail,
  receivedDetail,
  signalDetail,
  type AlertDetail,
} from "../views/trace";

/** The parts of the running daemon that answers are made of. */
export interface Parts {
  readonly writer: Writer;
  readonly storeWriter: StoreWriter;
  readonly reader: Reader;
  readonly queries: Queries;
  readonly far: QueryThreads;
  readonly storeGauges: StoreGauges;
  readonly settings: SettingsService;
  /** Accounts whose second factor cannot be checked, and why. */
  readonly unreadableFactors: () => readonly { readonly name: string; readonly why: string }[];
  readonly retention: RetentionKeeper;
  readonly rules: UserRules;
  readonly integrity: IntegrityCheck;
  readonly sources: ReportSources;
  readonly overview: Overview;
  readonly hub: Hub;
  readonly markets: Markets;
  readonly clocks: ExchangeClocks;
  readonly scheduler: Scheduler;
  readonly metrics: Metrics;
  readonly host: HostGauge;
  readonly loopLag: () => number;
  readonly answers: AnswerTally;
  readonly now: () => number;
  /** The machine's own clock, epoch ms, whatever clock the desk goes by. */
  readonly wallClock: () => number;
  readonly elapsed: () => number;
  readonly startedAt: number;
  readonly demo: boolean;
  readonly lastCommitAt: () => number | null;
  /** Why the config file as it now is cannot be used; null where it holds. */
  readonly configRefused: () => string | null;
  /** Null where plain HTTP is served. */
  readonly certificate: () => CertificateStatus | null;
}

export function sourceShapes({ sources, storeWriter, settings, now }: Parts): SourceShape[] {
  return sources.all.map(({ folder, progress, waiting }) =>
    shapeSource(
      { name: folder.name, dir: folder.dir, ...progress, waiting },
      storeWriter.state,
      settings.settings,
      now(),
    ),
  );
}

function readinessOf({ sources, writer }: Parts): ReadinessShape {
  const looks = sources.all.map(({ folder, progress: { state, read, total, why } }) => ({
    name: folder.name,
    state,
    read,
    total,
    why,
  }));
  if (writer.fault !== null) return { status: "not-storing", code: writer.fault, sources: looks };
  const starting = looks.some(({ state }) => state === "starting" || state === "first-look");
  return { status: starting ? "starting" : "ready", code: starting ? "starting" : null, sources: looks };
}

export function systemStatus(parts: Parts): SystemStatusShape {
  const seconds = Math.floor((parts.elapsed() - parts.startedAt) / 1000);
  const { cpu, memory, disk } = parts.host.usage;
  const readiness = readinessOf(parts);
  const unreachable = readiness.sources.some(({ state }) => state === "unreachable");
  return {
    status:
      readiness.status === "not-storing" || unreachable
        ? "degraded"
        : readiness.status === "starting"
          ? "starting"
          : "online",
    uptime: `${Math.floor(seconds / 3600)}h ${Math.floor((seconds % 3600) / 60)}m`,
    uptime_seconds: seconds,
    cpu_usage: cpu,
    memory_usage: memory,
    disk_usage: disk,
    active_connections: parts.hub.connections,
    last_scan: lastScanOf(parts),
  };
}

/** When any scan of the outside world last succeeded; looking at the own host is none. */
function lastScanOf({ scheduler }: Parts): string | null {
  const times = scheduler
    .standings()
    .flatMap(({ name, lastSuccessAt }) => (name === "system" || lastSuccessAt === null ? [] : [lastSuccessAt]));
  return times.length === 0 ? null : isoOf(Math.max(...times));
}

export function healthOf(parts: Parts, prepared: PreparedOverviews): HealthShape {
  const lastCommitAt = parts.lastCommitAt();
  return judgeHealth({
    demo: parts.demo,
    now: parts.now(),
    elapsed: parts.elapsed,
    starting: readinessOf(parts).status === "starting",
    fault: parts.writer.fault,
    config: { path: parts.settings.config.path, refused: parts.configRefused() },
    certificate: parts.certificate(),
    checked: { at: parts.integrity.checkedAt, progress: parts.integrity.progress },
    tryStore: () => void parts.reader.meta("epoch"),
    sources: sourceShapes(parts),
    scanners: parts.scheduler.standings(),
    rules: parts.rules.status,
    host: parts.host.usage,
    exchanges: exchangesOf(parts.settings.config).map(({ name }) => ({
      name,
      answered: parts.markets.facts().find(({ exchange }) => exchange === name) ?? null,
      clockAheadMs: parts.clocks.of(name),
    })),
    quarantined: () => parts.storeGauges.quarantined(),
    unreadableFactors: parts.unreadableFactors,
    clockDoubt: parts.retention.doubt,
    loopLagSeconds: parts.loopLag(),
    connections: parts.hub.connections,
    cacheStatus: prepared.lastOutcome,
    lastCommitAt,
  });
}

/** What the routes are handed of the running daemon. */
export function routeDepsFor(
  parts: Parts,
  prepared: PreparedOverviews,
  rest: Pick<RouteDeps, "audit" | "preview" | "browserFailed">,
  database: Database,
): RouteDeps {
  const { reader, settings, overview, storeWriter, markets, now } = parts;
  const { queries } = parts;
  const habits = new HabitsOfSources((at) => queries.habits({ now: at }));
  const externalAlerts = new ExternalAlerts({
    writer: parts.writer,
    state: () => storeWriter.state,
    openMax: () => settings.config.externalAlertsPerToken,
    now,
  });
  return {
    ...rest,
    version,
    basePath: () => settings.config.basePath,
    lists: {
      ...queries,
      decisions: async ({ missed, ...filter }) =>
        await queries.decisions({ ...filter, missed: missedIn(reader, missed) }),
    },
    download: (name, filter, download) => downloadOf(parts, name, filter, download),
    alertDetail: (id) => unstoredAlert(overview, id) ?? alertDetail(reader, id),
    signalDetail: (id) => signalDetail(reader, id),
    opportunityDetail: (id) => opportunityDetail(reader, id),
    decisionDetail: (id) => decisionDetail(reader, id),
    receivedDetail: (id) => receivedDetail(reader, id),
    auditChain: () => auditChain(database, now()),
    overview: (timeframe, request) => overviewResponse(prepared.get(timeframe), request),
    market: () => marketDetail(overview.market(now()), markets.facts(), now()),
    candles: (symbol, timeframe, options) => markets.candles(symbol, timeframe, options),
    async symbol(symbol) {
      const [signals, alerts, opportunities] = await Promise.all([
        queries.signals({ symbol, limit: 50 }),
        queries.alerts({ symbol, limit: 50 }),
        queries.opportunities({ symbol, limit: 50 }),
      ]);
      return {
        ...markets.symbol(symbol),
        signals: signals.items,
        alerts: alerts.items,
        opportunities: opportunities.items,
      };
    },
    async sources() {
      const known = await habits.at(now());
      return sourceShapes(parts).map((source) => ({ ...source, habits: known.get(source.name) ?? null }));
    },
    health: () => healthOf(parts, prepared),
    readiness: () => readinessOf(parts),
    events: (after, limit) => ({
      epoch: storeWriter.epoch,
      seq: storeWriter.seq,
      oldest: reader.oldestEvent() ?? null,
      items: reader.eventsAfter(after, limit).map(({ frame }): unknown => storedJson(frame)),
    }),
    config: () => ({ tunables: settings.tunables, etag: configTag(settings) }),
    origins: () => settings.origins(),
    configSchema: settingsSchema,
    changeConfig: (patch, by) => void changeConfig(parts, { patch, ...by }),
    unsetConfig: (key, by) => void changeConfig(parts, { unset: [key], ...by }),
    settingsHistory: (limit) => settingsHistory(reader, limit),
    retryQuarantine: (wanted) => retryQuarantine(parts, wanted),
    scan: (name) => scanNow(parts.scheduler, name),
    preferences: (account) => readPreferences(storedPreferences(database, account)),
    changePreferences: (account, patch) => changePreferences(parts, database, account, patch),
    metrics: (request) => scrape(parts, request),
    receiveAlerts: (alerts, from) => externalAlerts.receive(alerts, from),
    readCursor,
    now,
    isoNow: () => isoOf(now()),
  };
}

/** Changes what is set at run time and answers what holds then. Throws Problem. */
export function changeConfig(
  { writer, settings }: Parts,
  change: { patch?: unknown; unset?: readonly string[] } & By,
): object {
  try {
    if (!settings.change(writer, change)) throw new Problem("not-stored", writer.trouble ?? undefined);
  } catch (error) {
    if (error instanceof SettingsError) throw new Problem("validation", undefined, error.issues);
    throw error;
  }
  return settings.tunables;
}

/** Throws Problem. */
function changePreferences(
  { writer, now }: Parts,
  database: Database,
  account: string,
  patch: Partial<Preferences>,
): Preferences {
  const changed = { ...readPreferences(storedPreferences(database, account)), ...patch };
  if (!writer.maintain(() => keepPreferences(database, { account, value: JSON.stringify(changed), updatedAt: now() })))
    throw new Problem("not-stored", writer.trouble ?? undefined);
  return changed;
}

function configTag(settings: SettingsService): string {
  return `"${Bun.hash(JSON.stringify(settings.tunables)).toString(36)}"`;
}

/** Downloads are made in parts of so many rows, each while the one before is sent. */
const partRows = 5000;

/** Throws Problem where it is no alert about what was missed. */
function missedIn(reader: Reader, alertId: string | undefined): DecisionFilter["missed"] {
  const missed = alertId === undefined ? undefined : missedBy(reader, alertId);
  if (missed === null)
    throw new Problem("validation", undefined, [
      { path: "missed", message: `${alertId} is no alert missed-while-away that is kept` },
    ]);
  return missed;
}

/** An alert that stands in memory alone, for nothing can be stored. */
function unstoredAlert(overview: Overview, id: string): AlertDetail | null {
  const alert = overview.unstored.find((each) => each.id === id);
  return alert ? { ...alert, details: {}, summed_up: null, trace: [], signal: null, opportunity: null } : null;
}

async function* downloadOf(
  { far, settings, reader }: Parts,
  name: DownloadName,
  filter: Part & { missed?: string | undefined },
  download: Download,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const missed = missedIn(reader, filter.missed);
  let left = settings.config.maxExportRows;
  let { cursor } = filter;
  while (left > 0) {
    const { bytes, rows, next } = await far.download(
      name,
      { ...filter, missed, limit: Math.min(partRows, left), cursor },
      download,
    );
    yield bytes;
    left -= rows;
    if (next === null) return;
    cursor = readCursor(next) ?? undefined;
  }
}
