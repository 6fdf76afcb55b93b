import type { AlertState, AlertType, EndReason, Priority } from "../../src/core/alert";
import type { Gate } from "../../src/core/decide/decision";

/** The closed words of the core as filters offer them; the types keep them the same. */

export const alertTypes = ["SIGNAL", "ALPHA", "SYSTEM", "MARKET"] as const satisfies readonly AlertType[];
export const alertStates = ["open", "acknowledged", "resolved", "expired"] as const satisfies readonly AlertState[];
export const priorities = ["high", "medium", "low"] as const satisfies readonly Priority[];
export const gates = ["inhibited", "silenced", "cooldown", "cap"] as const satisfies readonly Gate[];

/** What ended an alert, as people are told. */
export const endWords: Readonly<Record<EndReason, string>> = {
  superseded: "its source says the opposite now",
  expired: "its time was over",
  "condition-over": "it is so no longer",
  "not-repeated": "who told it tells it no more",
  gone: "what it spoke of is no longer configured, or no longer as it was",
};
