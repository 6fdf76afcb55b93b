/**
 * Says when it was answered by a clock that is not this machine's, such as the demo's: who reads ages goes by `Date`,
 * which the server fills in with the machine's own time.
 */
export function dateBy(now: (() => number) | null, response: Response): void {
  if (now !== null) response.headers.set("date", new Date(now()).toUTCString());
}
