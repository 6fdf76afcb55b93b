import { hourMs } from "../../src/core/duration";
import pino from "pino";
import { startDemo, type Demo } from "../../src/demo/run";

export interface TestDemoOptions {
  /** Hours of history; six make a desk with signals, alerts, a market and candles. */
  readonly hours?: number;
  readonly seed?: string;
  readonly speed?: number;
  /** When the history ends, epoch ms; now where left out. */
  readonly endsAt?: number;
  /** How many symbols of each exchange. */
  readonly watched?: { readonly bybit: number; readonly binance: number };
  /** A folder of reports of one's own, read once the history has ended. */
  readonly reports?: string;
}

/** For a test that is not about the market: every symbol watched costs the time of its candles. */
export const fewWatched = { bybit: 2, binance: 1 };

/** The demo with a short history on a port of its own: once for a file, in `beforeAll` with a generous limit. */
export function startTestDemo({
  hours = 6,
  seed = "1",
  speed = 1,
  endsAt,
  watched = { bybit: 8, binance: 3 },
  reports,
}: TestDemoOptions = {}): Promise<Demo> {
  const log = pino({ level: process.env["TEST_LOG"] ?? "silent" });
  return startDemo({
    flags: { port: 0, ...(reports === undefined ? {} : { reports }) },
    seed,
    speed,
    historyMs: hours * hourMs,
    log,
    watched,
    ...(endsAt === undefined ? {} : { endsAt }),
  });
}
