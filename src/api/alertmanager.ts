import { z } from "zod";
import type { Priority } from "../core/alert";
import type { ExternalAlert } from "../core/observation";

const mostAlerts = 1000;
const mostLabels = 64;
const longestText = 300;

const textsSchema = z.record(z.string().max(200), z.string().max(10_000)).refine((texts) => Object.keys(texts).length <= mostLabels, `expected at most ${mostLabels}`);

/** Version 4 of Alertmanager's webhook. It may say more than is read here: another program's document grows by its own rules. */
export const alertmanagerSchema = z.object({
  version: z.literal("4"),
  alerts: z
    .array(
      z.object({
        status: z.enum(["firing", "resolved"]),
        labels: textsSchema,
        annotations: textsSchema.default({}),
        startsAt: z.iso.datetime({ offset: true }),
        fingerprint: z.string().regex(/^[0-9a-f]{1,64}$/, "expected hexadecimal digits"),
      }),
    )
    .max(mostAlerts),
});

/** Alertmanager's words in ours. */
export function externalAlertsOf({ alerts }: z.output<typeof alertmanagerSchema>): ExternalAlert[] {
  return alerts.map(({ status, labels, annotations, startsAt, fingerprint }) => {
    const { alertname = "an alert without a name", ...others } = labels;
    const told = annotations["summary"] ?? annotations["message"] ?? annotations["description"];
    return {
      fingerprint,
      name: cut(alertname),
      firing: status === "firing",
      priority: priorityOfSeverity(labels["severity"]),
      summary: told === undefined ? null : cut(told),
      startsAt,
      labels: Object.fromEntries(Object.entries(others).map(([name, value]) => [name, cut(value)])),
    };
  });
}

/** By the words in use for it; what is said in none of them is in the middle. */
function priorityOfSeverity(severity: string | undefined): Priority {
  const word = severity?.toLowerCase() ?? "";
  if (["critical", "page", "high", "error", "emergency", "fatal"].includes(word)) return "high";
  return ["info", "information", "low", "none", "debug"].includes(word) ? "low" : "medium";
}

function cut(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText - 1)}…`;
}
