import type { AcknowledgementChange } from "../act";
import type { Alert, AlertChange } from "../alert";
import type { Delivery, DeliveryMark, DueDelivery, Purpose } from "./delivery";

/** A channel as far as planning goes. */
export interface ChannelTarget {
  readonly name: string;
  /** machines are sent every change; people what they have to know. */
  readonly audience: "people" | "machines";
  /** Whether a message that was accepted can be changed afterwards. */
  readonly edits: boolean;
}

/** What a commit decided, as far as anyone outside is concerned. */
export interface AlertNews {
  readonly raised: readonly Pick<Alert, "seq" | "priority" | "rule" | "details">[];
  readonly changed: readonly Pick<AlertChange, "seq" | "state" | "reason">[];
  /** Whose acknowledgement began or ended while they stand. */
  readonly acknowledged: readonly Pick<AcknowledgementChange, "seq">[];
}

export interface PlanContext {
  readonly channels: readonly ChannelTarget[];
  /** What is owed or was sent about an alert already. */
  readonly deliveriesOf: (alertSeq: number) => readonly Delivery[];
  readonly now: number;
}

/** What a commit leaves in the outbox: rows that are new, and what becomes of rows that were due. */
export interface Plan {
  readonly due: readonly DueDelivery[];
  readonly over: readonly DeliveryMark[];
}

/**
 * What a commit owes to whom. High and medium go to every channel at once, low stays on the page; the end of an alert goes
 * where its beginning got out, or still may. What an event would have said is stale once its time is over.
 */
export function planDeliveries(news: AlertNews, context: PlanContext): Plan {
  const { channels, now } = context;
  const raises = news.raised
    .filter(({ priority }) => priority !== "low")
    .flatMap((alert) =>
      channels
        .filter(({ name }) => name !== brokenChannelOf(alert))
        .map(({ name }) => owe(alert.seq, name, "raise", now)),
    );
  const changes = news.changed.map((change) =>
    change.state === "resolved" ? { due: follow(change.seq, "resolve", context), over: [] } : expire(change, context),
  );
  return {
    due: [
      ...raises,
      ...changes.flatMap(({ due }) => due),
      ...news.acknowledged.flatMap(({ seq }) => follow(seq, "edit", context)),
    ],
    over: changes.flatMap(({ over }) => over),
  };
}

/** An alert about a channel that takes nothing is not owed to that channel. */
function brokenChannelOf({ rule, details }: AlertNews["raised"][number]): unknown {
  return rule === "channel-broken" ? details["channel"] : null;
}

/** That an event's time is over is news to no one; that it was superseded is, where it got out. */
function expire({ seq, reason }: AlertNews["changed"][number], context: PlanContext): Plan {
  const rows = context.deliveriesOf(seq);
  const over = overOnceExpired(rows, context.now);
  const ended = new Set(over.map((mark) => mark.seq));
  const left = rows.filter((row) => !ended.has(row.seq));
  return { due: reason === "expired" ? [] : follow(seq, "edit", context, left), over };
}

/** What is owed once an alert changed: wherever its raise got out, or still may. */
function follow(
  alertSeq: number,
  purpose: Purpose,
  { channels, deliveriesOf, now }: PlanContext,
  rows = deliveriesOf(alertSeq),
): DueDelivery[] {
  return channels.flatMap((channel) => {
    const here = rows.filter(({ channel: name }) => name === channel.name);
    const raise = here.find((row) => row.purpose === "raise");
    if (raise === undefined || !mayGetOut(raise) || !isFor(purpose, channel)) return [];
    // A message that is still due says how things are when it is sent.
    const isSaidAnyway = here.some((row) => row.state === "due" && (row === raise || row.purpose === "edit"));
    if (purpose === "edit" && channel.audience === "people" && isSaidAnyway) return [];
    return [owe(alertSeq, channel.name, purpose, raise.state === "due" ? Math.max(now, raise.dueAt) : now, now)];
  });
}

function overOnceExpired(rows: readonly Delivery[], now: number): DeliveryMark[] {
  const due = rows.filter(({ state }) => state === "due");
  const unsent = new Set(due.filter(({ purpose }) => purpose === "raise").map(({ channel }) => channel));
  return due
    .filter(({ channel }) => unsent.has(channel))
    .map(({ seq, purpose }) => ({ seq, state: purpose === "raise" ? "stale" : "withdrawn", endedAt: now }));
}

/** One message to one channel. `alertSeq`: null where it is about no alert. */
export function owe(
  alertSeq: number | null,
  channel: string,
  purpose: Purpose,
  dueAt: number,
  createdAt = dueAt,
): DueDelivery {
  return { alertSeq, channel, purpose, route: null, step: 0, createdAt, dueAt };
}

function isFor(purpose: Purpose, { audience, edits }: ChannelTarget): boolean {
  return purpose === "resolve" || audience === "machines" || edits;
}

function mayGetOut({ state }: Delivery): boolean {
  return state === "sent" || state === "due" || state === "folded";
}
