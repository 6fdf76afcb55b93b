import type { Row } from "../dashboard";
import { here, quantiles, timeseries } from "../panels";

export const http: Row = {
  title: "HTTP and WebSocket",
  panels: [
    timeseries({
      title: "Answers",
      description: "Time to answer, at its 99th percentile. Over two seconds: see by route below which one.",
      unit: "s",
      span: 8,
      queries: quantiles("virtuoso_http_request_duration_seconds"),
      limits: { notable: 0.5, bad: 2 },
    }),
    timeseries({
      title: "Slowest routes",
      description:
        "The five slowest by their mean over five minutes. A list that grew slow: ask for less with since and limit.",
      unit: "s",
      span: 8,
      queries: [
        {
          expr:
            `topk(5, sum by (route) (rate(virtuoso_http_request_duration_seconds_sum{${here}}[5m]))` +
            ` / (sum by (route) (rate(virtuoso_http_request_duration_seconds_count{${here}}[5m])) > 0))`,
          legend: "{{route}}",
        },
      ],
      limits: { notable: 0.5, bad: 2 },
    }),
    timeseries({
      title: "Requests by status",
      description: "Requests per second. 429: a client asks too often; 401 and 403: a token expired; 5xx: see the log.",
      unit: "reqps",
      span: 8,
      stacked: true,
      queries: [
        {
          expr: `sum by (status) (rate(virtuoso_http_requests_total{${here}}[$__rate_interval])) > 0`,
          legend: "{{status}}",
        },
      ],
    }),
    timeseries({
      title: "Errors in browsers",
      description:
        "Errors that pages reported, in ten minutes. The log has each with its page; after an update: reload the page first.",
      unit: "short",
      span: 8,
      queries: [
        { expr: `sum by (outcome) (increase(virtuoso_browser_errors_total{${here}}[10m]))`, legend: "{{outcome}}" },
      ],
      limits: { bad: 1 },
    }),
    timeseries({
      title: "Preparing the overview",
      description:
        "Time to make its bytes, at its 99th percentile. Slow: a great many alerts stand, or the process is busy.",
      unit: "s",
      span: 8,
      queries: [
        {
          expr: `histogram_quantile(0.99, sum by (le, view) (rate(virtuoso_view_prepare_seconds_bucket{${here}}[5m])))`,
          legend: "{{view}}",
        },
      ],
      limits: { notable: 0.02, bad: 0.1 },
    }),
    timeseries({
      title: "Audit log",
      description:
        "Entries of the audit log. It only ever grows; where it shrank somebody went behind the daemon's back: virtuoso audit verify.",
      unit: "short",
      span: 8,
      queries: [{ expr: `virtuoso_audit_entries{${here}}`, legend: "{{instance}}" }],
      page: "audit",
    }),
    timeseries({
      title: "TLS certificate",
      description:
        "How long the certificate that is served still holds; no data where plain HTTP is served. " +
        "Under three weeks: whoever renews it has stopped, see its log; it is read again when its " +
        "file changes.",
      unit: "s",
      span: 24,
      queries: [{ expr: `min(virtuoso_tls_certificate_expiry_timestamp_seconds{${here}}) - time()`, legend: "left" }],
      limits: { notable: 1814400, bad: 259200, above: false },
      page: "health",
    }),
    timeseries({
      title: "WebSockets",
      description:
        "Open sockets. At the limit of connections new ones are refused: raise limits.connections or find who keeps them.",
      unit: "short",
      span: 6,
      queries: [{ expr: `virtuoso_websocket_connections{${here}}`, legend: "{{instance}}" }],
    }),
    timeseries({
      title: "Frames sent",
      description: "WebSocket frames per second by type; a broadcast counts once.",
      unit: "ops",
      span: 6,
      queries: [
        {
          expr: `sum by (type) (rate(virtuoso_websocket_messages_total{${here}}[$__rate_interval])) > 0`,
          legend: "{{type}}",
        },
      ],
    }),
    timeseries({
      title: "Sockets dropped and resumed",
      description:
        "In ten minutes. slow: a client does not drain; resync: it was away for longer than events are kept.",
      unit: "short",
      span: 6,
      queries: [
        {
          expr: `sum by (reason) (increase(virtuoso_websocket_dropped_total{${here}}[10m]))`,
          legend: "dropped: {{reason}}",
        },
        {
          expr: `sum by (outcome) (increase(virtuoso_websocket_resumes_total{${here}}[10m]))`,
          legend: "resumed: {{outcome}}",
        },
      ],
    }),
    timeseries({
      title: "Prepared answers",
      description:
        "Share of overview answers that came from prepared bytes. Low is normal for a few clients; " +
        "below 0.8 under load it means that preparing is in the way.",
      unit: "percentunit",
      span: 6,
      max: 1,
      queries: [
        {
          expr:
            `sum by (cache) (rate(virtuoso_cache_requests_total{outcome="hit", ${here}}[5m]))` +
            ` / (sum by (cache) (rate(virtuoso_cache_requests_total{${here}}[5m])) > 0)`,
          legend: "{{cache}}",
        },
      ],
      limits: { bad: 0.8, above: false },
    }),
  ],
};
