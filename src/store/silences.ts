import { desc, eq, isNotNull, isNull } from "drizzle-orm";
import type { Matcher } from "../core/matcher";
import type { SilenceChange } from "../core/silence";
import type { Database } from "./db";
import { storedJson } from "./fault";
import { silences } from "./schema";

export type SilenceRow = typeof silences.$inferSelect;

export function silenceRow({ seq, silence, ended }: SilenceChange): SilenceRow {
  const { match, announced: _, by, ...kept } = silence;
  return {
    ...kept,
    seq,
    match: JSON.stringify(match),
    createdBy: by,
    endedAt: ended?.at ?? null,
    endReason: ended?.reason ?? null,
  };
}

export function silenceAt({ db }: Database, seq: number): SilenceRow | undefined {
  return db.select().from(silences).where(eq(silences.seq, seq)).get();
}

/** Newest first, at most `limit`. active: those that hold. ended: those that did. */
export function listSilences({ db }: Database, state: "active" | "ended" | "all", limit: number): SilenceRow[] {
  const wanted = { active: isNull(silences.endedAt), ended: isNotNull(silences.endedAt), all: undefined }[state];
  return db.select().from(silences).where(wanted).orderBy(desc(silences.seq)).limit(limit).all();
}

/** Its matchers were read by their schema before they were kept. */
export function matchOf({ match }: SilenceRow): readonly Matcher[] {
  return storedJson(match) as readonly Matcher[];
}
