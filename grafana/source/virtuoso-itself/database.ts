import type { Row } from "../dashboard";
import { here, quantiles, timeseries } from "../panels";

export const database: Row = {
  title: "Database",
  panels: [
    timeseries({
      title: "Commits",
      description: "Time of one commit. Slow at its 99th percentile: the disk; at its half: the host.",
      unit: "s",
      span: 8,
      queries: quantiles("virtuoso_database_transaction_seconds"),
      limits: { notable: 0.05, bad: 0.5 },
    }),
    timeseries({
      title: "Retention",
      description:
        "How long past its time the oldest row of each kind is still there. Growing: more comes in " +
        "than is let go of, or the clock leapt ahead and waits for virtuoso clock confirm.",
      unit: "s",
      span: 8,
      queries: [
        { expr: `max by (kind) (virtuoso_retention_debt_seconds{${here}})`, legend: "{{kind}}" },
        { expr: `max(virtuoso_clock_unconfirmed_seconds{${here}}) > 0`, legend: "clock ahead" },
      ],
      limits: { notable: 3600, bad: 86400 },
      page: "health",
    }),
    timeseries({
      title: "Looked through",
      description:
        "How long ago the whole database was last found whole. Over two days: the round does not get " +
        "through, the log says why; none at all: it has found damage or is in its first round.",
      unit: "s",
      span: 8,
      queries: [
        { expr: `time() - max(virtuoso_database_checked_timestamp_seconds{${here}})`, legend: "last whole round" },
        { expr: `max(virtuoso_database_check_progress_ratio{${here}})`, legend: "share of this round" },
      ],
      limits: { notable: 93600, bad: 172800 },
      page: "health",
    }),
    timeseries({
      title: "Let go of",
      description:
        "Rows removed per second because their time was over, by kind. What retention in virtuoso.config.ts says is kept to.",
      unit: "ops",
      span: 8,
      queries: [
        {
          expr: `sum by (kind) (rate(virtuoso_retention_removed_rows_total{${here}}[$__rate_interval]))`,
          legend: "{{kind}}",
        },
      ],
    }),
    timeseries({
      title: "Steps of a commit",
      description:
        "Mean time of deciding, writing rows, committing, and letting old rows go. What grows shows " +
        "where to look: decide is rules of your own, commit is the disk.",
      unit: "s",
      span: 8,
      queries: [
        {
          expr:
            `sum by (step) (rate(virtuoso_database_step_seconds_sum{${here}}[5m]))` +
            ` / (sum by (step) (rate(virtuoso_database_step_seconds_count{${here}}[5m])) > 0)`,
          legend: "{{step}}",
        },
      ],
    }),
    timeseries({
      title: "Observations in a commit",
      description: "How many are committed as one, on average. Near 100: a burst is being worked off.",
      unit: "short",
      span: 8,
      queries: [
        {
          expr:
            `sum(rate(virtuoso_commit_observations_sum{${here}}[5m]))` +
            ` / (sum(rate(virtuoso_commit_observations_count{${here}}[5m])) > 0)`,
          legend: "mean",
        },
      ],
    }),
    timeseries({
      title: "Size",
      description: "Of the database file. Growing for good: shorten the retention.",
      unit: "bytes",
      span: 8,
      queries: [{ expr: `virtuoso_database_size_bytes{${here}}`, legend: "{{instance}}" }],
      page: "health",
    }),
    timeseries({
      title: "Faults",
      description:
        "Times the database began to refuse what it was given, in ten minutes. Each is in the log with its cause.",
      unit: "short",
      span: 16,
      queries: [{ expr: `sum by (fault) (increase(virtuoso_store_faults_total{${here}}[10m]))`, legend: "{{fault}}" }],
      limits: { bad: 1 },
    }),
  ],
};
