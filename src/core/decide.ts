import { askArrival, type Arrival } from "./rules/worth";
import { compareMerit, firstFailing, type Judgement } from "./candidate";
import type { Decided, SignalOutcome, Word } from "./decision";
import { Docket } from "./docket";
import { closeCapWindows } from "./gates/close-windows";
import { relate, type Related } from "./identity";
import { seqsTakenBy, type Observation, type ReportObserved } from "./observation";
import { keepHouse } from "./rules/housekeeping";
import { noteOffset } from "./rules/clock-offset";
import { countMissed, startCounting, sumUpMissed } from "./rules/missed-while-away";
import { judgeOpportunity } from "./rules/opportunity";
import { judgeEveryIntake, noteIntake } from "./rules/reports-refused";
import { hearSource, judgeSilence } from "./rules/source-silent";
import { judgeReach, loseSource, regainSource } from "./rules/source-unreachable";
import { judgeSignal } from "./rules/strong-signal";
import { askUserRule, reportSlowRule } from "./rules/user-rule";
import type { RuleObservation, Settings } from "./settings";
import { Draft, type State } from "./state";

/**
 * The one place where it is decided what deserves attention. Pure: the same state, observation, settings and time
 * give the same answer, live and in replay. `state` reads through to the one before; its changes are the rows to commit.
 */
export function decide(before: State, observation: Observation, settings: Settings, now: number): { state: Draft } & Decided {
  const state = new Draft(before);
  const docket = new Docket(state, settings, now, observation.seq, observation.seq + seqsTakenBy(observation));
  const signals = observe(docket, observation);
  return { state, decisions: docket.decisions, signals, raised: docket.raised, changed: docket.changed };
}

function observe(docket: Docket, observation: Observation): SignalOutcome[] {
  switch (observation.kind) {
    case "report":
      return observeReport(docket, observation);
    case "source-watched":
      startCounting(docket, observation);
      regainSource(docket, observation);
      return [];
    case "source-unreachable":
      loseSource(docket, observation);
      return [];
    case "source-caught-up":
      sumUpMissed(docket, observation);
      return [];
    case "rule-slow":
      reportSlowRule(docket, observation);
      return [];
    case "settings-changed":
      return [];
    case "tick":
      passTime(docket);
      return [];
  }
}

function passTime(docket: Docket): void {
  docket.expire();
  for (const candidate of closeCapWindows(docket.state, docket.now)) docket.weigh({ candidate, checks: [] }, docket.seq);
  judgeReach(docket);
  judgeSilence(docket);
  judgeEveryIntake(docket);
  keepHouse(docket);
}

/** One item of a report on its way through a rule. */
interface Judged {
  readonly judgement: Judgement;
  readonly subjectSeq: number;
  readonly observedAt: number;
  readonly signalIndex: number | null;
}

function observeReport(docket: Docket, report: ReportObserved): SignalOutcome[] {
  const related = report.signals.map((signal, index) => {
    const relation = relate(docket.state, report.source, report.file, signal, report.seq + index);
    remember(docket.state, relation);
    return relation;
  });
  noteIntake(docket, report);
  if (!report.backlog && !report.known) {
    noteOffset(docket, report);
    if (saysSomethingNew(report, related)) hearSource(docket, report);
  }
  const words = weighAll(docket, report, [...judgeSignals(docket, report, related), ...judgeOpportunities(docket, report), ...judgeMarket(docket, report)], related);
  return related.map(({ seq, relation, signal }, index) => ({ index, seq, relation, signal, word: words.get(index) ?? "duplicate" }));
}

function saysSomethingNew(report: ReportObserved, related: readonly Related[]): boolean {
  return report.opportunities.length > 0 || report.market !== null || related.some(({ relation }) => relation !== "twin");
}

