import type { SilencePreview } from "../../src/views/silences";
import { durationText } from "../parts/time";
import type { AlertShape } from "../wire";
import { timeText } from "./act-words";

/** What of an alert others may share, so that they are muted with it. */
export type Likeness = "symbol" | "source" | "rule";

interface Matcher {
  readonly name: Likeness;
  readonly op: "=";
  readonly value: string;
}

export type Likenesses = readonly Matcher[];

/** What an alert has of it. */
export function likenessesOf(alert: Pick<AlertShape, Likeness>): Likenesses {
  return (["symbol", "source", "rule"] as const).flatMap((name) => {
    const value = alert[name];
    return value === null ? [] : [{ name, op: "=" as const, value }];
  });
}

/** What is chosen at first: its symbol whatever the rule, else the rule at its source. */
export function firstChosen(all: Likenesses): readonly Likeness[] {
  return all.some(({ name }) => name === "symbol") ? ["symbol"] : all.map(({ name }) => name);
}

const hourMs = 3_600_000;

export interface Span {
  readonly name: "1h" | "2h" | "8h" | "24h" | "resolved";
  readonly label: string;
  /** How long a mute holds; null: until its alert ends. */
  readonly ms: number | null;
}

const spans: readonly Span[] = [
  { name: "1h", label: "1 h", ms: hourMs },
  { name: "2h", label: "2 h", ms: 2 * hourMs },
  { name: "8h", label: "8 h", ms: 8 * hourMs },
  { name: "24h", label: "24 h", ms: 24 * hourMs },
  { name: "resolved", label: "until it resolves", ms: null },
];

/** What can be chosen: only what stands can still end. */
export function spansFor({ state, kind }: Pick<AlertShape, "state" | "kind">): readonly Span[] {
  const stands = state === "open" || state === "acknowledged";
  return spans
    .filter(({ ms }) => ms !== null || stands)
    .map((span) => (span.ms === null && kind === "event" ? { ...span, label: "until it ends" } : span));
}

/** When a span would end: `until 15:09 UTC`; of one that ends with its alert, how long that stands by now. */
export function untilText({ ms }: Span, alert: Pick<AlertShape, "timestamp" | "kind" | "expires_at">, now: number) {
  if (ms !== null) return `until ${timeText(now + ms, now)}`;
  if (alert.kind === "event" && alert.expires_at !== null)
    return `at the latest ${timeText(Date.parse(alert.expires_at), now)}`;
  return `firing for ${durationText(Math.max(0, now - Date.parse(alert.timestamp)))}`;
}

export interface Mute {
  readonly alertId: string;
  readonly match: Likenesses;
  readonly span: Span["name"];
  readonly includeHigh: boolean;
  readonly comment: string;
}

/** As the daemon takes it. */
export function silenceBody({ alertId, match, span, includeHigh, comment }: Mute): object {
  return {
    match,
    ...(span === "resolved" ? { until: "resolved", alert: alertId } : { for: span }),
    ...(comment === "" ? {} : { comment }),
    include_high: includeHigh,
  };
}

/** What a mute would have cost, as a sentence. */
export function previewText({ hidden, hidden_high: high, since, until, complete }: SilencePreview): string {
  const over = complete ? "7 days" : `the last ${durationText(Date.parse(until) - Date.parse(since))}`;
  return `Would have hidden ${hidden} in ${over}, ${high} high.`;
}

/** What would have come all the same; empty where nothing would. */
export function comesThrough({ high_left: left }: SilencePreview): string {
  return left === 0 ? "" : `${left} high would still have come through.`;
}
