import type { Docket } from "../docket";
import type { ExternalAlert, ExternalAlertsHeard } from "../observation";
import { systemAlert, systemFingerprint } from "./system-alert";

/** What another alerting system found stands here until it says that it is over; the fingerprint is its own. */
export function hearExternalAlerts(docket: Docket, { source, alerts }: ExternalAlertsHeard): void {
  for (const alert of alerts) {
    if (alert.firing) docket.hold(candidateFor(source, alert));
    else docket.release(systemFingerprint(source, alert.fingerprint));
  }
}

function candidateFor(source: string, { fingerprint, name, summary, priority, startsAt, labels }: ExternalAlert) {
  return systemAlert({
    rule: source,
    subject: fingerprint,
    kind: "state",
    priority,
    message: summary === null ? name : `${name}: ${summary}`,
    source,
    expiresAt: null,
    details: { fingerprint, startsAt, ...labels },
  });
}
