import { z } from "zod";
import type { Settings } from "../core/settings";
import type { State } from "../core/decide/state";
import { idleReason } from "../core/calendar/expected";
import { cadenceOf } from "../core/decide/rules/source-silent";
import { systemFingerprint } from "../core/decide/rules/system-alert";
import { isoOf } from "./shape";
import { sourceHabitsShape } from "./source-habits";

export const sourceShape = z
  .object({
    name: z.string(),
    dir: z.string(),
    state: z.enum(["starting", "first-look", "live", "silent", "idle", "unreachable", "no-data"]),
    why: z
      .string()
      .nullable()
      .meta({ description: "for a person, where the folder cannot be read, or nothing is expected now" }),
    polled: z
      .string()
      .nullable()
      .meta({ description: "why its folder is polled every second; null where the system reports changes" }),
    skipped: z
      .array(
        z.object({
          folder: z.string(),
          why: z.string(),
          is_fault: z
            .boolean()
            .meta({ description: "false where nothing needs mending: lost+found, what lies too deep" }),
        }),
      )
      .meta({ description: "folders below that are not read" }),
    /** Of the first look: files read, of how many new ones. */
    read: z.number().int(),
    total: z.number().int(),
    waiting: z.number().int().meta({ description: "half-written files that may still be completed" }),
    last_report_at: z.iso.datetime().nullable(),
    age_seconds: z.number().nullable(),
    cadence: z.object({
      kind: z.enum(["expected", "learned", "learning", "irregular"]),
      every_seconds: z.number().nullable(),
      silent_after_seconds: z.number().nullable(),
      gaps_learned: z.number().int(),
    }),
    clock_offset_minutes: z
      .number()
      .nullable()
      .meta({ description: "how far its times sit off its files' times, where they do so steadily" }),
    refused_of_last: z.object({ refused: z.number().int(), of: z.number().int() }),
  })
  .meta({ id: "Source" });
export type SourceShape = z.infer<typeof sourceShape>;

/** A source with what its signals show of it; null where it has sent nothing yet. */
export const sourceDetailShape = sourceShape
  .extend({ habits: sourceHabitsShape.nullable() })
  .meta({ id: "SourceDetail" });
export type SourceDetail = z.infer<typeof sourceDetailShape>;

/** Where a source's folder stands, as ingest reports it. */
export interface SourceProgress {
  readonly name: string;
  readonly dir: string;
  readonly state: "starting" | "first-look" | "watching" | "unreachable";
  readonly read: number;
  readonly total: number;
  readonly why: string | null;
  readonly waiting: number;
  readonly polledBecause: string | null;
  readonly skipped: readonly { readonly folder: string; readonly why: string; readonly isFault: boolean }[];
}

/** What a person should know of how its folder is read; empty where all is as usual. */
export function notesOfReading({ polled, skipped }: Pick<SourceShape, "polled" | "skipped">): string[] {
  return [
    ...(polled === null ? [] : [`polled every second: ${polled}`]),
    ...skipped.slice(0, namedMax).map(({ folder, why }) => `${folder} is skipped: ${why}`),
    ...(skipped.length > namedMax ? [`${skipped.length - namedMax} more folders are skipped`] : []),
  ];
}

const namedMax = 5;

export function shapeSource(progress: SourceProgress, state: State, settings: Settings, now: number): SourceShape {
  const { polledBecause, skipped, ...looked } = progress;
  const { name } = looked;
  const spokeAt = state.get("source", name)?.spokeAt ?? null;
  const cadence = cadenceOf(state, settings, name);
  const offset = state.get("offset", name);
  const refused = state.get("intake", name)?.refused ?? [];
  const idle = idleReason(settings, name, now);
  const standing = stateOf(progress, state, spokeAt, idle);
  return {
    ...looked,
    why: standing === "idle" ? idle : looked.why,
    polled: polledBecause,
    skipped: skipped.map(({ folder, why, isFault }) => ({ folder, why, is_fault: isFault })),
    state: standing,
    last_report_at: spokeAt === null ? null : isoOf(spokeAt),
    age_seconds: spokeAt === null ? null : Math.max(0, Math.round((now - spokeAt) / 1000)),
    cadence: {
      kind: cadence.kind,
      every_seconds: "everyMs" in cadence ? cadence.everyMs / 1000 : null,
      silent_after_seconds: "silentAfterMs" in cadence ? cadence.silentAfterMs / 1000 : null,
      gaps_learned: state.get("cadence", name)?.length ?? 0,
    },
    clock_offset_minutes: offset && offset.quarters !== 0 && offset.run >= 5 ? offset.quarters * 15 : null,
    refused_of_last: { refused: refused.filter(Boolean).length, of: refused.length },
  };
}

function stateOf(
  progress: SourceProgress,
  state: State,
  spokeAt: number | null,
  idle: string | null,
): SourceShape["state"] {
  if (progress.state !== "watching") return progress.state;
  if (state.get("condition", systemFingerprint("source-silent", progress.name))) return "silent";
  if (spokeAt === null) return "no-data";
  return idle === null ? "live" : "idle";
}
