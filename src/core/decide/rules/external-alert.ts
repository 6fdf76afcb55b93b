import { dayMs } from "../../duration";
import type { DecisionContext } from "../context";
import type { ExternalAlert, ExternalAlertsReceived } from "../../observation";
import type { ConditionEnd, State } from "../state";
import { systemAlert, systemFingerprint } from "./system-alert";

/** A system that keeps an alert firing repeats it every few hours: what was not repeated for a day has ended unnoticed. */
export const externalAlertStandsForMs = dayMs;

/**
 * What another alerting system found stands here until it says that it is over, its own end has come, or it is
 * repeated no more; the fingerprint is its own.
 */
export function applyExternalAlerts(context: DecisionContext, { source, from, alerts }: ExternalAlertsReceived): void {
  for (const alert of alerts) {
    const ends = endOf(context, alert);
    if (alert.firing && (ends === null || ends.at > context.now))
      context.hold(candidateFor(source, alert), { ...(ends && { ends }), ...(from !== undefined && { from }) });
    else context.release(systemFingerprint(source, alert.fingerprint));
  }
}

/** How many alerts of a source stand, sent by one token; `except`: fingerprints of its own that do not count. */
export function countExternalAlerts(
  state: State,
  source: string,
  from: string | undefined,
  except: ReadonlySet<string> = new Set(),
): number {
  let count = 0;
  for (const [fingerprint, condition] of state.entries("condition")) {
    if (condition.from !== from) continue;
    const [type, rule, subject] = JSON.parse(fingerprint) as (string | null)[];
    if (type === "SYSTEM" && rule === source && typeof subject === "string" && !except.has(subject)) count++;
  }
  return count;
}

/** Null under an edition that knew no end. */
function endOf({ now, settings }: DecisionContext, { endsAt }: ExternalAlert): ConditionEnd | null {
  if (settings.edition < 1) return null;
  const unrepeatedAt = now + externalAlertStandsForMs;
  return endsAt !== undefined && endsAt <= unrepeatedAt
    ? { at: endsAt, reason: "expired" }
    : { at: unrepeatedAt, reason: "not-repeated" };
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
    // A label may have the name of one of these.
    details: { ...labels, fingerprint, startsAt },
  });
}
