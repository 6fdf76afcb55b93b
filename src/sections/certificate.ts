import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { judgeCertificate } from "../views/health-checks";

/** The certificate that is served. */
export function certificateSection({ certificate, metrics, now }: DaemonParts): Section {
  return {
    name: "certificate",
    gauges() {
      const served = certificate();
      metrics.certificateStart.setOrForget(served?.startsAt ?? null, 1000);
      metrics.certificateExpiry.setOrForget(served?.endsAt ?? null, 1000);
    },
    health: () => [{ name: "certificate", judge: () => judgeCertificate(certificate(), now()) }],
  };
}
