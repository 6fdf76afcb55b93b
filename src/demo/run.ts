import { hourMs, minuteMs } from "../core/duration";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { loadConfig, type Config, type Flags } from "../config";
import { startDaemon, type Daemon } from "../daemon";
import { StartError } from "../daemon/start-error";
import { othersCome } from "../daemon/without-sign-in";
import { SimulatedMarket } from "../exchange/simulated/market";
import { startSimulatedExchange } from "../exchange/simulated/server";
import { databasePath } from "../store/db";
import { createLog, type Log } from "../telemetry/log";
import { DemoClock } from "./clock";
import { configText, historyPace, livePace, type World } from "./config-text";
import { FaultSchedule, faultsOf } from "./fault-schedule";
import { strategies, writingsOf, type Writing } from "./strategies";
import { writeReport, writeReportAtOnce } from "./write";

export interface DemoOptions {
  readonly flags: Flags;
  readonly seed: string;
  /** How fast time goes once it is now; 1 is as usual. */
  readonly speed: number;
  /** Share of the history that is written, 0 to 1. */
  readonly progressed?: (share: number) => void;
  /** Ends the history where it is: startDemo rejects with its reason, and nothing is left. */
  readonly signal?: AbortSignal;
  /** How long the history is; 48 h where left out. */
  readonly historyMs?: number;
  /** When the history ends, epoch ms; now where left out. */
  readonly endsAt?: number;
  readonly log?: Log;
  /** How many symbols of each exchange are watched: fewer start sooner. */
  readonly watched?: World["watched"];
}

/** The running demo: a daemon over a simulated exchange and three simulated strategies. */
export interface Demo extends AsyncDisposable {
  readonly url: string;
  /** Where people find its page. */
  readonly publicUrl: string;
  /** The folder of its database. */
  readonly data: string;
  /** The demo's own time, epoch ms. */
  readonly now: () => number;
}

/** A file that stays half-written is given up on two seconds after it last changed, by the demo's own time. */
const givenUpAfterMs = 2500;
const liveEveryMs = 250;

/** Plays the history under the demo's own clock, fast and through the public inputs only, and goes on live. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { flags, seed, speed, signal, progressed = () => undefined, historyMs = 48 * hourMs } = options;
  refuseLiveData(flags);
  await using stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), "virtuoso-demo-"));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const reports = join(folder, "reports");
  for (const { name } of strategies) mkdirSync(join(reports, name), { recursive: true });

  const endsAt = Math.floor((options.endsAt ?? Date.now()) / minuteMs) * minuteMs;
  const clock = new DemoClock(endsAt - historyMs, () => performance.now());
  const market = new SimulatedMarket({ seed });
  const exchange = stack.use(startSimulatedExchange({ market, now: clock.now }));
  const faultSchedule = new FaultSchedule(seed, exchange.troubles);
  const file = join(folder, "virtuoso.config.ts");
  const world: World = {
    watched: options.watched ?? { bybit: 20, binance: 6 },
    exchangeUrl: exchange.url,
    reports,
    own: flags.config === undefined ? null : resolve(flags.config),
    ownReports: null,
  };
  writeFileSync(file, configText(world, historyPace));
  const config = await configOf({ ...flags, reports: null, data: flags.data ?? join(folder, "data"), config: file });
  const log = options.log ?? createLog({ format: config.logFormat, level: config.logLevel, demo: true });
  const level = log.level;
  // What two days bring would scroll by unread; it is in the database.
  log.level = level === "info" ? "error" : level;
  const daemon = stack.use(
    await startDaemon(config, {
      now: clock.now,
      ticking: false,
      demo: true,
      log,
      rateLimitMs: 0,
      durable: false,
      inTurn: true,
    }),
  );

  const playing: Playing = { clock, market, reports, daemon, follow: (now) => faultSchedule.follow(now) };
  await playHistory(playing, endsAt, progressed, signal);
  // What passed meanwhile: "now" is now on the page, too. The bar is full already.
  if (options.endsAt === undefined) await playHistory(playing, Date.now(), () => undefined, signal);
  log.level = level;
  writeFileSync(
    file,
    configText({ ...world, ownReports: typeof flags.reports === "string" ? resolve(flags.reports) : null }, livePace),
  );
  clock.letGo(speed);
  stack.use(goOn(playing, speed));
  const running = stack.move();
  return {
    url: daemon.url,
    publicUrl: daemon.publicUrl,
    data: config.data,
    now: clock.now,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** There is no sign-in to a demo that only this machine reaches, unless that is configured. */
