import type { Row } from "../dashboard";
import { here, quantiles, timeseries } from "../panels";

export const latency: Row = {
  title: "From the report to the socket",
  panels: [
    timeseries({
      title: "Ingest latency",
      description:
        "From the first hint of a report to its commit. Slow: every commit waits for the disk, virtuoso doctor measures it.",
      unit: "s",
      span: 8,
      queries: quantiles("virtuoso_report_ingest_seconds"),
      limits: { notable: 0.1, bad: 1 },
    }),
    timeseries({
      title: "Reports",
      description:
        "Report files handled per second, by what came of reading them. refused ones are in quarantine with their reasons.",
      unit: "ops",
      span: 8,
      stacked: true,
      queries: [
        {
          expr: `sum by (outcome) (rate(virtuoso_reports_total{${here}}[$__rate_interval]))`,
          legend: "{{outcome}}",
        },
      ],
      page: "quarantine",
    }),
    timeseries({
      title: "From the commit to the sockets",
      description: "How long publishing takes. Slow: too many sockets, or one process too busy.",
      unit: "s",
      span: 8,
      queries: quantiles("virtuoso_event_delivery_seconds"),
      limits: { notable: 0.05, bad: 0.5 },
    }),
  ],
};
