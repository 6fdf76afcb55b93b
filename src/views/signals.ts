import { z } from "zod";
import { words, type Word } from "../core/decide/decision";
import { directions, type Direction } from "../core/signal";
import type { SignalRow } from "../store/rows";
import type { SignalFilter } from "../store/filters/signals";
import { listSignals } from "../store/signals";
import { idOf, isoOf } from "./shape";
import type { Database } from "../store/db";
import type { Reach } from "../store/reach";
import { number, text, time } from "./fields";
import { pageOf, type ListOf } from "./page";

export { signalFilter } from "../store/filters/signals";

export const signalShape = z
  .object({
    id: z.string(),
    symbol: z.string(),
    signal: z.string().meta({ description: "the report's own word" }),
    direction: z.enum(directions),
    score: number.meta({ description: "0 to 100 as reported" }),
    strength: number.meta({ description: "conviction 0 to 100 whatever the direction" }),
    reliability: number.meta({ description: "percent" }),
    price: number,
    timestamp: time.meta({ description: "when the market was so" }),
    received_at: time,
    source: z.string(),
    strategy: text,
    timeframe: text,
    exchange: text,
    filename: z.string(),
    decision: z.enum(words).meta({ description: "raised, or what stopped it" }),
    undated: z.boolean().meta({ description: "the report carries no time; its file's was taken" }),
    revisions: z.number().int().meta({ description: "how often it was revised since: repainted" }),
  })
  .meta({ id: "Signal" });
export type SignalShape = z.infer<typeof signalShape>;

export function shapeSignal(row: SignalRow): SignalShape {
  return {
    id: idOf("s", row.seq),
    symbol: row.symbol,
    signal: row.word,
    direction: row.direction as Direction,
    score: row.score,
    strength: row.strength,
    reliability: percentOf(row.reliability),
    price: row.price,
    timestamp: isoOf(row.observedAt),
    received_at: isoOf(row.receivedAt),
    source: row.source,
    strategy: row.strategy,
    timeframe: row.timeframe,
    exchange: row.exchange,
    filename: row.path,
    decision: row.decision as Word,
    undated: row.datedBy === "mtime",
    revisions: row.revisions,
  };
}

export function signalList(database: Database, filter: SignalFilter, reach: Reach = "far"): ListOf<SignalShape> {
  return pageOf(listSignals(database, filter, reach), shapeSignal);
}

/** A ratio in percent, without the noise of binary fractions. */
function percentOf(ratio: number | null): number | null {
  return ratio === null ? null : Math.round(ratio * 1e6) / 1e4;
}