async function configOf(flags: Flags): Promise<Config> {
  const config = await loadConfig({ ...flags, reports: null }, { VIRTUOSO_AUTH: "off", ...process.env });
  return othersCome(config).length === 0 || process.env["VIRTUOSO_AUTH"] !== undefined
    ? config
    : { ...config, auth: "required" };
}

interface Playing {
  readonly clock: DemoClock;
  readonly market: SimulatedMarket;
  readonly reports: string;
  readonly daemon: Daemon;
  /** What goes wrong at a time does. */
  readonly follow: (now: number) => void;
}

/** A simulation never mixes with what is real. */
function refuseLiveData({ data }: Flags): void {
  if (data !== undefined && existsSync(databasePath(data)))
    throw new StartError(
      `the demo makes a database of its own, and ${data} has one already: name another folder with --data, or none`,
    );
}

/** Minute by minute: what was written is read, what is due is scanned, what time brings is decided. */
async function playHistory(
  playing: Playing,
  endsAt: number,
  progressed: (share: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { clock, market, daemon, follow } = playing;
  const beganAt = clock.now();
  for (let minute = beganAt; minute < endsAt; minute += minuteMs) {
    signal?.throwIfAborted();
    const next = Math.min(minute + minuteMs, endsAt);
    follow(minute);
    for (const writing of writtenBetween(market, minute, next)) await hand(writing, playing);
    clock.moveTo(next);
    daemon.tick();
    await daemon.settled();
    if (minute % (30 * minuteMs) === 0) progressed((minute - beganAt) / (endsAt - beganAt));
  }
  progressed(1);
}

async function hand(writing: Writing, { clock, reports, daemon }: Playing): Promise<void> {
  clock.moveTo(writing.at);
  writeReportAtOnce(reports, writing);
  await daemon.scan(writing.strategy.name);
  await daemon.settled();
  if (daemon.halfWritten() === 0) return;
  clock.moveTo(writing.at + givenUpAfterMs);
  // The reader looks at it again by itself, 50 ms later by the wall clock.
  while (daemon.halfWritten() > 0) await Bun.sleep(10);
  await daemon.settled();
}

/** Live: the same strategies, at their own pace. */
function goOn({ clock, market, reports, daemon, follow }: Playing, speed: number): AsyncDisposable {
  let writtenUntil = clock.now();
  const underWay = new Set<Promise<void>>();
  const timer = setInterval(() => {
    const now = clock.now();
    follow(now);
    for (const writing of writtenBetween(market, writtenUntil, now)) {
      const written = writeReport(reports, writing, speed).finally(() => underWay.delete(written));
      underWay.add(written);
    }
    writtenUntil = now;
    daemon.tick();
  }, liveEveryMs);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await Promise.all(underWay);
    },
  };
}

function writtenBetween(market: SimulatedMarket, since: number, until: number): Writing[] {
  // A turn's jitter may carry it, or its twin, past its own beginning: turns a little earlier are looked at too.
  const silences = faultsOf(market.seed, since, until).flatMap((fault) => (fault.kind === "silence" ? [fault] : []));
  return strategies
    .flatMap((strategy) => writingsOf(strategy, market, since - strategy.everyMs, until))
    .filter(
      ({ at, strategy }) =>
        at >= since &&
        at < until &&
        !silences.some((silence) => silence.strategy === strategy.name && at >= silence.since && at < silence.until),
    )
    .toSorted((a, b) => a.at - b.at || (a.file < b.file ? -1 : 1));
}
