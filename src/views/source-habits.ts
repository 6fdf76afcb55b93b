import { z } from "zod";
import { Aggregates, type SignalHabit } from "../store/aggregates";
import type { Database } from "../store/db";
import type { Reach } from "../store/reach";
import { isoOf } from "./shape";

const number = z.number().nullable();
const spread = z.object({
  n: z.number().int(),
  least: z.number(),
  tenth: z.number(),
  median: z.number(),
  ninetieth: z.number(),
  most: z.number(),
});

/** What a source's signals of the last days show of the source itself. */
export const sourceHabitsShape = z
  .object({
    since: z.iso.datetime().nullable().meta({ description: "the oldest signal looked at; null where there is none" }),
    signals: z.number().int().meta({ description: "how many were looked at" }),
    twins: z.number().int().meta({ description: "how often the same came again" }),
    edited: z.number().int().meta({ description: "signals revised later: repainted" }),
    undated: z.number().int().meta({ description: "signals without a time of their own" }),
    score: spread.nullable(),
    /** How many scores fell into each tenth of 0 to 100. */
    score_tenths: z.array(z.number().int()),
    reliability: spread.nullable().meta({ description: "percent" }),
    constant_reliability: z
      .boolean()
      .nullable()
      .meta({ description: "every signal carries the same reliability; null where too few carry one" }),
    lag_seconds: spread.nullable().meta({ description: "received after observed" }),
    files: z.number().int(),
    quarantined: z.number().int(),
    quarantine_share: number.meta({ description: "ratio of its files; null where there are none" }),
  })
  .meta({ id: "SourceHabits" });
export type SourceHabits = z.infer<typeof sourceHabitsShape>;

const windowMs = 7 * 86_400_000;
const rowsMax = 20_000;
/** Fewer than this may well agree by chance. */
const enoughToBeConstant = 20;

const keptForMs = 5000;

/** Looked at when asked for, and not again for a few seconds: it reads many rows. */
export class HabitsOfSources {
  #last: { readonly at: number; readonly habits: Promise<Map<string, SourceHabits>> } | undefined;

  constructor(private readonly read: (now: number) => Promise<Map<string, SourceHabits>>) {}

  async at(now: number): Promise<Map<string, SourceHabits>> {
    if (this.#last === undefined || Math.abs(now - this.#last.at) > keptForMs)
      this.#last = { at: now, habits: this.read(now) };
    const { habits } = this.#last;
    try {
      return await habits;
    } catch (error) {
      // Whoever asks next looks again.
      if (this.#last.habits === habits) this.#last = undefined;
      throw error;
    }
  }
}

/** By source name; a source without signals and files is left out. */
export function sourceHabits(
  database: Database,
  { now }: { readonly now: number },
  reach: Reach,
): Map<string, SourceHabits> {
  const aggregates = new Aggregates(database, reach);
  const bySource = Map.groupBy(aggregates.habits(now - windowMs, rowsMax), ({ source }) => source);
  const files = new Map(aggregates.filesBySource().map((row) => [row.source, row]));
  return new Map(
    [...new Set([...bySource.keys(), ...files.keys()])].map((source) => [
      source,
      habitsOf(bySource.get(source) ?? [], files.get(source)),
    ]),
  );
}

function habitsOf(
  signals: readonly SignalHabit[],
  counted: { readonly files: number; readonly quarantined: number } | undefined,
): SourceHabits {
  const scores = given(signals.map(({ score }) => score));
  const reliabilities = given(
    signals.map(({ reliability }) => (reliability === null ? null : Math.round(reliability * 1e6) / 1e4)),
  );
  const oldest = signals.at(-1);
  const files = counted?.files ?? 0;
  return {
    since: oldest === undefined ? null : isoOf(oldest.receivedAt),
    signals: signals.length,
    twins: signals.reduce((sum, { twins }) => sum + twins, 0),
    edited: signals.filter(({ revisions }) => revisions > 0).length,
    undated: signals.filter(({ datedBy }) => datedBy === "mtime").length,
    score: spreadOf(scores),
    score_tenths: tenthsOf(scores),
    reliability: spreadOf(reliabilities),
    constant_reliability: reliabilities.length < enoughToBeConstant ? null : new Set(reliabilities).size === 1,
    lag_seconds: spreadOf(
      signals
        .filter(({ datedBy }) => datedBy !== "mtime")
        .map(({ observedAt, receivedAt }) => (receivedAt - observedAt) / 1000),
    ),
    files,
    quarantined: counted?.quarantined ?? 0,
    quarantine_share: files === 0 ? null : (counted?.quarantined ?? 0) / files,
  };
}

function given(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}

function tenthsOf(scores: readonly number[]): number[] {
  const tenths = Array.from({ length: 10 }, () => 0);
  for (const score of scores) {
    const tenth = Math.min(9, Math.max(0, Math.floor(score / 10)));
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  return tenths;
}

function spreadOf(values: readonly number[]): z.infer<typeof spread> | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).toSorted();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return { n: sorted.length, least: at(0), tenth: at(0.1), median: at(0.5), ninetieth: at(0.9), most: at(1) };
}
