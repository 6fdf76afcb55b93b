import type { AlertState, Priority } from "../../core/alert";
import { othersOf, type Message } from "../../core/notify/claim";
import { compose, composeTest, type Besides, type Subject } from "../../core/notify/compose";
import type { DaemonParts } from "../../daemon/parts";
import type { Outgoing } from "../../notify/channels/channel";
import type { Channel, Written } from "../../notify/deliver-deps";
import { alertAt, alertsAt } from "../../store/alerts";
import type { AlertRow } from "../../store/rows";
import { deliveryIdOf, idOf } from "../../views/shape";
import { linksTo } from "./links";

export interface MessageParts extends Pick<DaemonParts, "database" | "storeWriter" | "publicUrl" | "settings"> {
  /** As the API gives them. */
  readonly alertDetails: (id: string) => Outgoing["alert"];
}

/** A message as of now; null where what it is about is gone, or the message it would change cannot be changed. */
export function writeMessage(
  parts: MessageParts,
  { name, kind: { audience } }: Channel,
  message: Message,
  now: number,
  countsStale: boolean,
): Written | null {
  const { database, storeWriter, alertDetails } = parts;
  const { seq, alertSeq, purpose, createdAt } = message.carrier;
  if (purpose === "test") {
    const outgoing = { id: deliveryIdOf(seq, storeWriter.epoch), createdAt, ...composeTest(name) };
    return {
      outgoing: { ...outgoing, purpose, ...linksTo(parts, "/dashboard"), alert: null, acts: [], edits: null },
      counts: [],
    };
  }
  const row = alertSeq === null ? undefined : alertAt(database, alertSeq);
  if (row === undefined) return null;
  const edits =
    purpose === "edit" && audience === "people"
      ? storeWriter.deliveries.ofAlert(row.seq).find((each) => each.channel === name && each.purpose === "raise")
          ?.remoteId
      : null;
  if (edits === undefined || (edits === null && purpose === "edit" && audience === "people")) return null;
  const stale = countsStale ? storeWriter.deliveries.uncounted(name) : [];
  const signals = stale.filter(({ type }) => type === "SIGNAL").length;
  const { named, rest } = othersOf(message);
  const others = new Map(alertsAt(database, named).map((each) => [each.seq, subjectOf(each)]));
  const besides: Besides = {
    others: { named: named.flatMap((each) => others.get(each) ?? []), rest },
    stale: { signals, others: stale.length - signals },
  };
  const id = idOf("a", row.seq);
  const subject = subjectOf(row);
  return {
    outgoing: {
      id: deliveryIdOf(seq, storeWriter.epoch),
      purpose,
      createdAt,
      priority: subject.priority,
      ...compose(subject, purpose, now, besides),
      ...linksTo(parts, `/dashboard?alert=${id}`),
      alert: alertDetails(id),
      acts: [],
      edits,
    },
    counts: stale.map((each) => each.seq),
  };
}

function subjectOf({ message, kind, priority, state, raisedAt, endedAt }: AlertRow): Subject {
  return {
    message,
    kind: kind as "event" | "state",
    priority: priority as Priority,
    state: state as AlertState,
    raisedAt,
    endedAt,
  };
}
