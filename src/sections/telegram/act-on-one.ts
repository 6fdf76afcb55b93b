import { actOn } from "../../acts";
import type { ActName, ActOutcome, FeedbackValue } from "../../core/act";
import { Problem } from "../../api/problems";
import type { DaemonParts } from "../../daemon/parts";
import { seqOfAlert } from "../../views/shape";
import type { AlertShape } from "../../views/alerts";
import { clockOf } from "./words";

/** From where an act came, beside who did it. */
export const from = "telegram";

interface Doing {
  readonly act: ActName;
  readonly forMs?: number;
  readonly value?: FeedbackValue;
}

/** Does it with one alert. Throws Problem where it is not stored. */
export async function actOnOne(parts: DaemonParts, id: string, by: string, doing: Doing): Promise<ActOutcome> {
  const seq = seqOfAlert(id);
  if (seq === null) return "unknown";
  const { act, forMs = null, value = null } = doing;
  const outcomes = await actOn(parts, [seq], { act, by, from, note: null, forMs, value });
  if (outcomes === null) throw new Problem("not-stored", parts.writer.trouble ?? undefined);
  return outcomes.get(seq) ?? "unknown";
}

/** Until when it is acknowledged, for a person; empty where it is not. */
export function acknowledgedUntil(alert: Pick<AlertShape, "acknowledged"> | null, now: number): string {
  return alert?.acknowledged ? ` until ${clockOf(alert.acknowledged.until, now)}` : "";
}

/** A refusal as a line for a person. */
export function problemWords(problem: Problem): string {
  if (problem.code === "not-stored") return `not done: it could not be stored (${problem.message})`;
  return problem.issues?.map(({ message }) => message).join("; ") ?? problem.message;
}
