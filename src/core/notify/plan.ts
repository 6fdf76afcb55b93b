import type { AcknowledgementChange } from "../act";
import type { Alert, AlertChange } from "../alert";
import type { Matched } from "../matcher";
import { begins, type Delivery, type DeliveryMark, type DueDelivery, type Purpose } from "./delivery";
import type { ChannelTarget } from "./channel-target";
import type { PlanContext } from "./plan-context";
import { owedDigests } from "./digest";
import { reminderAfter } from "./remind";
import { owedOfRaise } from "./route-raise";

/** What a commit decided, as far as anyone outside is concerned. */
export interface AlertNews {
  readonly raised: readonly (Pick<Alert, "seq"> & Matched)[];
  readonly changed: readonly Pick<AlertChange, "seq" | "state" | "reason">[];
  /** Whose acknowledgement began or ended while they stand. */
  readonly acknowledged: readonly AcknowledgementChange[];
}

/** What a commit leaves in the outbox: rows that are new, and what becomes of rows that were due. */
export interface Plan {
  readonly due: readonly DueDelivery[];
  readonly over: readonly DeliveryMark[];
}

/**
 * What a commit owes to whom: of a raise by its routes; the end of an alert goes where its beginning got out, or still
 * may. What an event would have said is stale once its time is over, and what was to follow is withdrawn at the end.
 */
export function planDeliveries(news: AlertNews, context: PlanContext): Plan {
  const raises: DueDelivery[] = [];
  for (const alert of news.raised) {
    const owed = owedOfRaise(alert, context, raises);
    raises.push(...owed, ...owedDigests(alert, owed, context, raises));
  }
  const changes = news.changed.map((change) =>
    change.state === "resolved" ? resolve(change.seq, context) : expire(change, context),
  );
  const acknowledged = news.acknowledged.map((change) => acknowledge(change, context));
  return {
    due: [...raises, ...[...changes, ...acknowledged].flatMap(({ due }) => due)],
    over: [...changes, ...acknowledged].flatMap(({ over }) => over),
  };
}

function acknowledge({ seq, acknowledgement }: AcknowledgementChange, context: PlanContext): Plan {
  const rows = context.deliveriesOf(seq);
  const over =
    acknowledgement === null
      ? []
      : withdrawn(rows, context.now, ({ purpose, unlessAcknowledged }) => unlessAcknowledged || purpose === "remind");
  const again = acknowledgement === null ? remindAgain(seq, rows, context) : [];
  return { due: [...follow(seq, "edit", context, without(rows, over)), ...again], over };
}

/** Someone had it, and has it no longer: whoever was reminded of it is again. */
function remindAgain(seq: number, rows: readonly Delivery[], context: PlanContext): DueDelivery[] {
  const priority = context.priorityOf(seq);
  if (priority === null) return [];
  return context.channels.flatMap(({ name }) => {
    const began = rows.find(
      (row) => row.channel === name && begins(row.purpose) && row.state !== "due" && mayGetOut(row),
    );
    return began === undefined ? [] : (reminderAfter(began, priority, rows, context) ?? []);
  });
}

function resolve(seq: number, context: PlanContext): Plan {
  const rows = context.deliveriesOf(seq);
  const over = withdrawn(rows, context.now, comesLater);
  return { due: follow(seq, "resolve", context, without(rows, over)), over };
}

/** What comes once more, or to more people. */
function comesLater({ purpose }: Delivery): boolean {
  return purpose === "escalate" || purpose === "remind";
}

/** What is due already may be under way: whether it still holds is judged where it is sent. */
function withdrawn(
  rows: readonly Delivery[],
  now: number,
  isMeant: (row: Delivery) => boolean,
): (DeliveryMark & { readonly seq: number })[] {
  return rows
    .filter((row) => row.state === "due" && row.dueAt > now && row.attempts === 0 && isMeant(row))
    .map(({ seq }) => ({ seq, state: "withdrawn", endedAt: now }));
}

function without(rows: readonly Delivery[], over: readonly DeliveryMark[]): Delivery[] {
  const ended = new Set(over.map(({ seq }) => seq));
  return rows.filter(({ seq }) => !ended.has(seq));
}

/** That an event's time is over is news to no one; that it was superseded is, where it got out. */
function expire({ seq, reason }: AlertNews["changed"][number], context: PlanContext): Plan {
  const rows = context.deliveriesOf(seq);
  const over = [...overOnceExpired(rows, context.now), ...withdrawn(rows, context.now, comesLater)];
  const marks = [...new Map(over.toReversed().map((mark) => [mark.seq, mark])).values()];
  return { due: reason === "expired" ? [] : follow(seq, "edit", context, without(rows, marks)), over: marks };
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
    const beginnings = here.filter((row) => begins(row.purpose) && mayGetOut(row));
    const raise = beginnings.find(({ state }) => state !== "due") ?? beginnings[0];
    if (raise === undefined || !isFor(purpose, channel)) return [];
    // A message that is still due says how things are when it is sent.
    const isSaidAnyway = here.some((row) => row.state === "due" && (row === raise || row.purpose === "edit"));
    if (purpose === "edit" && channel.audience === "people" && isSaidAnyway) return [];
    const dueAt = raise.state === "due" ? Math.max(now, raise.dueAt) : now;
    const { foldsWith } = raise;
    return [{ ...owe(alertSeq, channel.name, purpose, dueAt, now), route: raise.route, foldsWith }];
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
