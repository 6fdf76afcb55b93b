import type { EndReason } from "../core/alert";

/** What ended an alert, as people read it, on the page and on the command line. */
export const endWords: Readonly<Record<EndReason, string>> = {
  superseded: "its source now says the opposite",
  expired: "its time ran out",
  "condition-over": "the condition is over",
  "by-hand": "someone resolved it",
  "not-repeated": "its source no longer reports it",
  gone: "its subject is no longer configured, or has changed",
};
