import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import type { AlertType } from "../core/alert";
import type { Waiting } from "../core/notify/claim";
import type { Delivery, DeliveryMark, DeliveryState, Purpose } from "../core/notify/delivery";
import { ChannelStateStore } from "./channel-states";
import type { Database } from "./db";
import { prepareInsert } from "./insert";
import { alerts, deliveries } from "./schema";

type DeliveryRow = typeof deliveries.$inferSelect;

/** What is due to one channel with what decides about it; `deliveries_due` is the index that finds it. */
export const waitingSql = (and: string) => `
  SELECT d.seq, d.alert_seq AS alertSeq, d.purpose, d.created_at AS createdAt, d.due_at AS dueAt, d.attempts,
    d.folds_with AS foldsWith, d.unless_acknowledged AS unlessAcknowledged,
    a.type, a.kind, a.priority, a.state, a.raised_at AS raisedAt, a.expires_at AS expiresAt,
    (SELECT min(CASE r.state WHEN 'sent' THEN 0 WHEN 'folded' THEN 0 WHEN 'due' THEN 1 ELSE 2 END) FROM deliveries r
      WHERE r.alert_seq = d.alert_seq AND r.channel = d.channel AND r.purpose IN ('raise', 'escalate')) AS beginning
  FROM deliveries d LEFT JOIN alerts a ON a.seq = d.alert_seq
  WHERE d.channel = ?1 AND d.state = 'due' AND ${and}
  ORDER BY d.due_at, d.seq LIMIT ?3`;

type AlertFacts = NonNullable<Waiting["alert"]>;
type WaitingRow = Omit<Waiting, "alert" | "unlessAcknowledged" | "raise"> & {
  readonly unlessAcknowledged: number;
  readonly beginning: number | null;
} & { readonly [K in keyof AlertFacts]: AlertFacts[K] | null };

/** What became of the best of those that said an alert began. */
const beginnings = ["sent", "due", "withdrawn"] as const;

/** The outbox. Writing runs inside the writer's commit. */
export class DeliveryStore {
  /** How the channels fare. */
  readonly channels: ChannelStateStore;
  readonly #database: Database;
  readonly #insert;
  readonly #waiting;
  readonly #waitingSince;
  readonly #nextDue;
  readonly #ofAlert;
  readonly #followers;
  readonly #hasten;

