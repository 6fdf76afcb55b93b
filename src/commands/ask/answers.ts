import type { z } from "zod";
import type { AuditShape } from "../../views/audit";
import type { AlertShape, DecisionShape, OpportunityShape, QuarantineShape, SignalShape } from "../../views/shapes";
import type { DecisionDetail, ReceivedDetail, alertDetailShape, opportunityDetailShape, signalDetailShape } from "../../views/trace";
import type { AlertQuestion, AuditQuestion, HeldQuestion, OpportunityQuestion, SignalQuestion } from "./questions";

/** All that is known of one thing, with its trace. */
export type Detail =
  | { readonly about: "signal"; readonly told: z.infer<typeof signalDetailShape> }
  | { readonly about: "alert"; readonly told: z.infer<typeof alertDetailShape> }
  | { readonly about: "received"; readonly told: ReceivedDetail }
  | { readonly about: "decision"; readonly told: DecisionDetail }
  | { readonly about: "opportunity"; readonly told: z.infer<typeof opportunityDetailShape> };

export function found<A extends Detail["about"]>(about: A, told: Extract<Detail, { about: A }>["told"] | null): Detail | null {
  return told === null ? null : ({ about, told } as Detail);
}

/** A desk that can be asked; lists come newest first. */
export interface Answers extends Disposable {
  alerts(question: AlertQuestion): Promise<readonly AlertShape[]>;
  signals(question: SignalQuestion): Promise<readonly SignalShape[]>;
  opportunities(question: OpportunityQuestion): Promise<readonly OpportunityShape[]>;
  held(question: HeldQuestion): Promise<readonly DecisionShape[]>;
  quarantine(): Promise<readonly QuarantineShape[]>;
  audit(question: AuditQuestion): Promise<readonly AuditShape[]>;
  /** Null where there is no such thing. */
  detail(id: string): Promise<Detail | null>;
  /** Comes around whenever something may have changed, until `stop`. */
  changes(topic: "alerts" | "signals", stop: AbortSignal): AsyncIterable<void>;
}

/** The database of the data folder, or the daemon behind an address where one is given. */
export async function answersFrom(options: { readonly data?: string; readonly url?: string }): Promise<Answers> {
  if (options.url !== undefined) return new (await import("./remote")).RemoteAnswers(options.url);
  const { DatabaseAnswers } = await import("./database");
  const { dataFolder } = await import("../../config/environment");
  return new DatabaseAnswers(dataFolder(options.data));
}
