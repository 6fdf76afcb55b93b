import type { DeliveryShape } from "../../src/views/deliveries";
import { timeText } from "../acts/act-words";
import type { IconName } from "../parts/icon";

type Delivery = Pick<
  DeliveryShape,
  "state" | "purpose" | "due_at" | "attempts" | "last_answer" | "accepted_at" | "folded_into"
>;

/** What a delivery is about where it is not the alert itself. */
const purposeWords: Readonly<Record<DeliveryShape["purpose"], string>> = {
  raise: "",
  remind: "reminder",
  escalate: "escalation",
  resolve: "that it resolved",
  edit: "that it changed",
  digest: "digest",
  canary: "canary",
  test: "test",
};

export const purposeText = ({ purpose }: Pick<Delivery, "purpose">): string => purposeWords[purpose];

const icons: Readonly<Record<DeliveryShape["state"], IconName>> = {
  due: "stale",
  sent: "check",
  failed: "error",
  stale: "none",
  withdrawn: "leave",
  folded: "filter",
};

/** Which mark and colour a delivery has: good, waiting, bad, or none. */
export function markOf({ state }: Pick<Delivery, "state">): { readonly icon: IconName; readonly tone: string } {
  const tone = { sent: "raised", failed: "is-bad", due: "stopped" }[state as "sent" | "failed" | "due"] ?? "";
  return { icon: icons[state], tone };
}

/** How a delivery stands, in plain words: `waits, next try 13:40 UTC, after 3 tries: 503`. */
export function deliveryText(delivery: Delivery, now: number): string {
  const { state, due_at: dueAt, attempts, last_answer: answer, accepted_at: acceptedAt } = delivery;
  const said = answer === null ? "" : `: ${answer}`;
  switch (state) {
    case "sent": {
      const at = acceptedAt === null ? "accepted" : `accepted ${timeText(Date.parse(acceptedAt), now)}`;
      return attempts > 1 ? `${at}, at try ${attempts}` : at;
    }
    case "due": {
      const due = Date.parse(dueAt);
      const next = due > now ? `waits, next try ${timeText(due, now)}` : "on its way";
      return attempts === 0 && answer === null ? next : `${next}, after ${triesText(attempts)}${said}`;
    }
    case "failed":
      return `failed after ${triesText(attempts)}${said}`;
    case "stale":
      return "not sent: what it would have said was over";
    case "withdrawn":
      return "withdrawn before it was sent";
    case "folded":
      return "sent within another message";
  }
}

function triesText(attempts: number): string {
  return attempts === 1 ? "1 try" : `${attempts} tries`;
}

/** How many channels accepted the alert itself, of those that were to. */
export function acceptedText(deliveries: readonly Pick<Delivery, "state" | "purpose">[]): string {
  const raises = deliveries.filter(({ purpose }) => purpose === "raise");
  const accepted = raises.filter(({ state }) => state === "sent" || state === "folded").length;
  return raises.length === 0 ? "" : `${accepted} of ${raises.length} got it`;
}
