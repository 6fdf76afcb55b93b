import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { securityHeaders } from "../api/security-headers";
import { alertTypes, priorities } from "../core/alert";
import type { KeptKind } from "../store/prune";
import { regimes } from "../telemetry/catalogue";
import { contentTypes, formatFor } from "../telemetry/exposition";
import type { Metrics } from "../telemetry/metrics";
import { readProcess } from "../telemetry/process-facts";
import { headAsNumber } from "./audit";
import { sourceShapes, type Parts } from "./api-deps";

const compress = promisify(gzip);

/** Every metric, in the format that was asked for. Gauges are read now; one that cannot be known is left out. */
export async function scrape(parts: Parts, request: Request): Promise<Response> {
  const { metrics, elapsed } = parts;
  const startedAt = elapsed();
  const processRead = readProcess(metrics);
  readGauges(parts);
  await processRead;
  const format = formatFor(request.headers.get("accept"));
  const page = await metrics.page(format, elapsed);
  const headers = {
    ...securityHeaders,
    "content-type": contentTypes[format],
    "cache-control": "no-store",
    vary: "accept, accept-encoding",
  };
  const zipped = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/i.test(request.headers.get("accept-encoding") ?? "");
  // On a thread of its own: the loop is not held up by it.
  const body = zipped ? new Uint8Array(await compress(page, { level: 1 })) : page;
  metrics.scrape.observe((elapsed() - startedAt) / 1000);
  return new Response(body, { headers: zipped ? { ...headers, "content-encoding": "gzip" } : headers });
}

function readGauges(parts: Parts): void {
  const { metrics, hub, writer, loopLag, wallClock } = parts;
  metrics.connections.set(hub.connections);
  metrics.eventLoopLag.set(loopLag());
  metrics.time.set(wallClock() / 1000);
  metrics.storeDegraded.set(writer.fault === null ? 0 : 1);
  metrics.checkProgress.set(parts.integrity.progress);
  setOrForget(metrics.checkedAt, parts.integrity.checkedAt, 1000);
  metrics.clockAhead.set((parts.retention.doubt?.byMs ?? 0) / 1000);
  const certificate = parts.certificate();
  setOrForget(metrics.certificateStart, certificate?.startsAt ?? null, 1000);
  setOrForget(metrics.certificateExpiry, certificate?.endsAt ?? null, 1000);
  readHost(parts);
  readSources(parts);
  readScanners(parts);
  readMarket(parts);
  if (writer.fault === null) readStore(parts);
}

function readHost({ metrics, host }: Parts): void {
  const { cpu, memory, disk } = host.usage;
  setOrForget(metrics.hostCpu, cpu, 100);
  setOrForget(metrics.hostMemory, memory, 100);
  setOrForget(metrics.hostDisk, disk, 100);
}

function readSources(parts: Parts): void {
  const { metrics } = parts;
  for (const gauge of [metrics.sourceUp, metrics.sourceLast, metrics.sourceSilentAfter, metrics.reportsWaiting])
    gauge.forget();
  for (const { name: source, state, last_report_at: lastAt, waiting, cadence } of sourceShapes(parts)) {
    metrics.sourceUp.set(state === "unreachable" ? 0 : 1, { source });
    metrics.reportsWaiting.set(waiting, { source });
    if (lastAt !== null) metrics.sourceLast.set(Date.parse(lastAt) / 1000, { source });
    if (cadence.silent_after_seconds !== null) metrics.sourceSilentAfter.set(cadence.silent_after_seconds, { source });
  }
}

function readScanners({ metrics, scheduler }: Parts): void {
  metrics.scannerInterval.forget();
  metrics.scannerFailures.forget();
  metrics.scannerMissing.forget();
  for (const { name: scanner, intervalMs, failures, lacks, lastSuccessAt } of scheduler.standings()) {
    metrics.scannerInterval.set(intervalMs / 1000, { scanner });
    metrics.scannerFailures.set(failures, { scanner });
    if (failures > 0 || lastSuccessAt !== null)
      metrics.scannerMissing.set(failures > 0 ? 1 : (lacks?.share ?? 0), { scanner });
  }
}

function readMarket({ metrics, overview, now }: Parts): void {
  const { regime: prevailing, age_seconds: age } = overview.market(now());
  setOrForget(metrics.marketAge, age);
  metrics.regime.forget();
  if (prevailing === null) return;
  for (const regime of regimes) metrics.regime.set(regime === prevailing ? 1 : 0, { regime });
}

function readStore({ metrics, reader, storeGauges, retention }: Parts): void {
  metrics.retentionDebt.forget();
  for (const [kind, seconds] of Object.entries(retention.debtSeconds()))
    metrics.retentionDebt.set(seconds, { kind: kind as KeptKind });
  metrics.databaseSize.set(reader.sizeBytes());
  metrics.quarantined.set(storeGauges.quarantined());
  const head = storeGauges.auditHead();
  metrics.auditEntries.set(head.id);
  metrics.auditHead.set(headAsNumber(head));
  metrics.openAlerts.forget();
  for (const type of alertTypes) for (const priority of priorities) metrics.openAlerts.set(0, { type, priority });
  for (const { type, priority, count } of storeGauges.openAlerts()) metrics.openAlerts.set(count, { type, priority });
}

function setOrForget(gauge: Metrics["hostCpu"], value: number | null, per = 1): void {
  if (value === null) gauge.forget();
  else gauge.set(value / per);
}
