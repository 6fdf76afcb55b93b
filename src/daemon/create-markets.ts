import type { Config } from "../config";
import { latestRegime } from "../store/markets";
import { exchangeClockCondition } from "../core/decide/rules/exchange-clock";
import type { SettingsService } from "../settings";
import type { Log } from "../telemetry/log";
import type { Metrics } from "../telemetry/metrics";
import type { Writer } from "../writer";
import { keepEpisodes, storedEpisodes } from "./episodes";
import { ExchangeClocks } from "./exchange-clocks";
import { exchangesOf, Markets } from "./markets";
import type { TimesOf } from "./scanners";
import type { Storage } from "./storage";

export interface CreateMarketsDeps extends Storage {
  readonly writer: Writer;
  readonly settings: SettingsService;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => number;
  readonly elapsed: () => number;
  readonly scanElapsed: () => number;
  readonly times: TimesOf;
  readonly rateLimitMs: number | undefined;
}

/** The configured exchanges, and how far our clock is from theirs. */
export function createMarkets(config: Config, deps: CreateMarketsDeps): { markets: Markets; clocks: ExchangeClocks } {
  const { database, reader, storeWriter, writer, settings, metrics, log, now, elapsed, scanElapsed, times } = deps;
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
    times,
    ...(deps.rateLimitMs === undefined ? {} : { rateLimitMs: deps.rateLimitMs }),
    revised(exchange, symbol, timeframe, count) {
      metrics.candlesRevised.inc({ exchange }, count);
      log.info({ exchange, symbol, timeframe, candles: count }, "closed candles were corrected by the exchange");
    },
    clockRead: (exchange, aheadMs) => clocks.observe(exchange, aheadMs),
    regimeBefore: (exchange) => latestRegime(reader.database, exchange),
    submit: (observation) => writer.submit({ observation, file: null }),
    onRequest(exchange, outcome, seconds) {
      metrics.exchangeRequests.inc({ exchange, outcome });
      metrics.exchangeSeconds.observe(seconds, { exchange });
    },
    scanIntervalMs: () => settings.settings.scanIntervalMs,
    episodes: storedEpisodes(reader),
    keepEpisodes: (episodes) => void writer.maintain(() => keepEpisodes(storeWriter, episodes)),
  });
  return { markets, clocks };
}
