import { priorities, type Alert, type AlertState, type Priority } from "../alert";
import { dayMs, minuteMs } from "../duration";
import { formatCount, formatDay, formatDuration } from "../text";
import { agreementOf, type Stance } from "./agreement";
import type { Purpose } from "./delivery";

/** An alert as far as a message speaks of it. Times are epoch ms. */
export type Subject = Pick<Alert, "message" | "priority" | "kind" | "raisedAt"> & {
  readonly state: AlertState;
  readonly endedAt: number | null;
  /** Beside its own words: price, stop, targets. */
  readonly figures: readonly string[];
  /** In one sentence; null where its own words say it. */
  readonly why: string | null;
  /** What it says of a symbol; null or left out where it says no such thing. */
  readonly stance?: Stance | null;
  /** Who has it; null where no one does. */
  readonly acknowledged: { readonly by: string; readonly at: number; readonly until: number | null } | null;
};

/** What else a message speaks of. */
export interface Besides {
  /** Other alerts that waited with it: the strongest, and the priorities of the rest. */
  readonly others: { readonly named: readonly Subject[]; readonly rest: readonly Priority[] };
  /** Events whose time was over before they got out, and that no message has counted yet. */
  readonly stale: { readonly signals: number; readonly others: number };
}

const nothingBesides: Besides = { others: { named: [], rest: [] }, stale: { signals: 0, others: 0 } };

export interface Composed {
  /** One line. */
  readonly title: string;
  /** Plain text, in lines. */
  readonly text: string;
}

/** A message this much after the raise says both times. */
const lateMs = minuteMs;

/** The words of a test of a channel. */
export function composeTest(channel: string): Composed & { readonly priority: Priority } {
  return { priority: "medium", title: "Virtuoso: a test", text: `Alerts arrive over ${channel}: this was a test.` };
}

/** The words of a message at the moment it is sent. Pure: the same row at the same time says the same. */
export function compose(subject: Subject, purpose: Purpose, now: number, besides = nothingBesides): Composed {
  const { agreement, rest } = withAgreement(subject, besides.others);
  const others = rest.named.length + rest.rest.length;
  const what = [subject.message, ...subject.figures].join(", ");
  const lead = leadOf(subject, purpose, what, now);
  return {
    title: others === 0 ? lead : `${lead} (and ${others} more)`,
    text: [
      lead,
      ...(agreement === null ? [] : [agreement]),
      ...reasonsOf(subject, purpose, now),
      ...timesOf(subject, purpose, now),
      ...otherLines(rest, now),
      ...staleLines(besides.stale),
    ].join("\n"),
  };
}

/** Those that speak of the same symbol are said in one line, and are no others. */
function withAgreement({ stance }: Subject, others: Besides["others"]) {
  const isAbout = (each: Subject) => stance && each.stance?.symbol === stance.symbol;
  const same = others.named.filter(isAbout).flatMap((each) => each.stance ?? []);
  const agreement = stance ? agreementOf([stance, ...same]) : null;
  const rest = agreement === null ? others : { ...others, named: others.named.filter((each) => !isAbout(each)) };
  return { agreement, rest };
}

/** A first word that says why it comes, where it is not the first that is said of it. */
function leadOf({ raisedAt, acknowledged }: Subject, purpose: Purpose, what: string, now: number): string {
  if (purpose === "resolve") return `Resolved: ${what}`;
  if (purpose === "remind") return `Still open after ${formatDuration(now - raisedAt)}: ${what}`;
  if (purpose !== "escalate") return what;
  const since = `for ${formatDuration(now - raisedAt)}`;
  return acknowledged === null ? `Not acknowledged ${since}: ${what}` : `Open ${since}: ${what}`;
}

function reasonsOf({ why, acknowledged }: Subject, purpose: Purpose, now: number): string[] {
  if (purpose === "resolve") return [];
  const has = acknowledged && `acknowledged by ${acknowledged.by} ${clockOf(acknowledged.at, now)}`;
  const until = acknowledged?.until ? `, until ${clockOf(acknowledged.until, now)}` : "";
  return [why, has && `${has}${until}`].filter((line) => line !== null);
}

function timesOf({ kind, state, raisedAt, endedAt }: Subject, purpose: Purpose, now: number): string[] {
  const ended = endedAt === null ? null : `${state} ${clockOf(endedAt, now)}`;
  const raised = `raised ${clockOf(raisedAt, now)}`;
  if (purpose === "resolve") return [`${raised}${ended === null ? "" : `, ${ended}`}`];
  const isLate = now - raisedAt >= lateMs;
  if (!isLate && ended === null) return [];
  const sent = isLate ? `sent ${clockOf(now, now)} (${formatDuration(now - raisedAt)} later)` : null;
  return [[raised, sent, kind === "state" ? ended : null].filter((part) => part !== null).join(", ")];
}

function otherLines({ named, rest }: Besides["others"], now: number): string[] {
  if (named.length === 0) return [];
  return [
    `waited with it: ${formatCount(named.length + rest.length, "alert")}`,
    ...named.map((subject) => `- ${subject.priority}: ${subject.message} (${spanOf(subject, now)})`),
    ...(rest.length === 0 ? [] : [`- ${rest.length} more: ${countsOf(rest)}`]),
  ];
}

function spanOf({ raisedAt, endedAt, state }: Subject, now: number): string {
  const raised = `raised ${clockOf(raisedAt, now)}`;
  return endedAt === null ? raised : `${raised}, ${state} ${clockOf(endedAt, now)}`;
}

function countsOf(rest: readonly Priority[]): string {
  return priorities
    .toReversed()
    .map((priority) => ({ priority, count: rest.filter((each) => each === priority).length }))
    .filter(({ count }) => count > 0)
    .map(({ priority, count }) => `${count} ${priority}`)
    .join(", ");
}

function staleLines({ signals, others }: Besides["stale"]): string[] {
  const counted = [
    ...(signals > 0 ? [formatCount(signals, "signal")] : []),
    ...(others > 0 ? [formatCount(others, others < signals + others ? "other alert" : "alert")] : []),
  ];
  if (counted.length === 0) return [];
  return [`${counted.join(" and ")} meanwhile ${signals + others === 1 ? "is" : "are"} over`];
}

/** The day as well where it is not now's. */
function clockOf(at: number, now: number): string {
  const isToday = Math.floor(at / dayMs) === Math.floor(now / dayMs);
  return isToday ? `${new Date(at).toISOString().slice(11, 16)} UTC` : formatDay(at);
}
