import { compareMerit, firstFailing, type Judgement } from "./candidate";
import type { SignalOutcome, Word } from "./decision";
import type { Subject } from "../subject";
import type { DecisionContext } from "./context";
import { rememberAlerted, type Related } from "./identity";
import type { Batch } from "../observation";
import { countMissed } from "./rules/missed-while-away";
import { judgeOpportunity } from "./rules/opportunity";
import { judgeSignal } from "./rules/strong-signal";
import { endsRule, type RuleAnswer } from "./rules/rule-answer";
import { applyUserRule } from "./rules/user-rule";
import { checkArrival, type Arrival } from "./rules/worth";
import type { RuleSubject } from "../settings";

/** One item of a batch on its way through a rule. */
interface Judged {
  readonly judgement: Judgement;
  readonly about: Subject;
  readonly observedAt: number;
  /** Whose fate it decides; null for a rule of the user's own. */
  readonly signal: Related | null;
}

/** Judges every item by every rule; the most deserving meet the gates first, so that a cap cuts the rest and not them. */
export function weighBatch(context: DecisionContext, batch: Batch, related: readonly Related[]): SignalOutcome[] {
  const words = new Map<Related, Word>();
  const judged = [
    ...judgeSignals(context, batch, related),
    ...judgeOpportunities(context, batch),
    ...judgeMarket(context, batch),
  ];
  for (const each of judged.toSorted((a, b) => compareMerit(a.judgement.candidate, b.judgement.candidate))) {
    const word = weighItem(context, batch, each);
    if (each.signal) words.set(each.signal, word);
  }
  return related.map((each, index) => ({
    index,
    seq: each.seq,
    relation: each.relation,
    signal: each.signal,
    word: words.get(each) ?? "duplicate",
  }));
}

function weighItem(context: DecisionContext, batch: Batch, { judgement, about, observedAt, signal }: Judged): Word {
  const verdict = firstFailing(judgement.checks);
  const missed = verdict === "late" && countMissed(context, batch, judgement, observedAt);
  const { word, alertSeq } = context.weigh({ ...judgement, missed }, about);
  // One that was held back notified no one: what stands goes on standing. Edition 0 let it end the opposite all the same.
  const turns = context.settings.edition >= 1 ? word === "raised" : verdict === null;
  if (turns && signal) context.supersede(batch.source, signal.signal.symbol, signal.signal.direction, alertSeq);
  if (word === "raised" && signal) rememberAlerted(context.state, signal, judgement.candidate.priority);
  return word;
}

function judgeSignals(context: DecisionContext, batch: Batch, related: readonly Related[]): Judged[] {
  const userRules = applyUserRules(context, batch);
  return related.flatMap((each, index) => {
    const { signal, seq } = each;
    const arrival: Arrival = {
      batch,
      observedAt: signal.observedAt,
      datedBy: signal.datedBy,
      expiresAt: signal.expiresAt,
      related: each,
    };
    const judgement = judgeSignal(signal, seq, arrival, context.settings, context.now);
    const about = { kind: "signal", seq } as const;
    return [
      { judgement, about, observedAt: signal.observedAt, signal: each },
      ...userRules({ kind: "signal", signal }, arrival, index),
    ];
  });
}

function judgeOpportunities(context: DecisionContext, batch: Batch): Judged[] {
  const userRules = applyUserRules(context, batch);
  return batch.opportunities.flatMap((opportunity, index) => {
    const item = batch.signals.length + index;
    const seq = batch.seq + item;
    const { observedAt, datedBy } = opportunity;
    const arrival: Arrival = { batch, observedAt, datedBy, expiresAt: null, related: null };
    const judgement = judgeOpportunity(opportunity, seq, arrival, context.settings, context.now);
    const about = { kind: "opportunity", seq } as const;
    return [
      { judgement, about, observedAt, signal: null },
      ...userRules({ kind: "opportunity", opportunity }, arrival, item),
    ];
  });
}

function judgeMarket(context: DecisionContext, batch: Batch): Judged[] {
  const { market } = batch;
  if (!market) return [];
  const arrival: Arrival = { batch, observedAt: market.observedAt, datedBy: "body", expiresAt: null, related: null };
  return applyUserRules(context, batch)(
    { kind: "market", market },
    arrival,
    batch.signals.length + batch.opportunities.length,
  );
}

type ApplyUserRules = (subject: RuleSubject, arrival: Arrival, item: number) => Judged[];

/** What the user's rules said is known before; here it meets the same checks and gates as everything. */
function applyUserRules(context: DecisionContext, { seq, source, rules }: Batch): ApplyUserRules {
  if (!rules) return () => [];
  const answers = new Map<string, RuleAnswer>(rules.answers.map((answer) => [keyOf(answer.rule, answer.item), answer]));
  const lastRun = new Map(
    rules.answers.flatMap(({ rule, item, fault }) => (fault && endsRule(fault) ? [[rule, item] as const] : [])),
  );
  return (subject, arrival, item) =>
    rules.asked.flatMap((rule) => {
      if (item > (lastRun.get(rule) ?? item)) return [];
      const about = { kind: subject.kind, seq: seq + item };
      const candidate = applyUserRule(context, rule, answers.get(keyOf(rule, item)), {
        subject,
        source,
        subjectSeq: about.seq,
      });
      if (!candidate) return [];
      const checks = checkArrival(arrival, candidate.priority, context.settings, context.now);
      return [{ judgement: { candidate, checks }, about, observedAt: arrival.observedAt, signal: null }];
    });
}

function keyOf(rule: string, item: number): string {
  return `${item} ${rule}`;
}
