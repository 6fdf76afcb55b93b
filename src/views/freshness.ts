import { z } from "zod";
import { freshnessAt, freshnessOfFolder, freshnessStates, type FreshnessState } from "../core/freshness";
import { quoteStaleAfterMs } from "../core/quote-age";
import { number, text, time } from "./fields";
import { isoOf } from "./shape";
import type { SourceShape } from "./sources";

export const freshnessShape = z
  .object({
    kind: z.enum(["source", "exchange", "scanner"]),
    name: z.string(),
    state: z.enum(freshnessStates),
    at: time.nullable().meta({ description: "of the last report, quote or successful scan" }),
    stale_after_seconds: number.meta({ description: "how old the last may be; null where the daemon alone decides" }),
    why: text.meta({ description: "for a person, where it fails" }),
  })
  .meta({ id: "Freshness" });
export type Freshness = z.infer<typeof freshnessShape>;

/** When an exchange last answered and when what it quoted was so, epoch ms; null where it has not yet. */
export type AnswerFacts = { readonly at: number; readonly quotedAt: number } | null;

/** How a scanner has fared. */
export interface ScannerFacts {
  readonly name: string;
  readonly running: boolean;
  /** How often it is due. */
  readonly intervalMs: number;
  /** How old its last success may be. */
  readonly staleAfterMs: number;
  /** Epoch ms. */
  readonly lastSuccessAt: number | null;
  readonly lastError: string | null;
  readonly failures: number;
  /** What of what was due the last run could not have: the share, to 1. */
  readonly lacks: { readonly share: number; readonly why: string } | null;
  /** Its first fill, while it goes on. */
  readonly filling: { readonly done: number; readonly total: number } | null;
  /** What else there is to know of its last run. */
  readonly note: string | null;
}

/** Health, the list of sources, the page and the command line all go by these three. */
export function freshnessOfSource({ name, state, last_report_at: at, why }: SourceShape): Freshness {
  return { kind: "source", name, state: freshnessOfFolder[state], at, stale_after_seconds: null, why };
}

/** By the quotes' own time: one that answers with what was is no better than one that does not answer. */
export function freshnessOfExchange(name: string, answered: AnswerFacts, now: number): Freshness {
  const at = answered?.quotedAt ?? null;
  return {
    kind: "exchange",
    name,
    state: at === null ? "unknown" : freshnessAt("fresh", at, quoteStaleAfterMs, now),
    at: at === null ? null : isoOf(at),
    stale_after_seconds: quoteStaleAfterMs / 1000,
    why: null,
  };
}

export function freshnessOfScanner(scanner: ScannerFacts, now: number): Freshness {
  const { name, lastSuccessAt: at, staleAfterMs, failures, lacks, lastError } = scanner;
  return {
    kind: "scanner",
    name,
    state: freshnessAt(stateOfScanner(scanner), at, staleAfterMs, now),
    at: at === null ? null : isoOf(at),
    stale_after_seconds: staleAfterMs / 1000,
    why: failures > 0 ? lastError : (lacks?.why ?? null),
  };
}

function stateOfScanner({ failures, lacks, filling, lastSuccessAt, running }: ScannerFacts): FreshnessState {
  if (failures > 0 || lacks !== null) return "failing";
  if (filling !== null) return "starting";
  if (lastSuccessAt === null) return running ? "starting" : "unknown";
  return "fresh";
}
