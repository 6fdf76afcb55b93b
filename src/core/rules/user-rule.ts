import { z } from "zod";
import { alertTypes, fingerprintOf, priorities, priorityOf } from "../alert";
import type { Candidate } from "../candidate";
import type { Docket } from "../docket";
import { inPlainWords, plainIssues } from "../plain-words";
import type { RuleSlow } from "../observation";
import { settingsFor, type RuleObservation, type UserRule } from "../settings";
import { formatNumber } from "../text";
import { eventStandsForMs } from "./strong-signal";
import { systemAlert, systemFingerprint } from "./system-alert";

/** What a user's rule may answer; everything but the message has a meaning where it is left out. */
export const userAlertSchema = z.strictObject({
  message: z.string().min(1).max(500),
  priority: z.enum(priorities).optional(),
  type: z.enum(alertTypes).optional(),
  symbol: z.string().max(40).optional(),
  details: z.record(z.string().max(60), z.union([z.string().max(500), z.number(), z.boolean(), z.null()])).optional(),
});
export type UserAlert = z.infer<typeof userAlertSchema>;

const soundRunsToRecover = 20;
export const ruleMayTakeMs = 50;

/** Runs one rule on one item. Its fault is reported once and stops nobody else. */
export function askUserRule(docket: Docket, rule: UserRule, observation: RuleObservation, subjectSeq: number): Candidate | null {
  const { source } = observation;
  let answer: unknown;
  try {
    answer = rule.judge(frozen(observation), {
      now: docket.now,
      settings: frozen(settingsFor(docket.settings, source)),
      priorityOf: (strength) => priorityOf(strength, docket.settings.priorities),
    });
  } catch (error) {
    faultIn(docket, rule.name, `it threw: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
  if (answer === undefined || answer === null) return soundRun(docket, rule.name);
  if (isThenable(answer)) {
    // Left alone, its rejection would count as nobody's and end the process.
    answer.then(undefined, () => undefined);
    faultIn(docket, rule.name, "it answered with a promise; a rule must answer at once");
    return null;
  }
  const parsed = userAlertSchema.safeParse(answer, inPlainWords);
  if (!parsed.success) {
    faultIn(docket, rule.name, `its answer is not an alert: ${describe(parsed.error)}`);
    return null;
  }
  soundRun(docket, rule.name);
  return candidateFrom(docket, rule.name, parsed.data, observation, subjectSeq);
}

function candidateFrom(docket: Docket, rule: string, alert: UserAlert, observation: RuleObservation, subjectSeq: number): Candidate {
  const subject = subjectOf(observation);
  const type = alert.type ?? subject.type;
  const symbol = alert.symbol ?? subject.symbol;
  return {
    type,
    kind: "event",
    priority: alert.priority ?? priorityOf(subject.strength, docket.settings.priorities),
    rule,
    fingerprint: fingerprintOf(type, rule, symbol),
    message: alert.message,
    source: observation.source,
    symbol,
    direction: subject.direction,
    expiresAt: docket.now + eventStandsForMs,
    subjectSeq,
    strength: subject.strength,
    details: alert.details ?? {},
  };
}

function subjectOf(observation: RuleObservation): Pick<Candidate, "type" | "symbol" | "direction" | "strength"> {
  switch (observation.kind) {
    case "signal": {
      const { symbol, direction, strength } = observation.signal;
      return { type: "SIGNAL", symbol, direction, strength };
    }
    case "opportunity": {
      const { symbol, confidence } = observation.opportunity;
      return { type: "ALPHA", symbol, direction: null, strength: confidence === null ? null : confidence * 100 };
    }
    case "market":
      return { type: "MARKET", symbol: null, direction: null, strength: null };
  }
}

function faultIn(docket: Docket, rule: string, what: string): void {
  docket.state.set("rule", rule, { failing: true, sound: 0 });
  docket.hold(
    systemAlert({
      rule: "rule-failing",
      subject: rule,
      kind: "state",
      priority: "medium",
      message: `The rule ${rule} fails: ${what}`.slice(0, 500),
      source: null,
      expiresAt: null,
      details: { what: what.slice(0, 500) },
    }),
  );
}

function soundRun(docket: Docket, rule: string): null {
  const health = docket.state.get("rule", rule);
  if (!health?.failing) return null;
  const sound = health.sound + 1;
  const recovered = sound >= soundRunsToRecover;
  docket.state.set("rule", rule, recovered ? null : { failing: true, sound });
  if (recovered) docket.release(systemFingerprint("rule-failing", rule));
  return null;
}

export function reportSlowRule(docket: Docket, { rule, tookMs }: RuleSlow): void {
  const candidate = systemAlert({
    rule: "rule-slow",
    subject: rule,
    kind: "event",
    priority: "low",
    message: `The rule ${rule} took ${formatNumber(tookMs, 0)} ms; over ${ruleMayTakeMs} ms it delays every alert`,
    source: null,
    expiresAt: docket.now + eventStandsForMs,
    details: { tookMs },
  });
  docket.weigh({ candidate, checks: [] });
}

/** What a rule is shown is what is stored and judged by others: one that writes to it throws. */
function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  Object.values(value).forEach(frozen);
  return value;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

function describe(error: z.ZodError): string {
  return plainIssues(error, "answer").map(({ path, message }) => `${path}: ${message}`).join("; ");
}
