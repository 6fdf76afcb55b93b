import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { alertTypes, priorities } from "../core/alert";
import { gates, words } from "../core/decision";
import { directions } from "../core/signal";

const fast = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const slow = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const lags = [1, 5, 15, 60, 300, 900, 3600, 14_400, 86_400];

export const reportOutcomes = ["read", "refused", "touched", "not-stored"] as const;
export const socketDrops = ["slow", "limit", "idle", "bad-frames", "too-large", "access"] as const;
export const storeFaults = ["disk-full", "read-only", "locked", "corrupt", "missing", "failed"] as const;

export type Metrics = ReturnType<typeof createMetrics>;

/** Every metric there is: name, help, labels. Closed label sets stand at 0 from the start, unknown gauges are absent. */
export function createMetrics(facts: { readonly version: string; readonly mode: string; readonly sources: readonly string[]; readonly scanners: readonly string[] }) {
  const registry = new Registry();
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Counter<L>({ name: `virtuoso_${name}`, help, labelNames: [...labelNames], registers });
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Gauge<L>({ name: `virtuoso_${name}`, help, labelNames: [...labelNames], registers });
  const histogram = <L extends string>(name: string, help: string, buckets: number[], labelNames: readonly L[] = []) =>
    new Histogram<L>({ name: `virtuoso_${name}`, help, buckets, labelNames: [...labelNames], registers });

  const metrics = {
    registry,
    buildInfo: gauge("build_info", "Always 1; the version and mode of the running program.", ["version", "mode"]),
    reports: counter("reports_total", "Report files handled, by what came of reading them.", ["source", "outcome"]),
    reportIngest: histogram("report_ingest_seconds", "From the first hint of a report to its commit.", fast),
    signals: counter("signals_total", "Signals read for the first time.", ["source", "direction"]),
    signalLag: histogram("signal_lag_seconds", "From the time a signal tells to the time it was received.", lags),
    observations: counter("observations_total", "Signals and opportunities judged, by the word that tells what came of it.", ["verdict"]),
    alerts: counter("alerts_total", "Alerts raised.", ["type", "priority"]),
    heldBack: counter("alerts_held_back_total", "Alerts that were due and did not go out, by the gate that held them back.", ["reason"]),
    openAlerts: gauge("alerts_open", "Alerts that stand: open or acknowledged.", ["type", "priority"]),
    sourceLast: gauge("source_last_observation_timestamp_seconds", "When the last live report of a source came.", ["source"]),
    sourceUp: gauge("source_watched", "1 while the source's folder is watched, 0 while it cannot be read.", ["source"]),
    quarantined: gauge("quarantined_files", "Files and elements of files in quarantine."),
    ruleSeconds: histogram("rule_seconds", "Time a rule of the user's own took for one observation.", fast, ["rule"]),
    scans: counter("scans_total", "Scans ended, by how.", ["scanner", "outcome"]),
    scanSeconds: histogram("scan_duration_seconds", "Time of one scan.", slow, ["scanner"]),
    scannerLastSuccess: gauge("scanner_last_success_timestamp_seconds", "When a scanner last succeeded.", ["scanner"]),
    connections: gauge("websocket_connections", "Open WebSockets."),
    messages: counter("websocket_messages_total", "WebSocket frames sent, by type; a broadcast counts once a topic set.", ["type"]),
    dropped: counter("websocket_dropped_total", "WebSockets closed or refused by the daemon, by reason.", ["reason"]),
    delivery: histogram("event_delivery_seconds", "From the commit to the sockets.", fast),
    httpRequests: counter("http_requests_total", "HTTP requests answered.", ["method", "route", "status"]),
    httpSeconds: histogram("http_request_duration_seconds", "Time to answer an HTTP request.", fast, ["method", "route"]),
    cache: counter("cache_requests_total", "Answers from prepared bytes (hit) or prepared on request (miss).", ["cache", "outcome"]),
    databaseSize: gauge("database_size_bytes", "Size of the database file."),
    transaction: histogram("database_transaction_seconds", "Time of one commit.", fast),
    storeFaults: counter("store_faults_total", "Times the database began to refuse what it was given, by cause.", ["fault"]),
    storeDegraded: gauge("store_degraded", "1 while nothing can be stored."),
    eventLoopLag: gauge("event_loop_lag_seconds", "How late the event loop ran a timer, worst of the last few seconds."),
    // The process' own go by the names every exporter uses, without our prefix.
    residentMemory: new Gauge({ name: "process_resident_memory_bytes", help: "Resident memory of the process.", registers }),
    cpuSeconds: new Counter({ name: "process_cpu_seconds_total", help: "User and system CPU time of the process since its start.", registers }),
    startTime: new Gauge({ name: "process_start_time_seconds", help: "Start of the process, Unix time.", registers }),
  };

  metrics.buildInfo.set({ version: facts.version, mode: facts.mode }, 1);
  for (const source of facts.sources) {
    for (const outcome of reportOutcomes) metrics.reports.inc({ source, outcome }, 0);
    for (const direction of directions) metrics.signals.inc({ source, direction }, 0);
  }
  for (const scanner of facts.scanners) for (const outcome of ["succeeded", "failed", "timed-out"]) metrics.scans.inc({ scanner, outcome }, 0);
  for (const verdict of words) metrics.observations.inc({ verdict }, 0);
  for (const reason of gates) metrics.heldBack.inc({ reason }, 0);
  for (const type of alertTypes) for (const priority of priorities) metrics.alerts.inc({ type, priority }, 0);
  for (const reason of socketDrops) metrics.dropped.inc({ reason }, 0);
  for (const outcome of ["hit", "miss"]) metrics.cache.inc({ cache: "overview", outcome }, 0);
  for (const fault of storeFaults) metrics.storeFaults.inc({ fault }, 0);
  metrics.connections.set(0);
  metrics.storeDegraded.set(0);
  return metrics;
}