  constructor(database: Database) {
    this.#database = database;
    this.channels = new ChannelStateStore(database);
    const { db, raw } = database;
    this.#insert = prepareInsert(db, deliveries);
    this.#waiting = raw.prepare<WaitingRow, [string, number, number]>(waitingSql("d.due_at <= ?2"));
    this.#waitingSince = raw.prepare<WaitingRow, [string, number, number]>(waitingSql("d.created_at <= ?2"));
    this.#followers = raw.prepare(
      `UPDATE deliveries SET due_at = ?2
       WHERE state = 'due' AND due_at < ?2 AND alert_seq = ?3 AND channel = ?4 AND seq > ?1`,
    );
    this.#hasten = raw.prepare(
      `UPDATE deliveries SET due_at = ?2 WHERE channel = ?1 AND state = 'due' AND due_at > ?2
       AND (attempts > 0 OR purpose IN ('resolve', 'edit'))`,
    );
    this.#nextDue = db
      .select({ dueAt: deliveries.dueAt })
      .from(deliveries)
      .where(
        and(
          eq(deliveries.channel, sql.placeholder("channel")),
          sql`${deliveries.state} = 'due'`,
          gt(deliveries.dueAt, sql.placeholder("now")),
        ),
      )
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

  /**
   * What becomes of a row; undefined where it is due no more: then only that it got out still counts. What follows
   * it about the same alert is not due before it.
   */
  mark({ seq, ...marked }: DeliveryMark): Delivery | undefined {
    const { db } = this.#database;
    const gotOut = marked.state === "sent" || marked.state === "folded";
    const isDue = gotOut ? undefined : sql`${deliveries.state} = 'due'`;
    const row = db
      .update(deliveries)
      .set(marked)
      .where(and(eq(deliveries.seq, seq), isDue))
      .returning()
      .get();
    if (row && row.state === "due" && row.alertSeq !== null && marked.dueAt !== undefined)
      this.#followers.run(seq, marked.dueAt, row.alertSeq, row.channel);
    return row && deliveryOf(row);
  }

  /** What was tried before is due at once, with what follows it: its channel takes messages again. */
  hasten(channel: string, now: number): void {
    this.#hasten.run(channel, now);
  }

  /** Due by now, the longest first. */
  waiting(channel: string, now: number, limit: number): Waiting[] {
    return this.#waiting.all(channel, now, limit).map(waitingOf);
  }

  /** Due or to be tried again, and written by then. */
  waitingSince(channel: string, createdUntil: number, limit: number): Waiting[] {
    return this.#waitingSince.all(channel, createdUntil, limit).map(waitingOf);
  }

  /** When the next one falls due after now; null: none waits. */
  nextDueAt(channel: string, now: number): number | null {
    return this.#nextDue.get({ channel, now })?.dueAt ?? null;
  }

  ofAlert(alertSeq: number): Delivery[] {
    return this.#ofAlert.all({ alertSeq }).map(deliveryOf);
  }

  /** Seqs of all that is due to a channel. */
  dueTo(channel: string): number[] {
    const { db } = this.#database;
    const isDue = and(eq(deliveries.channel, channel), sql`${deliveries.state} = 'due'`);
    return db
      .select({ seq: deliveries.seq })
      .from(deliveries)
      .where(isDue)
      .all()
      .map(({ seq }) => seq);
  }

  /** Every channel something is due to. */
  channelsDue(): string[] {
    const { db } = this.#database;
    return db
      .selectDistinct({ channel: deliveries.channel })
      .from(deliveries)
      .where(sql`${deliveries.state} = 'due'`)
      .all()
      .map(({ channel }) => channel);
  }

  /** How many are owed by now, and since when the longest; null: none. */
  backlog(now: number): { readonly due: number; readonly oldestAt: number | null } {
    const row = this.#database.raw
      .query<{ due: number; oldestAt: number | null }, [number]>(
        `SELECT count(*) AS due, min(created_at) AS oldestAt FROM deliveries WHERE state = 'due' AND created_at <= ?1`,
      )
      .get(now);
    return row ?? { due: 0, oldestAt: null };
  }

  /** What went stale on a channel and no message has counted yet. */
  uncounted(channel: string): { readonly seq: number; readonly type: AlertType }[] {
    const { db } = this.#database;
    return db
      .select({ seq: deliveries.seq, type: alerts.type })
      .from(deliveries)
      .innerJoin(alerts, eq(alerts.seq, deliveries.alertSeq))
      .where(
        and(eq(deliveries.channel, channel), sql`${deliveries.state} = 'stale'`, sql`${deliveries.foldedInto} IS NULL`),
      )
      .all()
      .map(({ seq, type }) => ({ seq, type: type as AlertType }));
  }

  /** A message has counted these. */
  count(seqs: readonly number[], into: number): void {
    if (seqs.length === 0) return;
    this.#database.db
      .update(deliveries)
      .set({ foldedInto: into })
      .where(inArray(deliveries.seq, [...seqs]))
      .run();
  }
}

export function deliveryOf(row: DeliveryRow): Delivery {
  return { ...row, purpose: row.purpose as Purpose, state: row.state as DeliveryState };
}

function waitingOf(waiting: WaitingRow): Waiting {
  const { type, kind, priority, state, raisedAt, expiresAt, beginning, ...row } = waiting;
  const isThere = type !== null && kind !== null && priority !== null && state !== null && raisedAt !== null;
  return {
    ...row,
    unlessAcknowledged: row.unlessAcknowledged === 1,
    raise: beginning === null ? null : (beginnings[beginning] ?? null),
    alert: isThere ? { type, kind, priority, state, raisedAt, expiresAt } : null,
  };
}
