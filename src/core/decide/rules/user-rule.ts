import { fingerprintOf, priorityOf } from "../../alert";
import type { Candidate } from "../candidate";
import type { DecisionContext } from "../context";
import type { RuleSlow, RuleUnhandled } from "../../observation";
import type { RuleSubject } from "../../settings";
import { formatNumber } from "../../text";
import type { RuleAnswer, UserAlert } from "./rule-answer";
import { eventStandsForMs } from "./strong-signal";
import { systemAlert, systemFingerprint } from "./system-alert";

const soundRunsToRecover = 20;
/** One call, ms. */
export const ruleMayTakeMs = 50;

/** What one rule said of one item. Its fault is reported once and stops no other rule. */
export function applyUserRule(
  context: DecisionContext,
  rule: string,
  answer: RuleAnswer | undefined,
  item: RuleItem,
): Candidate | null {
  if (answer?.fault) {
    faultIn(context, rule, answer.fault.message);
    return null;
  }
  soundRun(context, rule);
  return answer?.alert ? candidateFrom(context, rule, answer.alert, item) : null;
}

/** What the rule was shown, and its place in the order. */
export interface RuleItem {
  readonly subject: RuleSubject;
  readonly source: string;
  readonly subjectSeq: number;
}

function candidateFrom(
  context: DecisionContext,
  rule: string,
  alert: UserAlert,
  { subject: about, source, subjectSeq }: RuleItem,
): Candidate {
  const subject = subjectOf(about);
  const type = alert.type ?? subject.type;
  const symbol = alert.symbol ?? subject.symbol;
  return {
    type,
    kind: "event",
    priority: alert.priority ?? priorityOf(subject.strength, context.settings.priorities),
    rule,
    fingerprint: fingerprintOf(type, rule, symbol),
    message: alert.message,
    source,
    symbol,
    direction: subject.direction,
    expiresAt: context.now + eventStandsForMs,
    subjectSeq,
    strength: subject.strength,
    details: { ...strategyOf(context, about), ...alert.details },
  };
}
function subjectOf(about: RuleSubject): Pick<Candidate, "type" | "symbol" | "direction" | "strength"> {
  switch (about.kind) {
    case "signal": {
      const { symbol, direction, strength } = about.signal;
      return { type: "SIGNAL", symbol, direction, strength };
    }
    case "opportunity": {
      const { symbol, confidence } = about.opportunity;
      return { type: "ALPHA", symbol, direction: null, strength: confidence === null ? null : confidence * 100 };
    }
    case "market":
      return { type: "MARKET", symbol: null, direction: null, strength: null };
  }
}

/** Of the signal it was shown, for matchers. */
function strategyOf({ settings }: DecisionContext, about: RuleSubject): { strategy?: string } {
  const strategy = about.kind === "signal" && settings.edition >= 2 ? about.signal.strategy : null;
  return strategy === null ? {} : { strategy };
}

function faultIn(context: DecisionContext, rule: string, what: string): void {
  context.state.set("rule", rule, { failing: true, sound: 0 });
  context.hold(
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

function soundRun(context: DecisionContext, rule: string): void {
  const health = context.state.get("rule", rule);
  if (!health?.failing) return;
  const sound = health.sound + 1;
  const recovered = sound >= soundRunsToRecover;
  context.state.set("rule", rule, recovered ? null : { failing: true, sound });
  if (recovered) context.release(systemFingerprint("rule-failing", rule));
}

export function reportSlowRule(context: DecisionContext, { rule, tookMs }: RuleSlow): void {
  const candidate = systemAlert({
    rule: "rule-slow",
    subject: rule,
    kind: "event",
    priority: "low",
    message: `The rule ${rule} took ${formatNumber(tookMs / 1000, 2)} s; over ${ruleMayTakeMs / 1000} s it delays every alert`,
    source: null,
    expiresAt: context.now + eventStandsForMs,
    details: { tookMs },
  });
  context.weigh({ candidate, checks: [] });
}

/** What a rule set going failed after it had answered: an event, for no later answer shows that it is mended. */
export function reportUnhandled(context: DecisionContext, { rule, what }: RuleUnhandled): void {
  const candidate = systemAlert({
    rule: "rule-unhandled",
    subject: rule ?? "",
    kind: "event",
    priority: "medium",
    message: (
      `A timer or promise of ${rule === null ? "one of your rules" : `the rule ${rule}`} ` +
      `failed and was not handled: ${what}`
    ).slice(0, 500),
    source: null,
    expiresAt: context.now + eventStandsForMs,
    details: { what: what.slice(0, 500) },
  });
  context.weigh({ candidate, checks: [] });
}
