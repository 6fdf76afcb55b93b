import { compareMerit, firstFailing, type Judgement } from "./candidate";
import type { SignalOutcome, Subject, Word } from "./decision";
import type { Docket } from "./docket";
import { rememberAlerted, type Related } from "./identity";
import type { Batch } from "./observation";
import { countMissed } from "./rules/missed-while-away";
import { judgeOpportunity } from "./rules/opportunity";
import { judgeSignal } from "./rules/strong-signal";
import { endsAsking, type RuleAnswer } from "./rules/rule-answer";
import { hearUserRule } from "./rules/user-rule";
import { askArrival, type Arrival } from "./rules/worth";
import type { RuleSubject } from "./settings";

/** One item of a batch on its way through a rule. */
interface Judged {
  readonly judgement: Judgement;
  readonly about: Subject;
  readonly observedAt: number;
  /** Whose fate it decides; null for a rule of the user's own. */
  readonly signal: Related | null;
}

/** Judges every item by every rule; the most deserving meet the gates first, so that a cap cuts the rest and not them. */
export function weighBatch(docket: Docket, batch: Batch, related: readonly Related[]): SignalOutcome[] {
  const words = new Map<Related, Word>();
  const judged = [...judgeSignals(docket, batch, related), ...judgeOpportunities(docket, batch), ...judgeMarket(docket, batch)];
  for (const each of judged.toSorted((a, b) => compareMerit(a.judgement.candidate, b.judgement.candidate))) {
    const word = weighItem(docket, batch, each);
    if (each.signal) words.set(each.signal, word);
  }
  return related.map((each, index) => ({ index, seq: each.seq, relation: each.relation, signal: each.signal, word: words.get(each) ?? "duplicate" }));
}

function weighItem(docket: Docket, batch: Batch, { judgement, about, observedAt, signal }: Judged): Word {
  const verdict = firstFailing(judgement.checks);
  const missed = verdict === "late" && countMissed(docket, batch, judgement, observedAt);
  const { word, alertSeq } = docket.weigh({ ...judgement, missed }, about);
  // One that was held back told nobody anything: what stands goes on standing. Edition 0 let it end the opposite all the same.
  const turns = docket.settings.edition >= 1 ? word === "raised" : verdict === null;
  if (turns && signal) docket.supersede(batch.source, signal.signal.symbol, signal.signal.direction, alertSeq);
  if (word === "raised" && signal) rememberAlerted(docket.state, signal, judgement.candidate.priority);
  return word;
}

function judgeSignals(docket: Docket, batch: Batch, related: readonly Related[]): Judged[] {
  const userRules = hearUserRules(docket, batch);
  return related.flatMap((each, index) => {
    const { signal, seq } = each;
    const arrival: Arrival = { batch, observedAt: signal.observedAt, datedBy: signal.datedBy, expiresAt: signal.expiresAt, related: each };
    const judgement = judgeSignal(signal, seq, arrival, docket.settings, docket.now);
    const about = { kind: "signal", seq } as const;
    return [{ judgement, about, observedAt: signal.observedAt, signal: each }, ...userRules({ kind: "signal", signal }, arrival, index)];
  });
}

function judgeOpportunities(docket: Docket, batch: Batch): Judged[] {
  const userRules = hearUserRules(docket, batch);
  return batch.opportunities.flatMap((opportunity, index) => {
    const item = batch.signals.length + index;
    const seq = batch.seq + item;
    const { observedAt, datedBy } = opportunity;
    const arrival: Arrival = { batch, observedAt, datedBy, expiresAt: null, related: null };
    const judgement = judgeOpportunity(opportunity, seq, arrival, docket.settings, docket.now);
    const about = { kind: "opportunity", seq } as const;
    return [{ judgement, about, observedAt, signal: null }, ...userRules({ kind: "opportunity", opportunity }, arrival, item)];
  });
}

function judgeMarket(docket: Docket, batch: Batch): Judged[] {
  const { market } = batch;
  if (!market) return [];
  const arrival: Arrival = { batch, observedAt: market.observedAt, datedBy: "body", expiresAt: null, related: null };
  return hearUserRules(docket, batch)({ kind: "market", market }, arrival, batch.signals.length + batch.opportunities.length);
}

type HearUserRules = (subject: RuleSubject, arrival: Arrival, item: number) => Judged[];

/** What the user's rules said was asked before; here it meets the same checks and gates as everything. */
function hearUserRules(docket: Docket, { seq, source, rules }: Batch): HearUserRules {
  if (!rules) return () => [];
  const answers = new Map<string, RuleAnswer>(rules.answers.map((answer) => [keyOf(answer.rule, answer.item), answer]));
  const lastAsked = new Map(rules.answers.flatMap(({ rule, item, fault }) => (fault && endsAsking(fault) ? [[rule, item] as const] : [])));
  return (subject, arrival, item) =>
    rules.asked.flatMap((rule) => {
      if (item > (lastAsked.get(rule) ?? item)) return [];
      const about = { kind: subject.kind, seq: seq + item };
      const candidate = hearUserRule(docket, rule, answers.get(keyOf(rule, item)), { subject, source, subjectSeq: about.seq });
      if (!candidate) return [];
      const checks = askArrival(arrival, candidate.priority, docket.settings, docket.now);
      return [{ judgement: { candidate, checks }, about, observedAt: arrival.observedAt, signal: null }];
    });
}

function keyOf(rule: string, item: number): string {
  return `${item} ${rule}`;
}
