/** up: it takes what it is sent. failing: it is tried again. broken: it is not, until a person has mended it. */
const channelStates = ["up", "failing", "broken"] as const;
export type ChannelState = (typeof channelStates)[number];

/** How a channel fares; a row for each. Times are epoch ms. */
export interface ChannelHealth {
  readonly state: ChannelState;
  /** Since when it is in that state. */
  readonly since: number;
  /** Nothing is tried before; null: nothing is to be waited for. */
  readonly pausedUntil: number | null;
  /** Tries in a row that failed. */
  readonly failures: number;
  /** What it answered last, for a person; null before the first try. */
  readonly lastAnswer: string | null;
  readonly lastDeliveredAt: number | null;
}

/** What became of one try, as far as it matters here. `answer`: one line for a person. */
export type Tried =
  /** `restMs`: it is to be left alone for so long all the same. */
  | { readonly outcome: "accepted"; readonly answer: string; readonly remoteId?: string; readonly restMs?: number }
  | { readonly outcome: "again"; readonly answer: string }
  /** The channel is to be left alone for so long, ms; null: it named no time. */
  | { readonly outcome: "pause"; readonly answer: string; readonly forMs: number | null }
  | { readonly outcome: "refused"; readonly answer: string }
  | { readonly outcome: "broken"; readonly answer: string };

export function newChannel(at: number): ChannelHealth {
  return { state: "up", since: at, pausedUntil: null, failures: 0, lastAnswer: null, lastDeliveredAt: null };
}

export interface TryTerms {
  readonly now: number;
  /** How many tries may be under way at once: when as many failed in a row, the channel fails and not the message. */
  readonly slots: number;
  /** How long to wait after so many failures, ms. */
  readonly waitMs: (failures: number) => number;
}

/** How a channel fares after a try. */
export function afterTry(last: ChannelHealth, tried: Tried, { now, slots, waitMs }: TryTerms): ChannelHealth {
  const isPaused = last.pausedUntil !== null && last.pausedUntil > now;
  const before = { ...last, pausedUntil: isPaused ? last.pausedUntil : null };
  const health = { ...before, lastAnswer: tried.answer };
  const failures = before.failures + 1;
  switch (tried.outcome) {
    case "accepted":
      return become(
        "up",
        { ...health, failures: 0, pausedUntil: restOf(before, tried, now), lastDeliveredAt: now },
        now,
      );
    case "again":
      return become(
        "failing",
        { ...health, failures, pausedUntil: pauseOf(before, failures, slots, now, waitMs) },
        now,
      );
    case "pause":
      if (tried.forMs !== null) return { ...health, pausedUntil: now + tried.forMs };
      return become("failing", { ...health, failures, pausedUntil: now + waitMs(failures) }, now);
    case "refused":
      // It answers, and nothing was wrong with it; that it works is shown by what it takes.
      return before.state === "failing"
        ? become("up", { ...health, failures: 0, pausedUntil: null }, now)
        : { ...health, failures: 0 };
    case "broken":
      return become("broken", { ...health, failures, pausedUntil: null }, now);
  }
}

/** It may be tried at once, whatever it did before: its settings changed, or a person asks for it. */
export function mended(health: ChannelHealth, now: number): ChannelHealth {
  const tried = { ...health, pausedUntil: null };
  return health.state === "broken" ? become("failing", tried, now) : tried;
}

function become(state: ChannelState, health: ChannelHealth, now: number): ChannelHealth {
  return { ...health, state, since: state === health.state ? health.since : now };
}

function restOf(before: ChannelHealth, { restMs }: { readonly restMs?: number }, now: number): number | null {
  const asked = pauseAsked(before);
  return restMs === undefined ? asked : Math.max(asked ?? 0, now + restMs);
}

/** A pause that was asked for outlasts what another try brought; one of our own, because it failed, does not. */
function pauseAsked({ state, pausedUntil }: ChannelHealth): number | null {
  return state === "up" ? pausedUntil : null;
}

function pauseOf(
  { pausedUntil }: ChannelHealth,
  failures: number,
  slots: number,
  now: number,
  waitMs: TryTerms["waitMs"],
): number | null {
  return failures < slots ? pausedUntil : now + waitMs(failures - slots + 1);
}
