import { errorRoutes } from "../api/routes/errors";
import { prometheusRoutes } from "../api/routes/prometheus";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { version } from "../version";
import { judgeLoop } from "../views/health-checks";
import { noteBrowserErrors } from "./self-metrics/browser-errors";
import { countNews } from "./self-metrics/count-news";
import { logNews } from "./self-metrics/log-news";
import { scrape } from "./self-metrics/scrape";

/** What the daemon counts and logs of itself. */
export function selfMetricsSection(parts: DaemonParts): Section {
  const { metrics, log, loopLag, wallClock, settings } = parts;
  return {
    name: "self-metrics",
    routes: [
      ...errorRoutes({ browserFailed: noteBrowserErrors(parts) }),
      ...prometheusRoutes({
        version,
        basePath: () => settings.config.basePath,
        metrics: (request) => scrape(parts, request),
      }),
    ],
    committed(news) {
      countNews(metrics, news);
      logNews(log, news.recorded);
    },
    gauges() {
      metrics.eventLoopLag.set(loopLag());
      metrics.time.set(wallClock() / 1000);
    },
    health: () => [{ name: "event_loop", judge: () => judgeLoop(loopLag()) }],
  };
}
