import type { AlertState, Priority } from "../../core/alert";
import { compose } from "../../core/notify/compose";
import type { Delivery } from "../../core/notify/delivery";
import type { DaemonParts } from "../../daemon/parts";
import type { Outgoing } from "../../notify/channels/channel";
import { alertAt } from "../../store/alerts";
import { deliveryIdOf, idOf } from "../../views/shape";
import { alertDetail } from "../../views/trace";

/** The message of a delivery as of now; null where what it is about is gone. */
export function composeDelivery(
  { database, storeWriter, publicUrl }: Pick<DaemonParts, "database" | "storeWriter" | "publicUrl">,
  { seq, alertSeq, purpose, createdAt }: Delivery,
  now: number,
): Omit<Outgoing, "at"> | null {
  const row = alertSeq === null ? undefined : alertAt(database, alertSeq);
  if (row === undefined) return null;
  const id = idOf("a", row.seq);
  const { message, kind, raisedAt, endedAt } = row;
  const subject = {
    message,
    kind: kind as "event" | "state",
    priority: row.priority as Priority,
    state: row.state as AlertState,
    raisedAt,
    endedAt,
  };
  return {
    id: deliveryIdOf(seq, storeWriter.epoch),
    purpose,
    createdAt,
    priority: subject.priority,
    ...compose(subject, purpose, now),
    link: `${publicUrl()}/dashboard?alert=${id}`,
    alert: alertDetail(database, id),
    edits: null,
  };
}
