import type { Alert, AlertState } from "../alert";
import { formatDuration } from "../text";
import type { Purpose } from "./delivery";

/** An alert as far as a message speaks of it. Times are epoch ms. */
export type Subject = Pick<Alert, "message" | "priority" | "kind" | "raisedAt"> & {
  readonly state: AlertState;
  readonly endedAt: number | null;
};

export interface Composed {
  /** One line. */
  readonly title: string;
  /** Plain text, in lines. */
  readonly text: string;
}

/** A message this much after the raise says both times. */
const lateMs = 60_000;

/** The words of a message at the moment it is sent. Pure: the same row at the same time says the same. */
export function compose(subject: Subject, purpose: Purpose, now: number): Composed {
  return { title: subject.message, text: [subject.message, ...timesOf(subject, purpose, now)].join("\n") };
}

function timesOf({ kind, state, raisedAt, endedAt }: Subject, purpose: Purpose, now: number): string[] {
  const ended = endedAt === null ? null : `${state} ${clockOf(endedAt)}`;
  if (purpose === "resolve") return [`raised ${clockOf(raisedAt)}${ended === null ? "" : `, ${ended}`}`];
  const isLate = now - raisedAt >= lateMs;
  if (!isLate && ended === null) return [];
  const sent = isLate ? `sent ${clockOf(now)} (${formatDuration(now - raisedAt)} later)` : null;
  const parts = [`raised ${clockOf(raisedAt)}`, sent, kind === "state" ? ended : null];
  return [parts.filter((part) => part !== null).join(", ")];
}

function clockOf(at: number): string {
  return `${new Date(at).toISOString().slice(11, 16)} UTC`;
}
