import { inPlainWords, plainIssues } from "../core/plain-words";
import { userAlertSchema, type RuleAnswer } from "../core/decide/rules/rule-answer";
import type { RuleContext, RuleObservation, UserRule } from "../core/settings";

/** An alert's words and details as JSON: more is no alert anyone reads. */
const answerBytesMax = 16 * 1024;

/** What a rule says of one item, whatever it does short of not coming back; null where it found nothing. Never throws. */
export function judgeItem(
  rule: UserRule,
  observation: RuleObservation,
  context: RuleContext,
): Pick<RuleAnswer, "alert" | "fault"> | null {
  try {
    const answer = rule.judge(observation, context);
    // An answer may be a getter or a Proxy: reading it is as much the rule's doing as making it.
    return answer === undefined || answer === null ? null : readAnswer(answer);
  } catch (error) {
    return faultOf("threw", `it threw: ${describeError(error)}`);
  }
}

function readAnswer(answer: unknown): Pick<RuleAnswer, "alert" | "fault"> {
  if (isThenable(answer)) {
    // Left alone, its rejection would count as unhandled.
    answer.then(undefined, () => undefined);
    return faultOf("promise", "it answered with a promise; a rule must answer at once");
  }
  const parsed = userAlertSchema.safeParse(answer, inPlainWords);
  if (!parsed.success)
    return faultOf(
      "not-an-alert",
      `its answer is not an alert: ${plainIssues(parsed.error, "answer")
        .map(({ path, message }) => `${path}: ${message}`)
        .join("; ")}`,
    );
  const bytes = JSON.stringify(parsed.data).length;
  if (bytes > answerBytesMax)
    return faultOf(
      "not-an-alert",
      `its answer is not an alert: ${Math.ceil(bytes / 1024)} KB, at most ${answerBytesMax / 1024}`,
    );
  return { alert: parsed.data };
}

function faultOf(kind: NonNullable<RuleAnswer["fault"]>["kind"], message: string): Pick<RuleAnswer, "fault"> {
  return { fault: { kind, message: message.slice(0, 500) } };
}

/** What was thrown may throw again when it is looked at. */
export function describeError(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error).slice(0, 500);
  } catch {
    return "something that cannot be described";
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** What a rule is shown is shown to the next one too: one that writes to it throws. */
export function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  Object.values(value).forEach(frozen);
  return value;
}
