import type { Delivery } from "../core/notify/delivery";
import type { By } from "../settings";
import type { Database } from "../store/db";
import { deliveryAt, epochOf, reopenDelivery } from "../store/delivery-list";
import type { StoreWriter } from "../store/writer";
import { shapeDelivery, type DeliveryShape } from "../views/deliveries";
import { deliveryChanged } from "../views/events";
import { parseDeliveryId } from "../views/shape";
import type { Writer } from "../writer";

/** retry: it is owed anew and due at once. withdraw: it is taken back. */
export type DeliveryAct = "retry" | "withdraw";

/** Why it is not done. */
export class DeliveryRefused extends Error {
  override readonly name = "DeliveryRefused";
  constructor(
    readonly code: "unknown" | "ended" | "not-stored",
    message: string,
  ) {
    super(message);
  }
}

export interface DeliveryActDeps {
  readonly database: Database;
  readonly writer: Writer;
  readonly now: () => number;
  readonly hasChannel: (name: string) => boolean;
}

/** Throws DeliveryRefused. */
export async function actOnDelivery(
  { database, writer, now, hasChannel }: DeliveryActDeps,
  act: DeliveryAct,
  id: string,
  by: By,
): Promise<{ readonly row: Delivery; readonly shape: DeliveryShape }> {
  const epoch = epochOf(database);
  const seq = parseDeliveryId(id, epoch);
  const before = seq === null ? undefined : deliveryAt(database, seq);
  if (before === undefined) throw new DeliveryRefused("unknown", `there is no delivery ${id}`);
  if (act === "retry" && !hasChannel(before.channel))
    throw new DeliveryRefused("ended", `its channel ${before.channel} is no more`);
  let row: Delivery | undefined;
  const at = now();
  const stored = await writer.submit({
    mark(store, publish) {
      row = before.purpose === "test" ? undefined : apply[act](store, database, before.seq, at);
      if (row === undefined) return;
      const what = act === "retry" ? "delivery.retried" : "delivery.withdrawn";
      store.audit({ at, ...by, what, subject: id, before: { state: before.state }, after: { state: row.state } });
      const changed = row;
      publish((place) => deliveryChanged(changed, epoch, place, at));
    },
  });
  if (!stored) throw new DeliveryRefused("not-stored", writer.trouble ?? "the store does not take it");
  if (row === undefined) throw new DeliveryRefused("ended", why[act](before));
  return { row, shape: shapeDelivery(row, epoch) };
}

const apply: Readonly<
  Record<DeliveryAct, (store: StoreWriter, database: Database, seq: number, now: number) => Delivery | undefined>
> = {
  retry: (_, database, seq, now) => reopenDelivery(database, seq, now),
  withdraw: ({ deliveries }, _, seq, now) => deliveries.mark({ seq, state: "withdrawn", endedAt: now }),
};

const why: Readonly<Record<DeliveryAct, (row: Delivery) => string>> = {
  retry: ({ purpose, state }) =>
    purpose === "test"
      ? "a test is sent once: test the channel again"
      : `it is ${state}: only what is due, failed or withdrawn is tried again`,
  withdraw: ({ state }) => `it is ${state}: only what is due can be withdrawn`,
};
