import { desc, eq } from "drizzle-orm";
import type { Database } from "./db";
import { uncompressed } from "./fault";
import { observations, reports } from "./schema";

export type ObservationRow = typeof observations.$inferSelect;

export function observationAt(database: Database, seq: number): ObservationRow | undefined {
  return database.db.select().from(observations).where(eq(observations.seq, seq)).get();
}

/** The original report of an observation, uncompressed; body null where it was too large to keep or is pruned. */
export function originalOf(
  database: Database,
  observationSeq: number,
): { path: string; size: number; digest: string; text: string | null } | undefined {
  const row = database.db.select().from(reports).where(eq(reports.seq, observationSeq)).get();
  if (!row) return undefined;
  const text = row.body === null ? null : new TextDecoder().decode(uncompressed(new Uint8Array(row.body)));
  return { path: row.path, size: row.size, digest: row.digest, text };
}

/** When the last observation in the order came in, epoch ms; null where there is none. */
export function newestReceived({ db }: Database): number | null {
  return (
    db.select({ at: observations.receivedAt }).from(observations).orderBy(desc(observations.seq)).limit(1).get()?.at ??
    null
  );
}
