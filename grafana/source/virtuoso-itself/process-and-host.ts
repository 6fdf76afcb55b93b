import type { Row } from "../dashboard";
import { here, quantiles, timeseries } from "../panels";

export const processAndHost: Row = {
  title: "Process and host",
  panels: [
    timeseries({
      title: "Event loop lag",
      description: "How late timers run, at worst of the last seconds.",
      unit: "s",
      span: 6,
      queries: [{ expr: `virtuoso_event_loop_lag_seconds{${here}}`, legend: "{{instance}}" }],
      limits: { notable: 0.2, bad: 1 },
      page: "health",
    }),
    timeseries({
      title: "CPU",
      description:
        "Processors in use by the daemon; 1 is one core. One core for minutes: too much comes in, or a rule of your own dawdles.",
      unit: "short",
      span: 6,
      queries: [
        {
          expr: `rate(process_cpu_seconds_total{job="virtuoso", ${here}}[$__rate_interval])`,
          legend: "{{instance}}",
        },
      ],
      limits: { notable: 0.7, bad: 0.95 },
    }),
    timeseries({
      title: "Memory",
      description:
        "Resident memory and JavaScript heap. Growing for days without more coming in is a leak: keep the log and restart.",
      unit: "bytes",
      span: 6,
      queries: [
        { expr: `process_resident_memory_bytes{job="virtuoso", ${here}}`, legend: "resident" },
        { expr: `nodejs_heap_size_used_bytes{job="virtuoso", ${here}}`, legend: "heap" },
      ],
    }),
    timeseries({
      title: "Host",
      description: "Of the machine as a whole. Full memory or processors slow everything down: find the other process.",
      unit: "percentunit",
      span: 6,
      max: 1,
      queries: [
        { expr: `virtuoso_host_cpu_ratio{${here}}`, legend: "cpu" },
        { expr: `virtuoso_host_memory_ratio{${here}}`, legend: "memory" },
        { expr: `virtuoso_host_disk_ratio{${here}}`, legend: "disk" },
      ],
      limits: { notable: 0.8, bad: 0.95 },
    }),
    timeseries({
      title: "Open files",
      description:
        "File descriptors in use against the most it may have. Near it: raise the limit, or find what keeps them.",
      unit: "short",
      span: 8,
      queries: [
        { expr: `process_open_fds{job="virtuoso", ${here}}`, legend: "open" },
        { expr: `process_max_fds{job="virtuoso", ${here}}`, legend: "most" },
      ],
    }),
    timeseries({
      title: "Rules of your own",
      description:
        "Time one took for one observation, at its 99th percentile. Over 50 ms it holds everything up: make it cheaper.",
      unit: "s",
      span: 8,
      queries: [
        {
          expr: `histogram_quantile(0.99, sum by (le, rule) (rate(virtuoso_rule_seconds_bucket{${here}}[5m])))`,
          legend: "{{rule}}",
        },
      ],
      limits: { bad: 0.05 },
    }),
    timeseries({
      title: "Scrapes",
      description:
        "Time the daemon takes to answer a scrape. Slow: the process is busy, see its event loop lag and CPU.",
      unit: "s",
      span: 8,
      queries: quantiles("virtuoso_scrape_seconds"),
    }),
  ],
};
