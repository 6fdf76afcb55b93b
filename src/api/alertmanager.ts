import { createHash } from "node:crypto";
import { z } from "zod";
import type { Priority } from "../core/alert";
import type { ExternalAlert } from "../core/observation";
import { inPlainWords, plainIssues } from "../core/plain-words";

const labelsMax = 64;
const longestName = 200;
const longestText = 300;
const longestFingerprint = 200;
const refusalsMax = 100;

/**
 * The webhook of Alertmanager (version 4) and of Grafana (1). Each alert is read by itself, and what comes beside
 * them is not looked at.
 */
export const alertmanagerSchema = z.object({ version: z.enum(["1", "4"]), alerts: z.array(z.unknown()) });

/** What became of a webhook's alerts: how many are taken, how many are not, and of the first of those why. */
export const receivedAlertsShape = z.object({
  accepted: z.number().int(),
  refused: z.number().int(),
  refusals: z
    .array(z.object({ index: z.number().int(), reason: z.string() }))
    .meta({ description: `The first ${refusalsMax}, each by its place among the alerts.` }),
});

export type ReceivedAlerts = z.infer<typeof receivedAlertsShape>;

export interface Refusal {
  readonly index: number;
  readonly reason: string;
}

/** An alert that was read, and its place among those that were sent. */
export interface ReadAlert {
  readonly index: number;
  readonly alert: ExternalAlert;
}

const textSchema = z.union([z.string(), z.number(), z.boolean()], "expected text").transform(String);

/** Values that are no text are left out, and so is what is more than can be kept. */
const textsSchema = z.record(z.string(), z.unknown()).transform((texts) => {
  const given = Object.entries(texts).flatMap(([name, value]) => {
    const text = textSchema.safeParse(value);
    return text.success && name.length <= longestName ? [[name, text.data] as const] : [];
  });
  return Object.fromEntries(
    given.toSorted(([a], [b]) => Number(isNeeded(b)) - Number(isNeeded(a))).slice(0, labelsMax),
  );
});

const needed = new Set(["alertname", "severity", "summary", "message", "description"]);

function isNeeded(name: string): boolean {
  return needed.has(name);
}

const alertSchema = z.object({
  status: z
    .string()
    .toLowerCase()
    .pipe(z.enum(["firing", "resolved"], "expected firing or resolved")),
  labels: textsSchema,
  annotations: textsSchema.default({}),
  startsAt: z.string().optional(),
  endsAt: z.string().optional(),
  fingerprint: textSchema.optional(),
});

/** The words of Alertmanager and Grafana in ours; one that cannot be read keeps none of the others unheard. `now`: epoch ms. */
export function readAlerts(
  alerts: readonly unknown[],
  now: number,
): { readonly read: ReadAlert[]; readonly refusals: Refusal[] } {
  const read: ReadAlert[] = [];
  const refusals: Refusal[] = [];
  for (const [index, given] of alerts.entries()) {
    const parsed = alertSchema.safeParse(given, inPlainWords);
    const alert = parsed.success ? alertOf(parsed.data, now) : reasonOf(parsed.error);
    if (typeof alert === "string") refusals.push({ index, reason: alert });
    else read.push({ index, alert });
  }
  return { read, refusals };
}

export function receivedAlerts(accepted: number, refusals: readonly Refusal[]): ReceivedAlerts {
  return {
    accepted,
    refused: refusals.length,
    refusals: refusals.toSorted((a, b) => a.index - b.index).slice(0, refusalsMax),
  };
}

/** A text is why not. */
function alertOf(
  { status, labels, annotations, startsAt = "", endsAt, fingerprint }: z.output<typeof alertSchema>,
  now: number,
): ExternalAlert | string {
  const firing = status === "firing";
  const ends = endsAt === undefined ? null : endOf(endsAt);
  // One that is over is over, whatever it says of when.
  if (firing && !isSane(Date.parse(startsAt), now, startsAheadMsMax))
    return `startsAt: expected a time between the year 2000 and tomorrow, not ${quoted(startsAt)}`;
  if (firing && ends !== null && !isSane(ends, now, endsAheadMsMax))
    return `endsAt: expected a time between the year 2000 and a year from now, not ${quoted(endsAt)}`;
  const { alertname = "an alert without a name", ...others } = labels;
  const summary = annotations["summary"] ?? annotations["message"] ?? annotations["description"];
  return {
    fingerprint: identityOf(fingerprint, labels),
    name: cut(alertname),
    firing,
    priority: priorityOfSeverity(labels["severity"]),
    summary: summary === undefined ? null : cut(summary),
    startsAt: cut(startsAt),
    ...(ends !== null && !Number.isNaN(ends) && { endsAt: ends }),
    labels: Object.fromEntries(Object.entries(others).map(([name, value]) => [name, cut(value)])),
  };
}

const earliest = Date.UTC(2000);
const startsAheadMsMax = 24 * 3_600_000;
const endsAheadMsMax = 366 * 24 * 3_600_000;

function isSane(at: number, now: number, aheadMs: number): boolean {
  return at >= earliest && at <= now + aheadMs;
}

/** The year 1 is how a time that is not set is written in Go: no end is known. */
function endOf(text: string): number | null {
  return text === "" || text.startsWith("0001-01-01") ? null : Date.parse(text);
}

/** Its own, whatever it looks like; where it has none, or a very long one, a hash stands for it. */
function identityOf(fingerprint: string | undefined, labels: Readonly<Record<string, string>>): string {
  if (fingerprint !== undefined && fingerprint !== "" && fingerprint.length <= longestFingerprint) return fingerprint;
  const named = fingerprint || JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return createHash("sha256").update(named).digest("hex").slice(0, 32);
}

function reasonOf(error: z.ZodError): string {
  return plainIssues(error, "the alert")
    .map(({ path, message }) => `${path}: ${message}`)
    .join("; ");
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

function quoted(text: string | undefined): string {
  return text ? JSON.stringify(text.slice(0, 60)) : "nothing";
}
