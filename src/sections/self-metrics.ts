import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { judgeLoop } from "../views/health-checks";
import { countNews } from "./count-news";
import { logNews } from "./log-news";

/** What the daemon counts and logs of itself. */
export function selfMetricsSection({ metrics, log, loopLag, wallClock }: DaemonParts): Section {
  return {
    name: "self-metrics",
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
