import { z } from "zod";
import { deliveryStates, purposes, type Delivery } from "../core/notify/delivery";
import type { Database } from "../store/db";
import { countDeliveries, deliveriesOf, epochOf, listDeliveries } from "../store/delivery-list";
import type { DeliveryFilter } from "../store/filters/deliveries";
import type { Reach } from "../store/reach";
import { text, time } from "./fields";
import { pageOf, type ListOf } from "./page";
import { deliveryIdOf, idOf, isoOf } from "./shape";

export { deliveryFilter } from "../store/filters/deliveries";

export const deliveryShape = z
  .object({
    id: z
      .string()
      .meta({ description: "the same at every try, and no other message's: webhooks have it as webhook-id" }),
    alert_id: text.meta({ description: "null where it is about no alert: a test of the channel" }),
    channel: z.string(),
    route: text.meta({ description: "null where no route was needed" }),
    step: z.number().int(),
    purpose: z.enum(purposes),
    state: z.enum(deliveryStates).meta({
      description:
        "due: to be tried at due_at. sent: the channel accepted it. failed: it never will. stale: what it would say is " +
        "over. withdrawn: a person, or the end of its channel, took it back. folded: another message speaks of it",
    }),
    created_at: time,
    due_at: time.meta({ description: "when it is tried, or was to be" }),
    attempts: z.number().int(),
    last_answer: text.meta({ description: "what the channel answered last; null before the first try" }),
    accepted_at: time.nullable(),
    folded_into: text.meta({ description: "the delivery whose message speaks of it" }),
  })
  .meta({ id: "Delivery" });
export type DeliveryShape = z.infer<typeof deliveryShape>;

/** `epoch`: of the database it is kept in. */
export function shapeDelivery(row: Delivery, epoch: string): DeliveryShape {
  return {
    id: deliveryIdOf(row.seq, epoch),
    alert_id: row.alertSeq === null ? null : idOf("a", row.alertSeq),
    channel: row.channel,
    route: row.route,
    step: row.step,
    purpose: row.purpose,
    state: row.state,
    created_at: isoOf(row.createdAt),
    due_at: isoOf(row.dueAt),
    attempts: row.attempts,
    last_answer: row.lastAnswer,
    accepted_at: row.acceptedAt === null ? null : isoOf(row.acceptedAt),
    folded_into: row.foldedInto === null ? null : deliveryIdOf(row.foldedInto, epoch),
  };
}

export function deliveryList(database: Database, filter: DeliveryFilter, reach: Reach = "far"): ListOf<DeliveryShape> {
  const rows = listDeliveries(database, filter, reach);
  const epoch = epochOf(database);
  return pageOf(rows, (row) => shapeDelivery(row, epoch));
}

const whole = z.number().int();
export const deliveryCountsShape = z
  .object({ due: whole, sent: whole, failed: whole, stale: whole, withdrawn: whole, folded: whole })
  .meta({ id: "DeliveryCounts", description: "of the whole filter but its state, by state" });
export type DeliveryCounts = z.infer<typeof deliveryCountsShape>;

export function deliveryCounts(database: Database, filter: DeliveryFilter, reach: Reach = "far"): DeliveryCounts {
  const none = { due: 0, sent: 0, failed: 0, stale: 0, withdrawn: 0, folded: 0 };
  const counted = countDeliveries(database, filter, reach).map(({ state, count }) => [state, count]);
  return { ...none, ...Object.fromEntries(counted) };
}

/** How far the messages about an alert have come. */
export const alertDeliveriesShape = z
  .object({
    accepted: whole.meta({ description: "how many were accepted, by themselves or with another message" }),
    of: whole.meta({ description: "how many there are, but for those that were withdrawn" }),
    by: z.array(deliveryShape.pick({ channel: true, purpose: true, state: true })),
    next: z
      .object({ at: time, step: whole, channel: z.string() })
      .nullable()
      .meta({ description: "the one that is due next; null where none is" }),
  })
  .meta({ id: "AlertDeliveries" });
export type AlertDeliveries = z.infer<typeof alertDeliveriesShape>;

export const noDeliveries: AlertDeliveries = { accepted: 0, of: 0, by: [], next: null };

export function alertDeliveries(database: Database, alertSeq: number): AlertDeliveries {
  const rows = deliveriesOf(database, alertSeq);
  const [next] = rows.filter(({ state }) => state === "due").toSorted((a, b) => a.dueAt - b.dueAt);
  return {
    accepted: rows.filter(({ state }) => state === "sent" || state === "folded").length,
    of: rows.filter(({ state }) => state !== "withdrawn").length,
    by: rows.map(({ channel, purpose, state }) => ({ channel, purpose, state })),
    next: next ? { at: isoOf(next.dueAt), step: next.step, channel: next.channel } : null,
  };
}
