import { z } from "zod";
import { loadConfigOrDefaults, type Config } from "../../config";
import { dataFolder } from "../../config/environment";
import { settingsOf } from "../../config/effective";
import { storedRuntime } from "../../settings";
import { formatDuration } from "../../core/text";
import { learnNewest } from "../client/local-clock";
import { openIfPresent } from "../client/open-if-present";
import { Reader } from "../../store/reader";
import { StoredState } from "../../store/state";
import { healthShape } from "../../views/health";
import { openSystemAlerts, alertShape } from "../../views/alerts";
import { shapeSource, sourceShape, type SourceShape } from "../../views/sources";
import { daemonStatusShape, statedOf, wrongWith, type DaemonStatus } from "../../views/daemon-status";
import { daemonOn } from "../client/daemon";
import { Rest } from "../client/rest";
import { UrlConnection } from "../client/url-connection";
import type { PlaceOptions } from "../options";
import { deskNow } from "../print/desk-clock";

/** How a desk is: the daemon, its sources, and what is wrong with them. Null is not known. */
export interface Status {
  /** The daemon's own word; `down` where none runs. */
  readonly status: string;
  readonly version: string | null;
  readonly url: string | null;
  readonly pid: number | null;
  readonly uptime: string | null;
  readonly data: string | null;
  /** Without a daemon the folders are not watched: a source's state is what was last known. */
  readonly sources: readonly (Omit<SourceShape, "state"> & { readonly state: SourceShape["state"] | "not-watched" })[];
  /** Each scanner's health as the daemon sees it; null where no daemon runs. */
  readonly scanners: readonly ScannerStatus[] | null;
  readonly counts: Readonly<Record<string, number>> | null;
  readonly wrong: readonly string[];
  /** What is not known to be well: no data is not health. */
  readonly unknown: readonly string[];
}

export interface ScannerStatus {
  readonly name: string;
  readonly status: string;
  /** When it last succeeded, or why that is not known. */
  readonly message: string;
}

export async function localStatus(options: PlaceOptions): Promise<Status> {
  const data = dataFolder(options.data);
  const running = await runningOn(data);
  if (running === null) return whatTheDatabaseKnows(await loadConfigOrDefaults(options));
  const { status, version, url, pid, system, sources, counts, checks } = running;
  return {
    status,
    version,
    url,
    pid,
    uptime: formatDuration(system.uptime_seconds * 1000),
    data,
    sources,
    scanners: scannersOf(checks),
    counts,
    wrong: wrongWith(running),
    unknown: statedOf(checks, ["unknown"]),
  };
}

/** What the daemon on this data folder says of itself; null where none runs. Throws Unreachable and Failed where it does not say. */
export async function runningOn(data: string): Promise<DaemonStatus | null> {
  const daemon = await daemonOn(data);
  return daemon && (await daemon.get("/api/owner/status", daemonStatusShape));
}

export async function remoteStatus(url: string): Promise<Status> {
  const rest = new Rest(new UrlConnection(url));
  const standing = (state: "open" | "acknowledged") =>
    rest.get("/api/alerts", z.object({ items: z.array(alertShape) }), { type: "SYSTEM", state, limit: 100 });
  const [health, sources, open, acknowledged] = await Promise.all([
    rest.get("/api/dashboard/health", healthShape),
    rest.get("/api/sources", z.object({ items: z.array(sourceShape) })),
    standing("open"),
    standing("acknowledged"),
  ]);
  const troubles = [...open.items, ...acknowledged.items]
    .filter(({ kind }) => kind === "state")
    .map(({ message }) => message);
  return {
    status: health.status,
    version: null,
    url,
    pid: null,
    uptime: null,
    data: null,
    sources: sources.items,
    scanners: scannersOf(health.checks),
    counts: null,
    wrong: [...statedOf(health.checks, ["degraded", "unhealthy"]), ...troubles],
    unknown: statedOf(health.checks, ["unknown"]),
  };
}

function whatTheDatabaseKnows({
  config,
  refused,
}: {
  readonly config: Config;
  readonly refused: string | null;
}): Status {
  const inConfig = refused === null ? [] : refused.split("\n");
  using database = openIfPresent(config.data);
  if (database === null)
    return {
      ...down,
      data: config.data,
      sources: [],
      counts: null,
      wrong: ["no daemon runs", ...inConfig, `there is no database in ${config.data} yet`],
    };
  learnNewest(database);
  const reader = new Reader(database);
  const state = new StoredState(database);
  const settings = settingsOf(config.file, storedRuntime(reader), config.readSources);
  const sources = config.sources.map(({ name, dir }) => {
    const unwatched = {
      name,
      dir,
      state: "starting",
      read: 0,
      total: 0,
      why: null,
      waiting: 0,
      polledBecause: null,
      skipped: [],
    } as const;
    return { ...shapeSource(unwatched, state, settings, deskNow()), state: "not-watched" as const };
  });
  return {
    ...down,
    data: config.data,
    sources,
    counts: reader.counts(),
    wrong: ["no daemon runs", ...inConfig, ...openSystemAlerts(database)],
  };
}

const down = {
  status: "down",
  version: null,
  url: null,
  pid: null,
  uptime: null,
  scanners: null,
  unknown: [],
} as const;

type Checks = Readonly<Record<string, { readonly status: string; readonly message: string }>>;

const scannerCheck = "scanner:";

function scannersOf(checks: Checks): ScannerStatus[] {
  return Object.entries(checks).flatMap(([name, { status, message }]) =>
    name.startsWith(scannerCheck) ? [{ name: name.slice(scannerCheck.length), status, message }] : [],
  );
}
