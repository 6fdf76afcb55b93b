import type { FeedbackValue } from "../../core/act";
import type { AlertDetail } from "../../views/trace";

const words: Readonly<Record<FeedbackValue, string>> = {
  took: "taken by",
  skipped: "skipped by",
  late: "too late for",
  noise: "noise, says",
};

/** What people made of an alert, each by what they said last; null where no one said anything. */
export function feedbackLine(alert: Pick<AlertDetail, "acts"> | null): string | null {
  const last = new Map<string, FeedbackValue>();
  for (const { act, by, value } of alert?.acts ?? []) if (act === "feedback" && value !== null) last.set(by, value);
  return last.size === 0 ? null : [...last].map(([by, value]) => `${words[value]} ${by}`).join(", ");
}
