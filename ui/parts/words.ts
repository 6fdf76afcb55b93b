/** What stands where the first answer is on its way. */
export const waiting = "Waiting for the daemon's answer.";
/** The next step where no report came. */
export const reportsAppear = "Reports written to a watched folder appear here at once.";
/** Where opportunities come from. */
export const opportunitiesAppear =
  "They are searched on the candles of the exchanges named in virtuoso.config.ts, and read from alpha reports in a watched folder.";
/** The next step where nothing was held back. */
export const heldAppear = "An alert that is due and is not sent is listed here with its reason.";
/** Why a file was refused, for people; the word itself is the API's. */
export function refusalText(reason: string): string {
  return reason.replaceAll("-", " ").replace("json", "JSON").replace("utf8", "UTF-8");
}
