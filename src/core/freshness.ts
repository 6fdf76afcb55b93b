/**
 * How something that is expected time and again has come: in time, later than expected, refused, not yet for the first
 * time, with nothing known of it; or nothing is expected now.
 */
export const freshnessStates = ["fresh", "stale", "failing", "starting", "idle", "unknown"] as const;
export type FreshnessState = (typeof freshnessStates)[number];

/** The state of a source, by what is known of its folder and its reports. */
export const freshnessOfFolder = {
  "live": "fresh",
  "silent": "stale",
  "unreachable": "failing",
  "starting": "starting",
  "first-look": "starting",
  "idle": "idle",
  "no-data": "unknown",
} as const satisfies Readonly<Record<string, FreshnessState>>;

/** The same for people, at the command line and on the page. */
export const folderWords: Readonly<Record<keyof typeof freshnessOfFolder, string>> = {
  "live": "fresh",
  "silent": "silent",
  "unreachable": "unreachable",
  "starting": "starting",
  "first-look": "first look",
  "idle": "idle",
  "no-data": "no data",
};

/** What a state is by now: what was fresh is stale once the next is overdue. Times are epoch ms. */
export function freshnessAt(
  state: FreshnessState,
  at: number | null,
  staleAfterMs: number | null,
  now: number,
): FreshnessState {
  const overdue = at !== null && staleAfterMs !== null && now - at > staleAfterMs;
  return state === "fresh" && overdue ? "stale" : state;
}

/**
 * Opportunities come every few minutes where there are any; one older than an hour no longer describes now. The one
 * definition of a stale opportunity.
 */
const opportunityStaleAfterMs = 3_600_000;

export function isStaleOpportunity(observedAt: number, now: number): boolean {
  return now - observedAt > opportunityStaleAfterMs;
}
