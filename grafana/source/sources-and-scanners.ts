import { dashboard } from "./dashboard";
import { bars, here, stat, timeseries } from "./panels";

export const sourcesAndScanners = dashboard({
  uid: "virtuoso-sources-and-scanners",
  title: "Sources and scanners",
  description: "Whether everything that should speak does, and what the exchanges allow.",
  pages: [
    { title: "Sources", path: "sources" },
    { title: "Quarantine", path: "quarantine" },
    { title: "Health", path: "health" },
    { title: "Market", path: "market" },
  ],
  rows: [
    {
      title: "Sources",
      panels: [
        stat({
          title: "Folders",
          description:
            "Whether each source's folder is watched. Not: it is gone or cannot be read; it is looked for every 15 s and heals by itself.",
          unit: "short",
          span: 6,
          queries: [{ expr: `virtuoso_source_watched{${here}}`, legend: "{{source}}" }],
          words: { 0: { text: "UNREACHABLE", colour: "red" }, 1: { text: "watched", colour: "green" } },
          page: "sources",
        }),
        stat({
          title: "Quarantine",
          description:
            "Files that could not be read. virtuoso quarantine lists them with reasons; virtuoso quarantine retry reads them again.",
          unit: "short",
          span: 6,
          queries: [{ expr: `sum(virtuoso_quarantined_files{${here}})`, legend: "files" }],
          limits: { notable: 1, bad: 20 },
          page: "quarantine",
        }),
        stat({
          title: "Half-written",
          description:
            "Files that may still be completed. More than a few: a writer does not rename, or died in the middle.",
          unit: "short",
          span: 6,
          queries: [{ expr: `sum(virtuoso_reports_waiting{${here}})`, legend: "files" }],
          limits: { notable: 5, bad: 50 },
          page: "sources",
        }),
        stat({
          title: "Scanners failing",
          description:
            "Scanners whose last run did not succeed. virtuoso status says why; virtuoso scan NAME runs one now.",
          unit: "short",
          span: 6,
          queries: [{ expr: `count(virtuoso_scanner_failures{${here}} > 0) or vector(0)`, legend: "failing" }],
          limits: { bad: 1 },
          page: "health",
        }),
        timeseries({
          title: "Silence",
          description:
            "Time since the last live report, as a share of how long the source may be silent. At 1 it " +
            "is silent and has an alert: look at the strategy that writes it.",
          unit: "percentunit",
          span: 8,
          queries: [
            {
              expr:
                `(time() - virtuoso_source_last_observation_timestamp_seconds{${here}}) / ` +
                `virtuoso_source_silent_after_seconds{${here}}`,
              legend: "{{source}}",
            },
          ],
          limits: { notable: 0.7, bad: 1 },
          page: "sources",
        }),
        timeseries({
          title: "Cadence",
          description: "Reports per minute. Irregular where it was regular: the writer struggles.",
          unit: "cpm",
          span: 8,
          queries: [
            {
              expr: `sum by (source) (rate(virtuoso_reports_total{outcome="read", ${here}}[5m])) * 60`,
              legend: "{{source}}",
            },
          ],
          page: "sources",
        }),
        timeseries({
          title: "Refused",
          description:
            "Reports refused in ten minutes. A writer changed its format: virtuoso read FILE shows how a file is read.",
          unit: "short",
          span: 8,
          queries: [
            {
              expr: `sum by (source) (increase(virtuoso_reports_total{outcome="refused", ${here}}[10m]))`,
              legend: "{{source}}",
            },
          ],
          limits: { bad: 5 },
          page: "quarantine",
        }),
      ],
    },
    {
      title: "Scanners",
      panels: [
        bars({
          title: "Time since the last success, in intervals",
          description: "1 is on time. Far above: it fails or hangs; what it last found stays and grows old.",
          unit: "short",
          span: 8,
          queries: [
            {
              expr: `(time() - virtuoso_scanner_last_success_timestamp_seconds{${here}}) / virtuoso_scanner_interval_seconds{${here}}`,
              legend: "{{scanner}}",
            },
          ],
          limits: { notable: 2, bad: 5 },
          page: "health",
        }),
        timeseries({
          title: "Scans",
          description:
            "Scans ended per minute, however they ended. A line that stops is a scanner that hangs or " +
            "was switched off in virtuoso.config.ts.",
          unit: "cpm",
          span: 8,
          queries: [{ expr: `sum by (scanner) (rate(virtuoso_scans_total{${here}}[5m])) * 60`, legend: "{{scanner}}" }],
        }),
        timeseries({
          title: "Failed scans",
          description:
            "Scans that failed or ran out of time in ten minutes. A few are an exchange's hiccups; steadily: virtuoso status says why.",
          unit: "short",
          span: 8,
          stacked: true,
          queries: [
            {
              expr: `sum by (scanner, outcome) (increase(virtuoso_scans_total{outcome=~"failed|timed-out", ${here}}[10m]))`,
              legend: "{{scanner}} {{outcome}}",
            },
          ],
          limits: { bad: 3 },
          page: "health",
        }),
        timeseries({
          title: "Time of a scan",
          description:
            "At its 95th percentile. Near its timeout: give it more in virtuoso.config.ts, or watch fewer symbols.",
          unit: "s",
          span: 8,
          queries: [
            {
              expr: `histogram_quantile(0.95, sum by (le, scanner) (rate(virtuoso_scan_duration_seconds_bucket{${here}}[5m])))`,
              legend: "{{scanner}}",
            },
          ],
        }),
        timeseries({
          title: "Failures in a row",
          description: "After each the scanner waits twice as long, up to a quarter of an hour.",
          unit: "short",
          span: 8,
          queries: [{ expr: `virtuoso_scanner_failures{${here}}`, legend: "{{scanner}}" }],
          limits: { notable: 1, bad: 2 },
        }),
        timeseries({
          title: "Missing of what was due",
          description:
            "Share of a scan's candles or pairs that could not be had. 100 %: it failed. Steadily above " +
            "0: virtuoso status says which and why.",
          unit: "percentunit",
          span: 8,
          queries: [{ expr: `virtuoso_scanner_missing_ratio{${here}}`, legend: "{{scanner}}" }],
          limits: { notable: 0.05, bad: 0.5 },
          page: "health",
        }),
      ],
    },
    {
      title: "Exchanges",
      panels: [
        timeseries({
          title: "Questions",
          description:
            "Questions put to each exchange per minute. Near its published limit: watch fewer symbols or scan less often.",
          unit: "cpm",
          span: 6,
          queries: [
            {
              expr: `sum by (exchange) (rate(virtuoso_exchange_requests_total{${here}}[5m])) * 60`,
              legend: "{{exchange}}",
            },
          ],
          page: "market",
        }),
        timeseries({
          title: "Turned away",
          description:
            "Questions an exchange did not answer in ten minutes. rate-limited: it asks for fewer, and " +
            "is left alone for as long as it says, else for a minute and longer; unavailable for long: " +
            "it is down, or bans this address.",
          unit: "short",
          span: 6,
          stacked: true,
          queries: [
            {
              expr: `sum by (exchange, outcome) (increase(virtuoso_exchange_requests_total{outcome!="answered", ${here}}[10m]))`,
              legend: "{{exchange}} {{outcome}}",
            },
          ],
          limits: { bad: 10 },
          page: "health",
        }),
        timeseries({
          title: "Time of an answer",
          description:
            "At its 95th percentile, our own waiting for the limits included. Growing: the limits are what holds scans up.",
          unit: "s",
          span: 6,
          queries: [
            {
              expr:
                "histogram_quantile(0.95, sum by (le, exchange) " +
                `(rate(virtuoso_exchange_request_duration_seconds_bucket{${here}}[5m])))`,
              legend: "{{exchange}}",
            },
          ],
          limits: { notable: 2, bad: 10 },
        }),
        timeseries({
          title: "Corrected candles",
          description:
            "Closed candles an exchange revised later, in an hour. A few are late trades; many: what is " +
            "judged from its newest candles is of little worth.",
          unit: "short",
          span: 6,
          queries: [
            {
              expr: `sum by (exchange) (increase(virtuoso_exchange_candles_revised_total{${here}}[1h]))`,
              legend: "{{exchange}}",
            },
          ],
          limits: { bad: 60 },
        }),
      ],
    },
  ],
});
