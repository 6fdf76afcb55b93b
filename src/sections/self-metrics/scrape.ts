import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { securityHeaders } from "../../api/security-headers";
import { contentTypes, formatFor } from "../../telemetry/format";
import { readProcess } from "../../telemetry/process-facts";
import type { DaemonParts } from "../../daemon/parts";

const compress = promisify(gzip);

/** Every metric, in the format that was asked for. Gauges are read now; one that cannot be known is left out. */
export async function scrape({ metrics, elapsed, sections }: DaemonParts, request: Request): Promise<Response> {
  const startedAt = elapsed();
  const processRead = readProcess(metrics);
  for (const section of sections) section.gauges?.();
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
