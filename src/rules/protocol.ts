import type { MessagePort } from "node:worker_threads";
import { z } from "zod";
import type { MarketView } from "../core/market";
import type { Opportunity } from "../core/opportunity";
import { ruleAnswerSchema } from "../core/decide/rules/rule-answer";
import type { Settings } from "../core/settings";
import type { Signal } from "../core/signal";

/**
 * Places in the memory both sides share. `step` grows, and wakes whoever waits, when the worker is up or cannot be, after
 * each rule and when the words are full. `done`: rules of the round that came back. `written`: bytes of words that wait.
 */
export const shared = { step: 0, start: 1, done: 2, rule: 3, observation: 4, item: 5, written: 6, full: 7 } as const;
const placesBytes = 4 * Object.keys(shared).length;
/** Room for words; more than one answer can need. */
const wordsBytes = 256 * 1024;
export const sharedBytes = placesBytes + wordsBytes;

/** The two parts of the memory: numbers by place, and JSON lines. */
export function partsOf(memory: SharedArrayBuffer): { readonly places: Int32Array; readonly words: Uint8Array } {
  return { places: new Int32Array(memory, 0, placesBytes / 4), words: new Uint8Array(memory, placesBytes, wordsBytes) };
}
/** In `rule`, else a place in the round: none is being run. */
export const noRule = -1;
/** In `start`. */
export const startStates = { starting: 0, ready: 1, failed: 2 } as const;

/** What starts the worker. */
export interface Begin {
  /** The config file; the worker loads it itself. */
  readonly path: string;
  readonly memory: SharedArrayBuffer;
  /** Rounds come by it; what the rules say is written to the memory, for a message may come later than it was sent. */
  readonly rounds: MessagePort;
  /** WorkerWords. Not the worker's own channel: that one is within reach of every rule. */
  readonly words: MessagePort;
}

/** One round: every rule is shown every item, one rule after the other. */
export interface Round {
  /** By name, in order. */
  readonly rules: readonly string[];
  /** ShownObservations as JSON. */
  readonly shown: string;
  /** The bytes of each observation's report; null where there is none. */
  readonly reports: readonly (Uint8Array | null)[];
  /** What a rule may take for the whole round, ms. */
  readonly withinMs: number;
}

export interface ShownObservations {
  readonly settings: Pick<Settings, "sources" | "defaults" | "priorities">;
  readonly observations: readonly ShownObservation[];
}

export interface ShownObservation {
  readonly source: string;
  readonly receivedAt: number;
  readonly signals: readonly Signal[];
  readonly opportunities: readonly Opportunity[];
  readonly market: MarketView | null;
  /** Elements of a list report that were refused, counting from 1. */
  readonly refused: readonly number[];
}

/** What the worker says of its own accord: it is up or cannot be, or something was left unhandled. */
export const workerWordSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready"), rules: z.array(z.string()) }),
  z.object({ type: z.literal("failed"), message: z.string() }),
  z.object({ type: z.literal("unhandled"), rule: z.string().nullable(), what: z.string() }),
]);
export type WorkerWord = z.infer<typeof workerWordSchema>;

/** What it answers: an answer as soon as there is one, and after each rule how that went. */
export const roundWordSchema = z.discriminatedUnion("type", [
  ruleAnswerSchema.extend({ type: z.literal("answer"), observation: z.number().int().min(0) }),
  z.object({
    type: z.literal("asked"),
    rule: z.string(),
    /** Of each observation it was shown, in ms; shorter than the round where it took too long. */
    tookMs: z.array(z.number()),
    /** Its slowest single call, ms. */
    slowestMs: z.number(),
  }),
]);
export type RoundWord = z.infer<typeof roundWordSchema>;
