import { z } from "zod";
import { formatMatch, matcherOps } from "../core/matcher";
import { silenceEndReasons, type SilenceEndReason } from "../core/silence";
import type { Database } from "../store/db";
import { listSilences, matchOf, silenceAt, type SilenceRow } from "../store/silences";
import { text, time } from "./fields";
import { idOf, isoOf, parseId } from "./shape";

export const silenceShape = z
  .object({
    id: z.string(),
    state: z.enum(["active", "ended"]),
    match: z.array(z.object({ name: z.string(), op: z.enum(matcherOps), value: z.string() })),
    words: z.string().meta({ description: "the matchers as they are written at the command line" }),
    comment: z.string(),
    by: z.string(),
    created_at: time,
    ends_at: time.nullable().meta({
      description: "null: until its alert ends, or where it has none until it has hidden nothing for 24 h",
    }),
    until_alert: text.meta({ description: "the alert whose end ends it" }),
    include_high: z.boolean().meta({ description: "false: what is of high priority goes out all the same" }),
    hidden: z.number().int().meta({ description: "how many alerts it has held back" }),
    hidden_high: z.number().int(),
    last_hid_at: time.nullable(),
    ended_at: time.nullable(),
    end_reason: z.enum(silenceEndReasons).nullable().meta({
      description:
        "time: its end came. resolved: its alert ended. unused: it hid nothing for 24 h. by-hand: someone ended it",
    }),
  })
  .meta({ id: "Silence" });
export type SilenceShape = z.infer<typeof silenceShape>;

export function shapeSilence(row: SilenceRow): SilenceShape {
  const match = [...matchOf(row)];
  return {
    id: idOf("q", row.seq),
    state: row.endedAt === null ? "active" : "ended",
    match,
    words: formatMatch(match),
    comment: row.comment,
    by: row.createdBy,
    created_at: isoOf(row.createdAt),
    ends_at: timeOf(row.endsAt),
    until_alert: row.untilAlertSeq === null ? null : idOf("a", row.untilAlertSeq),
    include_high: row.includeHigh,
    hidden: row.hidden,
    hidden_high: row.hiddenHigh,
    last_hid_at: timeOf(row.lastHidAt),
    ended_at: timeOf(row.endedAt),
    end_reason: row.endReason as SilenceEndReason | null,
  };
}

function timeOf(at: number | null): string | null {
  return at === null ? null : isoOf(at);
}

/** Which silences are listed. */
export const silenceStates = ["active", "ended", "all"] as const;
export type SilenceState = (typeof silenceStates)[number];

/** Newest first. */
export function silenceList(database: Database, state: SilenceState, limit: number): SilenceShape[] {
  return listSilences(database, state, limit).map(shapeSilence);
}

/** Null where there is none. */
export function silenceDetail(database: Database, id: string): SilenceShape | null {
  const seq = seqOfSilence(id);
  const row = seq === null ? undefined : silenceAt(database, seq);
  return row ? shapeSilence(row) : null;
}

/** Null where it is no silence's id. */
export function seqOfSilence(id: string): number | null {
  const parsed = parseId(id);
  return parsed?.letter === "q" ? parsed.seq : null;
}

/** What a silence would have done to the last 7 days. */
export const silencePreviewShape = z
  .object({
    since: time,
    until: time,
    complete: z
      .boolean()
      .meta({ description: "false: there is more than is looked at, and `since` is later than 7 days ago" }),
    hidden: z.number().int().meta({ description: "alerts it would have held back" }),
    hidden_high: z.number().int().meta({ description: "of those, how many of high priority" }),
    high_left: z
      .number()
      .int()
      .meta({ description: "alerts of high priority that match and would have been raised all the same" }),
    words: z.string().meta({ description: "the same for a person" }),
  })
  .meta({ id: "SilencePreview" });
export type SilencePreview = z.infer<typeof silencePreviewShape>;
