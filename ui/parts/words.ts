import type { AlertState, AlertType, EndReason, Priority } from "../../src/core/alert";
import type { Gate } from "../../src/core/decide/decision";

/** What stands where the first answer is on its way. */
export const waiting = "Waiting for the daemon's answer.";
/** The next step where no report came. */
export const reportsAppear = "Reports written to a watched folder appear here at once.";
/** Where opportunities come from. */
export const opportunitiesAppear =
  "They are searched on the candles of the configured exchanges, and read from alpha reports in a watched folder.";
/** The next step where nothing was held back. */
export const heldAppear = "An alert that is due and is not sent is listed here with its reason.";

/** The closed words of the core as filters offer them; the types keep them the same. */

export const alertTypes = ["SIGNAL", "ALPHA", "SYSTEM", "MARKET"] as const satisfies readonly AlertType[];
export const alertStates = ["open", "acknowledged", "resolved", "expired"] as const satisfies readonly AlertState[];
export const priorities = ["high", "medium", "low"] as const satisfies readonly Priority[];
/** What came of a signal or an opportunity, as filters offer it. */
export const outcomes = [
  { name: "raised", label: "raised" },
  { name: "held", label: "held back" },
  { name: "not-worth", label: "not worth an alert" },
] as const;
export const gates = ["inhibited", "silenced", "cooldown", "cap"] as const satisfies readonly Gate[];

/** What ended an alert, as people are told. */
export const endWords: Readonly<Record<EndReason, string>> = {
  superseded: "its source says the opposite now",
  expired: "its time was over",
  "condition-over": "it is so no longer",
  "not-repeated": "who told it tells it no more",
  gone: "what it spoke of is no longer configured, or no longer as it was",
};
