import { alertTypes, priorities } from "../core/alert";
import { purposes, type DeliveryState } from "../core/notify/delivery";
import { gates, words } from "../core/decide/decision";
import { directions } from "../core/signal";
import { storeFaults } from "../core/store-fault";
import { frameTypes } from "../views/frames";
import { counter, gauge, histogram } from "./described";

const fast = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const answers = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10];
const slow = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const lags = [1, 5, 15, 60, 300, 900, 3600, 14_400, 86_400];
const amounts = [1, 2, 5, 10, 25, 50, 100];

const reportOutcomes = ["read", "refused", "touched", "not-stored"] as const;
const socketDrops = ["slow", "limit", "idle", "bad-frames", "too-large", "access"] as const;
const keptKinds = ["signals", "raw", "decisions", "events", "alerts", "deliveries"] as const;
const scanOutcomes = ["succeeded", "partial", "failed", "timed-out"] as const;
const patterns = [
  "correlation_breakdown",
  "beta_expansion",
  "beta_compression",
  "alpha_breakout",
  "reversion_setup",
  "breakout",
  "support_bounce",
  "volume_spike",
  "cross_timeframe",
  "other",
] as const;
export type Pattern = (typeof patterns)[number];
export const regimes = ["BULLISH", "BEARISH", "NEUTRAL", "VOLATILE"] as const;
const exchangeOutcomes = [
  "answered",
  "rate-limited",
  "unavailable",
  "timeout",
  "bad-answer",
  "unknown-symbol",
  "failed",
] as const;

const deliveryOutcomes = ["sent", "failed", "stale", "withdrawn", "folded"] as const satisfies readonly DeliveryState[];
const deliverySeconds = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 1800, 14_400, 86_400];

const source = { group: "sources", valuesMax: 100 } as const;
const scanner = { group: "scanners", valuesMax: 100 } as const;
const exchange = { group: "exchanges", valuesMax: 20 } as const;
const channel = { group: "channels", valuesMax: 50 } as const;
const rule = { group: "rules", valuesMax: 100 } as const;
const method = { open: true, valuesMax: 8 } as const;
const route = { open: true, valuesMax: 150 } as const;
const status = { open: true, valuesMax: 60 } as const;

/**
 * Every metric there is: name, help, labels with what they may say, buckets. Adding one is a line here, in the order it is
 * exposed; then `npm run metrics:readme`. Base units; what a gauge cannot know is absent.
 */
