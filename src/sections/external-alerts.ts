import type { ReadAlert, Refusal } from "../api/alertmanager";
import { Problem } from "../api/problems";
import { alertmanagerRoutes } from "../api/routes/alertmanager";
import { placeExternalAlerts } from "../core/decide/rules/external-places";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";

/** The system whose alerts they are: their source. */
const source = "alertmanager";

/** One commit holds the loop no longer than this many take. */
const alertsAtOnce = 250;

/** Alerts that other alerting systems send. */
export function externalAlertsSection(parts: DaemonParts): Section {
  let last: Promise<unknown> = Promise.resolve();
  /** One request after the other: each counts what the one before has left standing. */
  const receiveAlerts = (alerts: readonly ReadAlert[], from: string | null) => {
    const received = last.then(() => receive(parts, alerts, from));
    // The next one comes whatever became of this one; the sender of this one is answered.
    last = received.catch(() => null);
    return received;
  };
  return { name: "external-alerts", routes: alertmanagerRoutes({ now: parts.now, receiveAlerts }) };
}

/** Answers which were refused. Throws Problem where they are not stored: the sender sends them again. */
async function receive(
  { writer, storeWriter, settings, now }: DaemonParts,
  alerts: readonly ReadAlert[],
  from: string | null,
): Promise<Refusal[]> {
  const openMax = settings.config.externalAlertsPerToken;
  const { taken, refused } = placeExternalAlerts(
    storeWriter.state,
    { source, from: from ?? undefined, openMax },
    alerts,
  );
  for (let at = 0; at < taken.length; at += alertsAtOnce) {
    const observation = {
      kind: "external-alerts" as const,
      source,
      ...(from !== null && { from }),
      alerts: taken.slice(at, at + alertsAtOnce).map(({ alert }) => alert),
      receivedAt: now(),
    };
    if (!(await writer.submit({ observation, file: null })))
      throw new Problem("not-stored", writer.trouble ?? undefined);
  }
  const reason = `${openMax} alerts of this token stand already, and no more may: resolve some first`;
  return refused.map(({ index }) => ({ index, reason }));
}