function remember(state: Draft, { keys, seq, signal, relation }: Related): void {
  state.know(seq, signal);
  const alerted = keys.map((key) => state.get("identity", key)?.alerted ?? null).find((each) => each !== null) ?? null;
  const observedAt = relation === "first" ? signal.observedAt : (keys.map((key) => state.get("identity", key)?.observedAt).find((each) => each !== undefined) ?? signal.observedAt);
  for (const key of keys) state.set("identity", key, { seq, observedAt, alerted: relation === "first" ? null : alerted });
}

function judgeSignals(docket: Docket, report: ReportObserved, related: readonly Related[]): Judged[] {
  return related.flatMap((each, signalIndex) => {
    const { signal, seq } = each;
    const arrival: Arrival = { observation: report, observedAt: signal.observedAt, datedBy: signal.datedBy, expiresAt: signal.expiresAt, related: each };
    const strong = judgeSignal(docket.state, signal, seq, arrival, docket.settings, docket.now);
    const shown = { kind: "signal", source: report.source, receivedAt: report.receivedAt, signal } as const;
    return [
      { judgement: strong, subjectSeq: seq, observedAt: signal.observedAt, signalIndex },
      ...askUserRules(docket, shown, arrival, seq),
    ];
  });
}

function judgeOpportunities(docket: Docket, report: ReportObserved): Judged[] {
  return report.opportunities.flatMap((opportunity, index) => {
    const seq = report.seq + report.signals.length + index;
    const { observedAt, datedBy } = opportunity;
    const arrival: Arrival = { observation: report, observedAt, datedBy, expiresAt: null, related: null };
    const judgement = judgeOpportunity(docket.state, opportunity, seq, arrival, docket.settings, docket.now);
    const shown = { kind: "opportunity", source: report.source, receivedAt: report.receivedAt, opportunity } as const;
    return [{ judgement, subjectSeq: seq, observedAt, signalIndex: null }, ...askUserRules(docket, shown, arrival, seq)];
  });
}

function judgeMarket(docket: Docket, report: ReportObserved): Judged[] {
  const { market } = report;
  if (!market) return [];
  const arrival: Arrival = { observation: report, observedAt: market.observedAt, datedBy: "body", expiresAt: null, related: null };
  const shown = { kind: "market", source: report.source, receivedAt: report.receivedAt, market } as const;
  return askUserRules(docket, shown, arrival, report.seq + report.signals.length + report.opportunities.length);
}

function askUserRules(docket: Docket, shown: RuleObservation, arrival: Arrival, subjectSeq: number): Judged[] {
  return docket.settings.rules.flatMap((rule) => {
    const candidate = askUserRule(docket, rule, shown, subjectSeq);
    if (!candidate) return [];
    const checks = askArrival(docket.state, arrival, candidate.priority, docket.settings, docket.now);
    return [{ judgement: { candidate, checks }, subjectSeq, observedAt: arrival.observedAt, signalIndex: null }];
  });
}

/** The most deserving meet the gates first, so that a cap cuts the rest and not them. */
function weighAll(docket: Docket, report: ReportObserved, judged: readonly Judged[], related: readonly Related[]): Map<number, Word> {
  const words = new Map<number, Word>();
  for (const each of judged.toSorted((a, b) => compareMerit(a.judgement.candidate, b.judgement.candidate))) {
    const { judgement, subjectSeq, observedAt, signalIndex } = each;
    const verdict = firstFailing(judgement.checks);
    const { word, alertSeq } = docket.weigh(judgement, subjectSeq);
    if (verdict === "late") countMissed(docket, report, judgement, observedAt);
    if (signalIndex === null) continue;
    words.set(signalIndex, word);
    if (verdict !== null) continue;
    const about = related[signalIndex];
    if (!about) continue;
    docket.supersede(report.source, about.signal.symbol, about.signal.direction, alertSeq);
    if (word === "raised") markAlerted(docket.state, about, judgement.candidate.priority);
  }
  return words;
}

function markAlerted(state: Draft, { keys, seq, signal }: Related, priority: Judgement["candidate"]["priority"]): void {
  for (const key of keys) {
    const known = state.get("identity", key);
    state.set("identity", key, { seq, observedAt: known?.observedAt ?? signal.observedAt, alerted: priority });
  }
}