export const catalogue = {
  buildInfo: gauge("virtuoso_build_info", "Always 1; the version and mode of the running program.", {
    version: { open: true, valuesMax: 1 },
    mode: ["live", "demo"],
  }),

  reports: counter("virtuoso_reports_total", "Report files handled, by what came of reading them.", {
    source,
    outcome: reportOutcomes,
  }),
  reportIngest: histogram("virtuoso_report_ingest_seconds", "From the first hint of a report to its commit.", {}, fast),
  reportsWaiting: gauge("virtuoso_reports_waiting", "Half-written files that may still be completed.", { source }),
  sourceLast: gauge(
    "virtuoso_source_last_observation_timestamp_seconds",
    "When the last live report of a source came.",
    { source },
  ),
  sourceUp: gauge("virtuoso_source_watched", "1 while the source's folder is watched, 0 while it cannot be read.", {
    source,
  }),
  sourceSilentAfter: gauge(
    "virtuoso_source_silent_after_seconds",
    "How long a source may say nothing before it counts as silent; absent while its cadence is not known.",
    { source },
  ),
  quarantined: gauge("virtuoso_quarantined_files", "Files and elements of files in quarantine."),

  signals: counter("virtuoso_signals_total", "Signals read for the first time.", { source, direction: directions }),
  signalLag: histogram(
    "virtuoso_signal_lag_seconds",
    "From the time a signal states to the time it was received.",
    {},
    lags,
  ),
  observations: counter("virtuoso_observations_total", "Signals and opportunities judged, by what came of it.", {
    verdict: words,
  }),
  gateChecks: counter("virtuoso_gate_checks_total", "Questions put to the gates, by their answer.", {
    gate: gates,
    answer: ["passed", "held"],
  }),
  ruleSeconds: histogram(
    "virtuoso_rule_seconds",
    "Time a rule of the user's own took for one observation.",
    { rule },
    fast,
  ),
  alerts: counter("virtuoso_alerts_total", "Alerts raised.", { type: alertTypes, priority: priorities }),
  heldBack: counter(
    "virtuoso_alerts_held_back_total",
    "Alerts that were due and did not go out, by the gate that held them back.",
    { reason: gates },
  ),
  alertsEnded: counter("virtuoso_alerts_ended_total", "Alerts that stood and no longer do, by how they ended.", {
    outcome: ["resolved", "expired"],
  }),
  openAlerts: gauge("virtuoso_alerts_open", "Alerts that stand: open or acknowledged.", {
    type: alertTypes,
    priority: priorities,
  }),
  acknowledged: counter("virtuoso_alerts_acknowledged_total", "Alerts that someone took on."),
  silencesActive: gauge("virtuoso_silences_active", "Silences made at run time that hold."),
  opportunities: counter("virtuoso_opportunities_total", "Alpha opportunities found or reported.", {
    pattern: patterns,
  }),
  regime: gauge(
    "virtuoso_market_regime",
    "1 for the prevailing regime of the market, 0 for the others; absent where it is not known.",
    { regime: regimes },
  ),
  marketAge: gauge("virtuoso_market_age_seconds", "Age of what is known of the market; absent where nothing is."),

  deliveries: counter("virtuoso_deliveries_total", "Messages owed to channels that came to an end, by how.", {
    channel,
    purpose: purposes,
    outcome: deliveryOutcomes,
  }),
  deliverySeconds: histogram(
    "virtuoso_delivery_seconds",
    "From the commit that owed a message to its channel's acceptance.",
    { channel },
    deliverySeconds,
  ),
  alertsUnrouted: counter("virtuoso_alerts_unrouted_total", "Alerts no route takes: they stay on the page."),
  outboxDue: gauge("virtuoso_outbox_due", "Messages that wait to be sent, or to be sent again."),
  outboxOldestDue: gauge(
    "virtuoso_outbox_oldest_due_seconds",
    "How long the oldest of the messages that wait has waited; 0 where none does.",
  ),
  channelUp: gauge("virtuoso_channel_up", "1 while a channel takes what it is sent, 0 while it fails or is broken.", {
    channel,
  }),

  scans: counter("virtuoso_scans_total", "Scans ended, by how.", { scanner, outcome: scanOutcomes }),
  scanSeconds: histogram("virtuoso_scan_duration_seconds", "Time of one scan.", { scanner }, slow),
  scannerLastSuccess: gauge("virtuoso_scanner_last_success_timestamp_seconds", "When a scanner last succeeded.", {
    scanner,
  }),
  scannerInterval: gauge("virtuoso_scanner_interval_seconds", "How often a scanner is due.", { scanner }),
  scannerFailures: gauge("virtuoso_scanner_failures", "Runs of a scanner that failed in a row.", { scanner }),
  scannerMissing: gauge(
    "virtuoso_scanner_missing_ratio",
    "How much of what was due the last run of a scanner could not have: 1 where it failed.",
    { scanner },
  ),
  candlesRevised: counter(
    "virtuoso_exchange_candles_revised_total",
    "Closed candles an exchange corrected after they were kept.",
    { exchange },
  ),
  exchangeRequests: counter("virtuoso_exchange_requests_total", "Questions put to an exchange, by what came of them.", {
    exchange,
    outcome: exchangeOutcomes,
  }),
  exchangeSeconds: histogram(
    "virtuoso_exchange_request_duration_seconds",
    "Time an exchange took to answer, our own waiting for its limits included.",
    { exchange },
    slow,
  ),

  connections: gauge("virtuoso_websocket_connections", "Open WebSockets."),
  messages: counter(
    "virtuoso_websocket_messages_total",
    "WebSocket frames sent, by type; a broadcast counts once a topic set.",
    { type: [...frameTypes, "other"] },
  ),
  dropped: counter("virtuoso_websocket_dropped_total", "WebSockets closed or refused by the daemon, by reason.", {
    reason: socketDrops,
  }),
  resumes: counter(
    "virtuoso_websocket_resumes_total",
    "Clients that came back: what they missed was sent, or a whole snapshot had to do.",
    { outcome: ["replayed", "resync"] },
  ),
  delivery: histogram("virtuoso_event_delivery_seconds", "From the commit to the sockets.", {}, fast),

  httpRequests: counter("virtuoso_http_requests_total", "HTTP requests answered.", { method, route, status }),
  httpSeconds: histogram(
    "virtuoso_http_request_duration_seconds",
    "Time to answer an HTTP request.",
    { method, route },
    answers,
  ),
  cache: counter("virtuoso_cache_requests_total", "Answers from prepared bytes (hit) or prepared on request (miss).", {
    cache: ["overview"],
    outcome: ["hit", "miss"],
  }),
  viewSeconds: histogram(
    "virtuoso_view_prepare_seconds",
    "Time to prepare a view's bytes.",
    { view: ["overview"] },
    fast,
  ),
  browserErrors: counter(
    "virtuoso_browser_errors_total",
    "Errors that pages reported, by whether they were logged or, being too many, only counted.",
    { outcome: ["logged", "counted"] },
  ),

  databaseSize: gauge("virtuoso_database_size_bytes", "Size of the database file."),
  transaction: histogram("virtuoso_database_transaction_seconds", "Time of one commit.", {}, fast),
  databaseSteps: histogram(
    "virtuoso_database_step_seconds",
    "Time of the steps of one commit, and of letting old rows go.",
    { step: ["decide", "record", "commit", "prune"] },
    fast,
  ),
  commitSize: histogram("virtuoso_commit_observations", "Observations committed as one.", {}, amounts),
  storeFaults: counter(
    "virtuoso_store_faults_total",
    "Times the database began to refuse what it was given, by cause.",
    { fault: storeFaults },
  ),
  storeDegraded: gauge("virtuoso_store_degraded", "1 while nothing can be stored."),

  checkProgress: gauge(
    "virtuoso_database_check_progress_ratio",
    "How much of the round through the whole database, one a day, is done.",
  ),
  checkedAt: gauge(
    "virtuoso_database_checked_timestamp_seconds",
    "When the whole database was last looked through and found whole; absent before the first round since the start.",
  ),
  retentionRemoved: counter(
    "virtuoso_retention_removed_rows_total",
    "Rows that were let go of because their time was over.",
    { kind: keptKinds },
  ),
  retentionDebt: gauge(
    "virtuoso_retention_debt_seconds",
    "How long past its time the oldest row of a kind is still there; absent where the kind is kept for ever.",
    { kind: keptKinds },
  ),
  clockAhead: gauge(
    "virtuoso_clock_unconfirmed_seconds",
    "How far the wall clock is ahead of the time that is confirmed, 0 where it is believed. While it is ahead nothing is let go of.",
  ),

  certificateStart: gauge(
    "virtuoso_tls_certificate_not_before_timestamp_seconds",
    "From when the TLS certificate that is served holds; absent where plain HTTP is served.",
  ),
  certificateExpiry: gauge(
    "virtuoso_tls_certificate_expiry_timestamp_seconds",
    "When the TLS certificate that is served ends, with its chain; absent where plain HTTP is served.",
  ),

  auditEntries: gauge(
    "virtuoso_audit_entries",
    "Entries of the audit log. It only grows: that it shrank is worth an alarm.",
  ),
  auditHead: gauge(
    "virtuoso_audit_head",
    "The first 48 bits of the newest entry's hash, which stands for all before it.",
  ),

  eventLoopLag: gauge(
    "virtuoso_event_loop_lag_seconds",
    "How late the event loop ran a timer, worst of the last few seconds.",
  ),
  time: gauge(
    "virtuoso_time_seconds",
    "The daemon's wall clock, Unix time: against the scraper's it shows a clock that is off.",
  ),
  hostCpu: gauge("virtuoso_host_cpu_ratio", "How busy the host's processors were between two looks."),
  hostMemory: gauge("virtuoso_host_memory_ratio", "How much of the host's memory is in use."),
  hostDisk: gauge("virtuoso_host_disk_ratio", "How full the disk of the data folder is."),
  scrape: histogram("virtuoso_scrape_seconds", "Time to answer a scrape; the one under way is not in it.", {}, answers),

  // The process' own go by the names every exporter uses, without our prefix.
  residentMemory: gauge("process_resident_memory_bytes", "Resident memory of the process."),
  virtualMemory: gauge("process_virtual_memory_bytes", "Virtual memory of the process."),
  cpuSeconds: counter("process_cpu_seconds_total", "User and system CPU time of the process since its start."),
  startTime: gauge("process_start_time_seconds", "Start of the process, Unix time."),
  openFiles: gauge("process_open_fds", "Open file descriptors."),
  maxFiles: gauge("process_max_fds", "Most file descriptors the process may open."),
  heapUsed: gauge("nodejs_heap_size_used_bytes", "JavaScript heap in use."),
} as const;

export type Catalogue = typeof catalogue;
