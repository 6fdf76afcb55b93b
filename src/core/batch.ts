import { compareMerit, firstFailing, type Judgement } from "./candidate";
import type { SignalOutcome, Subject, Word } from "./decision";
import type { Docket } from "./docket";
import { rememberAlerted, type Related } from "./identity";
import type { Batch } from "./observation";
import { countMissed } from "./rules/missed-while-away";
import { judgeOpportunity } from "./rules/opportunity";
import { judgeSignal } from "./rules/strong-signal";
import { askUserRule } from "./rules/user-rule";
import { askArrival, type Arrival } from "./rules/worth";
import type { RuleObservation } from "./settings";

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
  return related.flatMap((each) => {
    const { signal, seq } = each;
    const arrival: Arrival = { batch, observedAt: signal.observedAt, datedBy: signal.datedBy, expiresAt: signal.expiresAt, related: each };
    const judgement = judgeSignal(signal, seq, arrival, docket.settings, docket.now);
    const shown = { kind: "signal", source: batch.source, receivedAt: batch.receivedAt, signal } as const;
    const about = { kind: "signal", seq } as const;
    return [{ judgement, about, observedAt: signal.observedAt, signal: each }, ...askUserRules(docket, shown, arrival, about)];
  });
}

function judgeOpportunities(docket: Docket, batch: Batch): Judged[] {
  return batch.opportunities.flatMap((opportunity, index) => {
    const seq = batch.seq + batch.signals.length + index;
    const { observedAt, datedBy } = opportunity;
    const arrival: Arrival = { batch, observedAt, datedBy, expiresAt: null, related: null };
    const judgement = judgeOpportunity(opportunity, seq, arrival, docket.settings, docket.now);
    const shown = { kind: "opportunity", source: batch.source, receivedAt: batch.receivedAt, opportunity } as const;
    const about = { kind: "opportunity", seq } as const;
    return [{ judgement, about, observedAt, signal: null }, ...askUserRules(docket, shown, arrival, about)];
  });
}

function judgeMarket(docket: Docket, batch: Batch): Judged[] {
  const { market } = batch;
  if (!market) return [];
  const arrival: Arrival = { batch, observedAt: market.observedAt, datedBy: "body", expiresAt: null, related: null };
  const shown = { kind: "market", source: batch.source, receivedAt: batch.receivedAt, market } as const;
  return askUserRules(docket, shown, arrival, { kind: "market", seq: batch.seq + batch.signals.length + batch.opportunities.length });
}

function askUserRules(docket: Docket, shown: RuleObservation, arrival: Arrival, about: Subject): Judged[] {
  return docket.settings.rules.flatMap((rule) => {
    const candidate = askUserRule(docket, rule, shown, about.seq);
    if (!candidate) return [];
    const checks = askArrival(arrival, candidate.priority, docket.settings, docket.now);
    return [{ judgement: { candidate, checks }, about, observedAt: arrival.observedAt, signal: null }];
  });
}
