import type { Row } from "../dashboard";
import { here, stat } from "../panels";

export const now: Row = {
  title: "Now",
  panels: [
    stat({
      title: "Up",
      description: "Whether Prometheus reaches the daemon. Down: virtuoso status on its machine, then the log.",
      unit: "short",
      span: 3,
      queries: [{ expr: `min(up{job="virtuoso", ${here}})`, legend: "up" }],
      words: { 0: { text: "DOWN", colour: "red" }, 1: { text: "up", colour: "green" } },
      page: "health",
    }),
    stat({
      title: "Stores",
      description:
        "Whether the database takes what it is given. Not: free the disk, mend the rights; what " +
        "could not be stored is read again from the folders.",
      unit: "short",
      span: 3,
      queries: [{ expr: `max(virtuoso_store_degraded{${here}})`, legend: "degraded" }],
      words: { 0: { text: "yes", colour: "green" }, 1: { text: "NO", colour: "red" } },
      page: "health",
    }),
    stat({
      title: "Uptime",
      description: "Since the last start. Short again and again: the log says why it ends.",
      unit: "s",
      span: 3,
      queries: [{ expr: `time() - max(process_start_time_seconds{job="virtuoso", ${here}})`, legend: "uptime" }],
    }),
    stat({
      title: "Version",
      description: "The running version and mode. demo: every number is simulated.",
      unit: "short",
      span: 3,
      queries: [{ expr: `virtuoso_build_info{${here}}`, legend: "{{version}} {{mode}}" }],
      named: true,
    }),
    stat({
      title: "Event loop lag",
      description:
        "How late timers run, at worst of the last seconds. Over a second: something computes for " +
        "too long; look at rules of your own and at large folders.",
      unit: "s",
      span: 3,
      queries: [{ expr: `max(virtuoso_event_loop_lag_seconds{${here}})`, legend: "lag" }],
      limits: { notable: 0.2, bad: 1 },
      page: "health",
    }),
    stat({
      title: "Errors",
      description: "Share of the requests answered 5xx in five minutes. Over 1 %: the log has each with its reason.",
      unit: "percentunit",
      span: 3,
      queries: [
        {
          expr:
            `sum(rate(virtuoso_http_requests_total{status=~"5..", ${here}}[5m]))` +
            ` / (sum(rate(virtuoso_http_requests_total{${here}}[5m])) > 0)`,
          legend: "errors",
        },
      ],
      limits: { notable: 0.005, bad: 0.01 },
    }),
    stat({
      title: "Clock",
      description:
        "The daemon's clock against Prometheus'. Off by more than seconds: mend the time service, or " +
        "signals are called late that are not.",
      unit: "s",
      span: 3,
      queries: [
        {
          expr: `max(abs(virtuoso_time_seconds{${here}} - timestamp(virtuoso_time_seconds{${here}})))`,
          legend: "off by",
        },
      ],
      limits: { notable: 5, bad: 30 },
    }),
    stat({
      title: "Disk",
      description:
        "How full the disk of the data folder is. Nearly full: shorten the retention in virtuoso.config.ts or give it more.",
      unit: "percentunit",
      span: 3,
      queries: [{ expr: `max(virtuoso_host_disk_ratio{${here}})`, legend: "disk" }],
      limits: { notable: 0.8, bad: 0.9 },
      page: "health",
    }),
  ],
};
