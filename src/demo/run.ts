import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isLoopback } from "../api/hosts";
import { loadConfig, type Config, type Flags } from "../config";
import { startDaemon, type Daemon } from "../daemon";
import { SimulatedMarket } from "../exchange/simulated/market";
import { startSimulatedExchange } from "../exchange/simulated/server";
import { createLog } from "../telemetry/log";
import { DemoClock } from "./clock";
import { strategies, writingsOf, type Writing } from "./strategies";
import { writeReport } from "./write";

export interface DemoOptions {
  readonly flags: Flags;
  readonly seed: string;
  /** How fast time goes once it is now; 1 is as usual. */
  readonly speed: number;
  /** Share of the history that is told, 0 to 1. */
  readonly progressed: (share: number) => void;
}

/** The running demo: a daemon over a simulated exchange and three simulated strategies. */
export interface Demo extends AsyncDisposable {
  readonly url: string;
}

const historyMs = 48 * 3_600_000;
const minuteMs = 60_000;
/** A file that stays half-written is given up on two seconds after it last changed, by the demo's own time. */
const givenUpAfterMs = 2500;
const liveEveryMs = 250;

/** Plays 48 h of history under the demo's own clock, fast and through the public inputs only, and goes on live. */
export async function startDemo({ flags, seed, speed, progressed }: DemoOptions): Promise<Demo> {
  await using stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), "virtuoso-demo-"));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const reports = join(folder, "reports");
  for (const { name } of strategies) mkdirSync(join(reports, name), { recursive: true });

  const endsAt = Math.floor(Date.now() / minuteMs) * minuteMs;
  const clock = new DemoClock(endsAt - historyMs, () => performance.now());
  const market = new SimulatedMarket({ seed });
  const exchange = stack.use(startSimulatedExchange({ market, now: clock.now }));
  const file = join(folder, "virtuoso.config.ts");
  writeFileSync(file, configText(exchange.url, reports, historyPace));
  const config = await configOf({ ...flags, data: flags.data ?? join(folder, "data"), config: file });
  const log = createLog({ format: config.logFormat, level: config.logLevel === "info" ? "warn" : config.logLevel, demo: true });
  const daemon = stack.use(await startDaemon(config, { now: clock.now, ticking: false, demo: true, log, rateLimitMs: 0 }));

  await playHistory({ clock, endsAt, market, reports, daemon, progressed });
  writeFileSync(file, configText(exchange.url, reports, livePace));
  clock.letGo(speed);
  stack.use(goOn({ clock, market, reports, daemon }));
  const running = stack.move();
  return { url: daemon.url, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** Nobody signs in to a demo on loopback, unless that is asked for. */
async function configOf(flags: Flags): Promise<Config> {
  const config = await loadConfig({ ...flags, reports: null }, { VIRTUOSO_AUTH: "off", ...process.env });
  return isLoopback(config.host) || process.env["VIRTUOSO_AUTH"] !== undefined ? config : { ...config, auth: "required" };
}

interface Playing {
  readonly clock: DemoClock;
  readonly market: SimulatedMarket;
  readonly reports: string;
  readonly daemon: Daemon;
}

/** Minute by minute: what was written is read, what is due is scanned, what time brings is decided. */
async function playHistory({ clock, endsAt, market, reports, daemon, progressed }: Playing & Pick<DemoOptions, "progressed"> & { readonly endsAt: number }): Promise<void> {
  const beganAt = clock.now();
  for (let minute = beganAt; minute < endsAt; minute += minuteMs) {
    for (const writing of writtenBetween(market, minute, minute + minuteMs)) await hand(writing, { clock, reports, daemon });
    clock.moveTo(minute + minuteMs);
    daemon.tick();
    await daemon.settled();
    if (minute % (30 * minuteMs) === 0) progressed((minute - beganAt) / (endsAt - beganAt));
  }
  progressed(1);
}

async function hand(writing: Writing, { clock, reports, daemon }: Pick<Playing, "clock" | "reports" | "daemon">): Promise<void> {
  clock.moveTo(writing.at);
  writeReport(reports, writing);
  await daemon.look();
  await daemon.settled();
  if (isWhole(writing.text)) return;
  clock.moveTo(writing.at + givenUpAfterMs);
  // The reader looks at it again by itself, 50 ms later by the wall clock.
  await Bun.sleep(80);
  await daemon.settled();
}

/** Live: the same strategies, at their own pace. */
function goOn({ clock, market, reports, daemon }: Playing): Disposable {
  let writtenUntil = clock.now();
  const timer = setInterval(() => {
    const now = clock.now();
    for (const writing of writtenBetween(market, writtenUntil, now)) writeReport(reports, writing);
    writtenUntil = now;
    daemon.tick();
  }, liveEveryMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

function writtenBetween(market: SimulatedMarket, since: number, until: number): Writing[] {
  // A turn's jitter may carry it, or its twin, past its own beginning: turns a little earlier are looked at too.
  return strategies
    .flatMap((strategy) => writingsOf(strategy, market, since - strategy.everyMs, until))
    .filter(({ at }) => at >= since && at < until)
    .toSorted((a, b) => a.at - b.at || (a.file < b.file ? -1 : 1));
}

function isWhole(text: string): boolean {
  return text.endsWith("}");
}

/** How often the market is scanned: seldom while two days pass in seconds, as usual once it is now. */
interface Pace {
  readonly market: string;
  readonly candles: string;
  readonly system: boolean;
}

const historyPace: Pace = { market: "30m", candles: "2h", system: false };
const livePace: Pace = { market: "60s", candles: "60s", system: true };

function configText(url: string, reports: string, { market, candles, system }: Pace): string {
  const sources = strategies.map(({ name }) => `reports({ name: "${name}", dir: ${JSON.stringify(join(reports, name))}, strategy: "${name}" })`);
  const paces = ["bybit", "binance"].flatMap((name) => [`"market:${name}": { interval: "${market}" }`, `"candles:${name}": { interval: "${candles}" }`]);
  return `import { binance, bybit, defineConfig, reports } from "virtuoso";

export default defineConfig({
  sources: [${sources.join(", ")}],
  exchanges: [bybit({ url: "${url}", top: 20 }), binance({ url: "${url}", top: 20 })],
  scanners: { ${paces.join(", ")}, system: { enabled: ${system} } },
});
`;
}
