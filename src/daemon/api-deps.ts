import type { Download } from "../api/export";
import type { RouteDeps } from "../api/routes";
import type { OwnerDeps } from "../api/routes/owner";
import { Problem } from "../api/problems";
import { overviewResponse } from "../api/front";
import { SettingsError, settingsSchema, type By, type SettingsService } from "../settings";
import { readCursor } from "../store/cursor";
import { storedJson } from "../store/fault";
import type { Database } from "../store/db";
import { keepPreferences, storedPreferences } from "../store/preferences";
import type { Page } from "../store/paging";
import { version } from "../version";
import { ExternalAlerts } from "./external-alerts";
import { retryQuarantine } from "./quarantine";
import { scanNow } from "./scanners";
import type { DaemonParts } from "./parts";
import { scrape } from "./scrape";
import { healthOf, readinessOf, sourceShapes } from "./status";
import type { EventFrame } from "../views/frames";
import { auditChain } from "../views/audit";
import { missedBy } from "../views/decisions";
import type { Overview } from "../views/overview";
import type { PreparedOverviews } from "../views/prepared";
import type { ListName } from "../views/queries";
import { marketDetail } from "../views/market-data";
import { readPreferences, type Preferences } from "../views/preferences";
import { settingsHistory } from "../views/settings-history";
import { isoOf } from "../views/shape";
import { HabitsOfSources } from "../views/source-habits";
import {
  alertDetail,
  decisionDetail,
  opportunityDetail,
  receivedDetail,
  signalDetail,
  type AlertDetail,
} from "../views/trace";

/** What the routes are handed of the running daemon. */
export function routeDepsFor(
  parts: DaemonParts,
  prepared: PreparedOverviews,
  rest: Pick<RouteDeps, "audit" | "preview" | "browserFailed">,
  database: Database,
): Omit<RouteDeps, keyof OwnerDeps | "auth" | "publicUrl" | "identityProvider"> {
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
    queries,
    download: (name, filter, download) => downloadOf(parts, name, filter, download),
    alertDetail: (id) => unstoredAlert(overview, id) ?? alertDetail(reader, id),
    signalDetail: (id) => signalDetail(reader, id),
    opportunityDetail: (id) => opportunityDetail(reader, id),
    decisionDetail: (id) => decisionDetail(reader, id),
    receivedDetail: (id) => receivedDetail(reader, id),
    isMissed: (id) => missedBy(database, id) !== null,
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
    health: () => healthOf(parts),
    readiness: () => readinessOf(parts),
    events: (after, limit) => ({
      epoch: storeWriter.epoch,
      seq: storeWriter.seq,
      oldest: reader.oldestEvent() ?? null,
      items: reader.eventsAfter(after, limit).map(({ frame }) => storedJson(frame) as EventFrame),
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
    now,
    isoNow: () => isoOf(now()),
  };
}

/** Changes what is set at run time and answers what holds then. Throws Problem. */
function changeConfig(
  { writer, settings }: DaemonParts,
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
  { writer, now }: DaemonParts,
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

/** An alert that stands in memory alone, for nothing can be stored. */
function unstoredAlert(overview: Overview, id: string): AlertDetail | null {
  const alert = overview.unstored.find((each) => each.id === id);
  return alert ? { ...alert, details: {}, summed_up: null, trace: [], signal: null, opportunity: null } : null;
}

async function* downloadOf(
  { far, settings }: DaemonParts,
  name: ListName,
  filter: Page,
  download: Download,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  let left = settings.config.maxExportRows;
  let { cursor } = filter;
  while (left > 0) {
    const { bytes, rows, next } = await far.download(
      name,
      { ...filter, limit: Math.min(partRows, left), cursor },
      download,
    );
    yield bytes;
    left -= rows;
    if (next === null) return;
    cursor = readCursor(next) ?? undefined;
  }
}
