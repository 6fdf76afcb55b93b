/** What is known of a session, epoch ms and ms. */
export interface SessionTimes {
  readonly now: number;
  /** Until when the access token is good; null where that is not known. */
  readonly until: number | null;
  /** When a person last did something. */
  readonly lastInputAt: number;
  /** When it was last reported to the daemon. */
  readonly reportedAt: number;
  /** How long a session lives without a person. */
  readonly idleMaxMs: number;
  /** So long before the access token ends it is renewed. */
  readonly aheadMs: number;
}

export interface SessionPlan {
  readonly next: "renew" | "leave";
  readonly inMs: number;
  /** From then on the page says that the session will end. */
  readonly warnAt: number;
  readonly endsAt: number;
}

const warnMaxMs = 5 * 60_000;

/**
 * What a page does next about its session: renew it, which reports the last input too, or leave after too long
 * without input.
 */
export function planSession({ now, until, lastInputAt, reportedAt, idleMaxMs, aheadMs }: SessionTimes): SessionPlan {
  const endsAt = lastInputAt + idleMaxMs;
  // A session shorter than an access token would end during work: input is reported in time.
  const reportAt = lastInputAt > reportedAt ? reportedAt + idleMaxMs / 4 : Number.POSITIVE_INFINITY;
  const renewAt = Math.min(until === null ? now : until - aheadMs, reportAt);
  const warnAt = endsAt - Math.min(warnMaxMs, idleMaxMs / 4);
  return {
    next: renewAt < endsAt ? "renew" : "leave",
    inMs: Math.max(0, Math.min(renewAt, endsAt) - now),
    warnAt,
    endsAt,
  };
}
