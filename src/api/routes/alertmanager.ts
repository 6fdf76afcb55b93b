import {
  alertmanagerSchema,
  readAlerts,
  receivedAlerts,
  receivedAlertsShape,
  type ReadAlert,
  type Refusal,
} from "../alertmanager";
import { Problem } from "../problems";
import { route, type Route } from "../route";

export interface AlertmanagerDeps {
  readonly now: () => number;
  /**
   * Alerts of another alerting system, by the name of its token; answers which there was no place for. Throws Problem
   * where they are not stored.
   */
  readonly receiveAlerts: (alerts: readonly ReadAlert[], from: string | null) => Promise<Refusal[]>;
}

/** A webhook carries every alert of its group at once, a thousand bytes each, and is not sent again in parts. */
const webhookBytesMax = 8 * 1024 * 1024;

export function alertmanagerRoutes(deps: AlertmanagerDeps): Route[] {
  return [
    route({
      method: "POST",
      path: "/api/ingest/alertmanager",
      need: "ingest.write",
      summary:
        "Takes what Alertmanager's or Grafana's webhook sends: firing alerts stand on the desk until they are " +
        "resolved, their own end comes, or they are not repeated for a day",
      body: alertmanagerSchema,
      bodyBytesMax: webhookBytesMax,
      answer: receivedAlertsShape,
      async handle({ body: { alerts }, context: { env } }) {
        const { read, refusals } = readAlerts(alerts, deps.now());
        refusals.push(...(await deps.receiveAlerts(read, env.by === "off" ? null : (env.principal?.name ?? null))));
        const received = receivedAlerts(alerts.length - refusals.length, refusals);
        // Its sender writes into its log what is refused as a whole, and nothing else.
        if (received.accepted === 0 && received.refused > 0)
          throw new Problem(
            "validation",
            `accepted: 0, refused: ${received.refused}`,
            received.refusals.map(({ index, reason }) => ({ path: `alerts[${index}]`, message: reason })),
          );
        return received;
      },
    }),
  ];
}
