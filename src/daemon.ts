import type { Config } from "./config";
import { claim } from "./daemon/claims";
import { followConfigFile } from "./daemon/config-file";
import { ConfigRefusal } from "./daemon/config-refusal";
import { createParts } from "./daemon/create-parts";
import type { DaemonDeps } from "./daemon/daemon-deps";
import { followConfig, holdConfig, reloadConfig } from "./daemon/holding-config";
import { urlOf } from "./daemon/listen";
import { startMaintenance } from "./daemon/maintenance";
import { judgeStart, logObstacles } from "./daemon/obstacles";
import { releaseMemory } from "./daemon/release-memory";
import { maintain, type Section } from "./daemon/section";
import { serve } from "./daemon/serve";
import { StartError } from "./daemon/start-error";
import { untilAborted } from "./daemon/until-aborted";
import { allSections } from "./sections";
import { asStoreError, databasePath } from "./store/db";
import { damageOf } from "./store/fault";
import type { SocketData } from "./stream/socket";
import { createLog } from "./telemetry/log";

/** The running daemon. Disposing of it finishes what was begun and lets go of everything. */
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
  /** Resolves when no report that was noticed waits to be read, and no scan is under way. */
  settled(): Promise<void>;
  /** Files seen half-written that may still be completed. */
  halfWritten(): number;
}

const tickEveryMs = 1000;
/** How long the start waits for the first look; a longer one goes on while the daemon answers. */
const firstScanWaitMs = 3000;

/** Starts everything. Throws StartError, ConfigError or StoreError, and then nothing runs. */
export async function startDaemon(config: Config, deps: DaemonDeps = {}): Promise<Daemon> {
  try {
    return await start(config, deps);
  } catch (error) {
    // Whichever page is damaged, and whoever met it.
    throw damageOf(error) === null ? error : asStoreError(databasePath(config.data), error);
  }
}

async function start(config: Config, deps: DaemonDeps): Promise<Daemon> {
  const { now = Date.now, scanning = true, ticking = true, ousted } = deps;
  const log = deps.log ?? createLog({ format: config.logFormat, level: config.logLevel });
  // What stands in the way is said before anything is begun.
  const { obstacles, certificate } = await judgeStart(config, now());
  if (obstacles.length > 0) throw new StartError(logObstacles(obstacles));
  if (config.connections === Number.POSITIVE_INFINITY)
    log.warn("VIRTUOSO_RATE_LIMITS=off: nothing limits requests and connections; for load tests only");

  await using stack = new AsyncDisposableStack();
  const claims = stack.use(await claim<SocketData>(config, certificate));
  const sections: Section[] = [];
  const refusal = new ConfigRefusal(
    (refused) =>
      void parts.writer.submit({ observation: { kind: "config-read", refused, receivedAt: now() }, file: null }),
  );
  const later = { sections, configRefused: () => refusal.why, certificate: () => renewal.status };
  const parts = await createParts(config, { ...deps, log, url: urlOf(claims.server, config), later }, stack);
  for (const create of deps.sections ?? allSections) sections.push(create(parts));
  const { writer, database, sources, scheduler, authServices } = parts;

  const renewal = serve(parts, { claims, certificate, ousted }, stack);
  stack.use(writer);
  parts.settings.begin(writer, parts.reader.settingsHistory(1)[0]?.settings ?? null);
  holdConfig(parts, config, scanning);
  renewal.publish();
  refusal.started(parts.storeWriter.state);
  for (const section of sections) {
    const begun = section.start?.();
    if (begun) stack.use(begun);
    stack.use(maintain(section));
  }
  const tick = () => {
    parts.suspension.check();
    writer.tick();
    scheduler.tick();
    for (const section of sections) section.tick?.();
  };
  if (ticking) {
    const timer = setInterval(tick, tickEveryMs);
    stack.defer(() => clearInterval(timer));
    stack.use(releaseMemory(parts, () => Bun.gc(true)));
  }
  stack.use(startMaintenance({ writer, path: database.path, claims, log, ousted: (why) => ousted?.(why) }));
  parts.checkpoints.start();
  parts.integrity.start();
  stack.use(
    followConfigFile(config, {
      log,
      channelsUnder: (fresh) => parts.channels.namesUnder(fresh.channels),
      refused: (why) => refusal.note(why),
      changed: (fresh) => reloadConfig(parts, fresh, scanning),
    }),
  );

  await Promise.race([
    followConfig(parts, config),
    Bun.sleep(firstScanWaitMs),
    ...(deps.signal ? [untilAborted(deps.signal)] : []),
  ]);
  const running = stack.move();
  return {
    url: parts.url,
    get publicUrl() {
      return parts.publicUrl();
    },
    createLink: parts.createLink,
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
