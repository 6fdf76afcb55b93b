/** Of `Date`, which knows whole seconds, and of the way here. */
const inexactMs = 2000;

let aheadMs = 0;

/** The time where the data is, epoch ms: the daemon's clock as its last answer had it, this machine's until then. */
export function deskNow(): number {
  return Date.now() + aheadMs;
}

/** Takes note of the time a daemon has just said; clocks that agree within what can be known are taken to agree. */
export function learnDate(date: string | null): void {
  const at = Date.parse(date ?? "");
  if (!Number.isNaN(at)) learn(at - Date.now());
}

/** Takes note of something that has happened: it is not in the future, whatever the clock here shows. Epoch ms. */
export function learnPast(at: number): void {
  learn(Math.max(0, at - Date.now()));
}

function learn(ms: number): void {
  aheadMs = Math.abs(ms) > inexactMs ? ms : 0;
}
