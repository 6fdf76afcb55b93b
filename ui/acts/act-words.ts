import type { AlertDetail } from "../../src/views/trace";
import { clockText, dayText, durationText } from "../parts/time";
import type { AlertShape } from "../wire";

type Acknowledged = NonNullable<AlertShape["acknowledged"]>;
type Act = AlertDetail["acts"][number];

export type Feedback = NonNullable<Act["value"]>;

export const feedbackWords: Readonly<Record<Feedback, string>> = {
  took: "Took",
  skipped: "Skipped",
  late: "Too late",
  noise: "Noise",
};

/** Whether someone has an alert, since when and until when; `now` and what is derived of it in epoch ms. */
export function standingWords(alert: Pick<AlertShape, "state" | "kind" | "timestamp" | "acknowledged">, now: number) {
  const { state, kind, acknowledged } = alert;
  if (acknowledged !== null && state === "acknowledged") return `${holderWords(acknowledged, now)}.`;
  if (state !== "open") return `It has ended: ${state}.`;
  const standing = durationText(Math.max(0, now - Date.parse(alert.timestamp)));
  return `${kind === "state" ? "Firing" : "Open"} for ${standing}, no one has it.`;
}

function holderWords({ by, at, until }: Acknowledged, now: number): string {
  return `${by} has it since ${timeText(Date.parse(at), now)}, until ${timeText(Date.parse(until), now)}`;
}

/** What someone did, after their name: `acknowledged it, until 17:02 UTC`. */
export function actWords({ act, value, until }: Act, now: number): string {
  switch (act) {
    case "acknowledge":
      return until === null ? "acknowledged it" : `acknowledged it, until ${timeText(Date.parse(until), now)}`;
    case "unacknowledge":
      return "gave it back";
    case "resolve":
      return "resolved it";
    case "feedback":
      return value === null ? "said what they made of it" : `said: ${feedbackWords[value].toLowerCase()}`;
    case "note":
      return "noted";
  }
}

const dayMs = 86_400_000;

/** The time of day where that says which moment is meant, else with its date. */
export function timeText(at: number, now: number): string {
  return Math.abs(at - now) < dayMs / 2 ? clockText(at) : dayText(at);
}
