import type { Episodes } from "../../core/alpha/episodes";
import { exchangesOf } from "../../daemon/exchanges";
import type { DaemonParts } from "../../daemon/parts";
import { keepEpisodes, storedEpisodes } from "../../store/episodes";
import { latestRegime } from "../../store/markets";
import { Markets } from "./markets";

/** The exchanges that the daemon was started with; what they say goes to the writer, and is counted and logged. */
export function createMarkets(parts: DaemonParts): Markets {
  const { started, clocks, database, reader, storeWriter, writer, settings, metrics, log } = parts;
  const { now, elapsed, scanElapsed, rateLimitMs, times } = parts;
  let episodes: Episodes | null = null;
  return new Markets(exchangesOf(started), {
    database,
    log,
    now,
    elapsed,
    scanElapsed,
    rateLimitMs,
    times,
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
    episodes: () => (episodes ??= storedEpisodes(reader)),
    keepEpisodes: (kept) => void writer.maintain(() => keepEpisodes(storeWriter, kept)),
  });
}
