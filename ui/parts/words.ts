import type { EndReason } from "../../src/core/alert";

/** What stands where the first answer is on its way. */
export const waiting = "Waiting for the daemon's answer.";
/** The next step where no report came. */
export const reportsAppear = "Reports written to a watched folder appear here at once.";
/** Where opportunities come from. */
export const opportunitiesAppear =
  "They are searched on the candles of the configured exchanges, and read from alpha reports in a watched folder.";
/** The next step where nothing was held back. */
export const heldAppear = "An alert that is due and is not sent is listed here with its reason.";

/** What ended an alert, as people read it. */
export const endWords: Readonly<Record<EndReason, string>> = {
  superseded: "its source now says the opposite",
  expired: "its time ran out",
  "condition-over": "the condition is over",
  "by-hand": "someone resolved it",
  "not-repeated": "its source no longer reports it",
  gone: "its subject is no longer configured, or has changed",
};
