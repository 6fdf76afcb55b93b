import { asc, eq } from "drizzle-orm";
import type { AcknowledgementChange } from "../core/act";
import type { Decided } from "../core/decide/decision";
import type { ActObserved } from "../core/observation";
import type { Database } from "./db";
import { acts, alerts } from "./schema";
import type { AlertRow } from "./rows";

export type ActRow = typeof acts.$inferSelect;

/** The rows of an act: one for each alert where it holds. */
export function actRows({ seq, receivedAt, act, by, note, value }: ActObserved, { acted }: Decided): ActRow[] {
  return acted
    .filter(({ outcome }) => outcome === "done")
    .map(({ alertSeq, until }) => ({ seq, alertSeq, act, at: receivedAt, by, note, value, until }));
}

/** Writes who has an alert now, into a row that stands; undefined where it is no longer kept. */
export function writeAcknowledgement(
  { db }: Database,
  { seq, acknowledgement }: AcknowledgementChange,
): AlertRow | undefined {
  const fields = {
    state: acknowledgement ? "acknowledged" : "open",
    acknowledgedBy: acknowledgement?.by ?? null,
    acknowledgedAt: acknowledgement?.at ?? null,
    acknowledgedUntil: acknowledgement?.until ?? null,
    acknowledgedNote: acknowledgement?.note ?? null,
  };
  return db.update(alerts).set(fields).where(eq(alerts.seq, seq)).returning().get();
}

/** All that people did with an alert, oldest first. */
export function actsOn({ db }: Database, alertSeq: number): ActRow[] {
  return db.select().from(acts).where(eq(acts.alertSeq, alertSeq)).orderBy(asc(acts.seq)).all();
}
