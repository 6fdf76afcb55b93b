import { z } from "zod";

const targetShape = z.object({ targets: z.array(z.string()), labels: z.record(z.string(), z.string()) });

/** Prometheus' HTTP service discovery. */
export const serviceDiscoveryShape = z.array(targetShape);

/** How whoever asks reaches this daemon: `basePath` is "" or like "/desk". */
interface Reached {
  readonly host: string;
  readonly secure: boolean;
  readonly basePath: string;
  readonly version: string;
}

/** The daemon as a target: by the address that was asked, a proxy's path and encryption included. */
export function targetOf({ host, secure, basePath, version }: Reached): z.infer<typeof targetShape> {
  return {
    targets: [host],
    labels: {
      __scheme__: secure ? "https" : "http",
      __metrics_path__: `${basePath}/metrics`,
      __meta_virtuoso_version: version,
    },
  };
}
