import { dashboard } from "./dashboard";
import { here, stat, timeseries } from "./panels";

const quantiles = (metric: string, by = "", range = "5m") =>
  [0.5, 0.95, 0.99].map((share) => ({
    expr: `histogram_quantile(${share}, sum by (le${by}) (rate(${metric}_bucket{${here}}[${range}])))`,
    legend: `p${share * 100}`,
  }));

export const virtuosoItself = dashboard({
  uid: "virtuoso-itself",
  title: "Virtuoso itself",
  description: "Whether the daemon keeps up: from the report to the socket, the database, HTTP, the process.",
  pages: [
    { title: "Health", path: "health" },
    { title: "Audit", path: "audit" },
    { title: "API", path: "docs" },
  ],
  rows: [
    {
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
          description:
            "Share of the requests answered 5xx in five minutes. Over 1 %: the log has each with its reason.",
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
    },
    {
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
    },
    {
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
          queries: [
            { expr: `sum by (fault) (increase(virtuoso_store_faults_total{${here}}[10m]))`, legend: "{{fault}}" },
          ],
          limits: { bad: 1 },
        }),
      ],
    },
    {
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
          description:
            "Requests per second. 429: a client asks too often; 401 and 403: a token expired; 5xx: see the log.",
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
          queries: [
            { expr: `min(virtuoso_tls_certificate_expiry_timestamp_seconds{${here}}) - time()`, legend: "left" },
          ],
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
    },
    {
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
          description:
            "Of the machine as a whole. Full memory or processors slow everything down: find the other process.",
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
    },
  ],
});
