import type { AlertState, AlertType, EndReason, Priority } from "../../src/core/alert";

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

/** What ended an alert, as people read it. */
export const endWords: Readonly<Record<EndReason, string>> = {
  superseded: "its source now says the opposite",
  expired: "its time ran out",
  "condition-over": "the condition is over",
  "not-repeated": "its source no longer reports it",
  gone: "its subject is no longer configured, or has changed",
};
