import type { AlertState, Priority } from "../../core/alert";
import { othersOf, type Message } from "../../core/notify/claim";
import { dayMs } from "../../core/duration";
import { budgetNote } from "../../core/notify/budget";
import { compose, composeTest, type Besides, type Composed, type Subject } from "../../core/notify/compose";
import type { Stance } from "../../core/notify/agreement";
import { begins } from "../../core/notify/delivery";
import { composeDigest, digestSpanMs } from "../../core/notify/digest";
import type { Routing } from "../../core/notify/route";
import { figuresOf } from "../../core/notify/figures";
import { whyRaised } from "../../core/notify/why";
import type { Direction, Signal } from "../../core/signal";
import type { DaemonParts } from "../../daemon/parts";
import type { Channel, Written } from "../../notify/deliver-deps";
import { alertAt, alertsAt } from "../../store/alerts";
import type { Database } from "../../store/db";
import { deliveryAt } from "../../store/delivery-list";
import { dayOf, spentOf } from "../../store/digest";
import { storedJson } from "../../store/fault";
import type { AlertRow } from "../../store/rows";
import { signalAt } from "../../store/signals";
import type { AlertDetail } from "../../views/trace";
import { deliveryIdOf, idOf } from "../../views/shape";
import { actsUnder } from "./acts-under";
import { feedbackLine } from "./feedback-line";
import { linksTo } from "./links";

export interface MessageParts extends Pick<DaemonParts, "database" | "storeWriter" | "publicUrl" | "settings"> {
  readonly routing: () => Routing;
  /** As the API gives them. */
  readonly alertDetails: (id: string) => AlertDetail | null;
}

/** A message as of now; null where what it is about is gone, or the message it would change cannot be changed. */
export function writeMessage(
  parts: MessageParts,
  channel: Channel,
  message: Message,
  now: number,
  countsStale: boolean,
): Written | null {
  const { database, storeWriter, alertDetails } = parts;
  const {
    name,
    kind: { audience },
  } = channel;
  const { seq, alertSeq, purpose, createdAt } = message.carrier;
  if (purpose === "test") {
    const outgoing = { id: deliveryIdOf(seq, storeWriter.epoch), createdAt, ...composeTest(name) };
    return {
      outgoing: { ...outgoing, purpose, ...linksTo(parts, "/dashboard"), alert: null, acts: [], edits: null },
      counts: [],
    };
  }
  if (purpose === "digest") {
    const composed = composeDigest(dayOf(database, { channel: name, ...digestSpan(message, now) }));
    if (composed === null) return null;
    const outgoing = { id: deliveryIdOf(seq, storeWriter.epoch), createdAt, priority: "low", ...composed } as const;
    return {
      outgoing: { ...outgoing, purpose, ...linksTo(parts, "/dashboard"), alert: null, acts: [], edits: null },
      counts: [],
    };
  }
  const row = alertSeq === null ? undefined : alertAt(database, alertSeq);
  if (row === undefined) return null;
  const stale = countsStale ? storeWriter.deliveries.uncounted(name) : [];
  const signals = stale.filter(({ type }) => type === "SIGNAL").length;
  const { named, rest } = othersOf(message);
  const changes = audience === "people" && (purpose === "edit" || (purpose === "resolve" && named.length === 0));
  const edits = changes ? raisedAs(parts, row.seq, name) : null;
  // That it is over is a message of its own where the one that said it began cannot be changed.
  if (edits === null && purpose === "edit" && audience === "people") return null;
  const others = new Map(alertsAt(database, named).map((each) => [each.seq, subjectOf(each)]));
  const besides: Besides = {
    others: { named: named.flatMap((each) => others.get(each) ?? []), rest },
    stale: { signals, others: stale.length - signals },
  };
  const id = idOf("a", row.seq);
  const alert = alertDetails(id);
  const subject = { ...subjectOf(row), figures: figuresIn(database, row), why: whyIn(alert) };
  return {
    outgoing: {
      id: deliveryIdOf(seq, storeWriter.epoch),
      purpose,
      createdAt,
      priority: subject.priority,
      ...noted(compose(subject, purpose, now, besides), feedbackLine(alert), budgetNoteOf(parts, name, message, now)),
      ...linksTo(parts, `/dashboard?alert=${id}`),
      alert,
      acts: actsUnder(channel, alert, named.length === 0),
      edits,
    },
    counts: stale.map((each) => each.seq),
  };
}

function digestSpan({ carrier, folded }: Message, now: number): { from: number; to: number; waited: number[] } {
  return {
    from: carrier.createdAt - digestSpanMs,
    to: now,
    waited: folded.flatMap(({ alertSeq }) => (alertSeq === null ? [] : [alertSeq])),
  };
}

function noted({ title, text }: Composed, ...notes: readonly (string | null)[]): Composed {
  return { title, text: [text, ...notes.filter((note) => note !== null)].join("\n") };
}

/** What the message that reaches a part of its route's budget says of it. */
function budgetNoteOf({ database, routing }: MessageParts, channel: string, { carrier }: Message, now: number) {
  if (!begins(carrier.purpose) && carrier.purpose !== "remind") return null;
  const name = deliveryAt(database, carrier.seq)?.route;
  const route = routing().routes?.find((each) => each.name === name);
  if (!name || route === undefined || route.perDay === null) return null;
  const { sent, most } = spentOf(database, { channel, route: name, from: now - (now % dayMs), to: now + 1 });
  return budgetNote(route.perDay, sent + 1, most);
}

/** The channel's own name for the message that said it began; null where it gave none. */
function raisedAs({ storeWriter }: MessageParts, alertSeq: number, channel: string): string | null {
  const rows = storeWriter.deliveries.ofAlert(alertSeq);
  return rows.find((each) => each.channel === channel && each.purpose === "raise")?.remoteId ?? null;
}

function figuresIn(database: Database, { subjectKind, subjectSeq }: AlertRow): string[] {
  const signal = subjectKind === "signal" && subjectSeq !== null ? signalAt(database, subjectSeq) : undefined;
  return signal === undefined ? [] : figuresOf(signal.price, (storedJson(signal.body) as Pick<Signal, "plan">).plan);
}

function whyIn(alert: AlertDetail | null): string | null {
  return whyRaised(alert?.trace[0]?.checks ?? []);
}

/** What strategies say of a symbol can agree; anything else is not compared. */
function stanceOf(row: Pick<AlertRow, "type" | "symbol" | "direction" | "source" | "details">): Stance | null {
  const { strategy } = storedJson(row.details) as { readonly strategy?: unknown };
  const who = typeof strategy === "string" && strategy !== "" ? strategy : row.source;
  if (row.type !== "SIGNAL" || row.symbol === null || row.direction === null || who === null) return null;
  return { symbol: row.symbol, direction: row.direction as Direction, who };
}

function subjectOf({ message, kind, priority, state, raisedAt, endedAt, ...row }: AlertRow): Subject {
  const { acknowledgedBy: by, acknowledgedAt: at, acknowledgedUntil: until } = row;
  return {
    message,
    kind: kind as "event" | "state",
    priority: priority as Priority,
    state: state as AlertState,
    raisedAt,
    endedAt,
    figures: [],
    why: null,
    stance: stanceOf(row),
    acknowledged: state === "acknowledged" && by !== null && at !== null ? { by, at, until } : null,
  };
}
