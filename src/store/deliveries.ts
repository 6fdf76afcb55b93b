import { and, asc, eq, gt, lte, sql } from "drizzle-orm";
import type { Delivery, DeliveryState, Purpose } from "../core/notify/delivery";
import { prepareInsert } from "./insert";
import type { Database } from "./db";
import { deliveries } from "./schema";

type DeliveryRow = typeof deliveries.$inferSelect;

/** What a try leaves behind. */
export type DeliveryMark = Pick<Delivery, "seq"> &
  Partial<
    Pick<Delivery, "state" | "dueAt" | "attempts" | "lastAnswer" | "acceptedAt" | "foldedInto" | "remoteId" | "endedAt">
  >;

/** The outbox. Writing runs inside the writer's commit. */
export class DeliveryStore {
  readonly #database: Database;
  readonly #insert;
  readonly #due;
  readonly #nextDue;
  readonly #ofAlert;

  constructor(database: Database) {
    this.#database = database;
    const { db } = database;
    this.#insert = prepareInsert(db, deliveries);
    const isDue = and(eq(deliveries.channel, sql.placeholder("channel")), sql`${deliveries.state} = 'due'`);
    this.#due = db
      .select()
      .from(deliveries)
      .where(and(isDue, lte(deliveries.dueAt, sql.placeholder("now"))))
      .orderBy(asc(deliveries.dueAt), asc(deliveries.seq))
      .limit(sql.placeholder("limit"))
      .prepare();
    this.#nextDue = db
      .select({ dueAt: deliveries.dueAt })
      .from(deliveries)
      .where(and(isDue, gt(deliveries.dueAt, sql.placeholder("now"))))
      .orderBy(asc(deliveries.dueAt))
      .limit(1)
      .prepare();
    this.#ofAlert = db
      .select()
      .from(deliveries)
      .where(eq(deliveries.alertSeq, sql.placeholder("alertSeq")))
      .orderBy(asc(deliveries.seq))
      .prepare();
  }

  insert(row: Delivery): void {
    this.#insert(row);
  }

  mark({ seq, ...marked }: DeliveryMark): Delivery | undefined {
    const { db } = this.#database;
    const row = db.update(deliveries).set(marked).where(eq(deliveries.seq, seq)).returning().get();
    return row && deliveryOf(row);
  }

  /** Due by now, the longest first. */
  due(channel: string, now: number, limit: number): Delivery[] {
    return this.#due.all({ channel, now, limit }).map(deliveryOf);
  }

  /** When the next one falls due after now; null: none waits. */
  nextDueAt(channel: string, now: number): number | null {
    return this.#nextDue.get({ channel, now })?.dueAt ?? null;
  }

  ofAlert(alertSeq: number): Delivery[] {
    return this.#ofAlert.all({ alertSeq }).map(deliveryOf);
  }
}

export function deliveryOf(row: DeliveryRow): Delivery {
  return { ...row, purpose: row.purpose as Purpose, state: row.state as DeliveryState };
}
