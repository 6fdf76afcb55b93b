import { z } from "zod";

const path = "/api/prometheus/sd";

/** Prometheus' HTTP service discovery. */
export const serviceDiscoveryShape = z.array(z.object({ targets: z.array(z.string()), labels: z.record(z.string(), z.string()) }));

/** The daemon as whoever asks reaches it: by the address that was asked, a path of a proxy included. */
export function targetsAt(url: string, version: string): z.infer<typeof serviceDiscoveryShape> {
  const { host, protocol, pathname } = new URL(url);
  const before = pathname.endsWith(path) ? pathname.slice(0, -path.length) : "";
  return [{ targets: [host], labels: { __scheme__: protocol.replace(":", ""), __metrics_path__: `${before}/metrics`, __meta_virtuoso_version: version } }];
}
