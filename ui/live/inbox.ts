import type { Frame } from "../wire";

export interface Inbox {
  take(frame: Frame): void;
  stop(): void;
}

export interface InboxOptions {
  /** The page is hidden: nothing is drawn. */
  readonly hidden: () => boolean;
  readonly apply: (frame: Frame) => void;
  /** So much came while the page was hidden that reading again is shorter than catching up. */
  readonly startOver: () => void;
}

/** A burst is drawn ten times a second at most, whatever comes. */
const restMs = 100;
/** Most frames kept for a hidden page. */
const keptMax = 1000;

/**
 * Hands frames on in order: the first at once, those close behind it together, and all a hidden page missed when it
 * is looked at.
 */
export function createInbox({ hidden, apply, startOver }: InboxOptions): Inbox {
  let waiting: Frame[] = [];
  let overflowed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let handedAt = Number.NEGATIVE_INFINITY;

  function handOn(): void {
    clearTimeout(timer);
    timer = undefined;
    if (hidden()) return;
    const frames = waiting;
    waiting = [];
    handedAt = performance.now();
    if (frames.length > 0)
      apply(frames.length === 1 && frames[0] !== undefined ? frames[0] : { type: "events", items: frames });
    if (overflowed) startOver();
    overflowed = false;
  }

  document.addEventListener("visibilitychange", handOn);
  return {
    take(frame) {
      waiting.push(frame);
      if (waiting.length > keptMax) {
        // The daemon's position is still needed: hello and the last snapshot have it.
        waiting = waiting.filter(({ type }) => type === "hello" || type === "resync").slice(-2);
        overflowed = true;
      }
      if (hidden()) return;
      const since = performance.now() - handedAt;
      // A snapshot is all there is to see at first, and comes seldom after that.
      if (since >= restMs || frame.type === "dashboard_update") handOn();
      else timer ??= setTimeout(handOn, restMs - since);
    },
    stop() {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", handOn);
    },
  };
}
