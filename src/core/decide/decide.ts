import { applyAct } from "./acts";
import { weighBatch } from "./batch";
import type { Decided, SignalOutcome } from "./decision";
import { DecisionContext } from "./context";
import { closeCapWindows } from "./gates/close-windows";
import { relateAll } from "./identity";
import { seqsTakenBy, type Observation, type ReportObserved, type ScanObserved } from "../observation";
import { judgeChannel } from "./rules/channel-broken";
import { judgeCalendars } from "./rules/calendar-ending";
import { applyCertificate, judgeCertificate } from "./rules/certificate-ending";
import { applySilence, endWithAlerts, passSilences } from "./silences";
import { noteOffset } from "./rules/clock-offset";
import { judgeExchangeClock } from "./rules/exchange-clock";
import { judgeConfig } from "./rules/config-refused";
import { applyExternalAlerts } from "./rules/external-alert";
import { judgeHost } from "./rules/host-pressure";
import { pruneExpiredCells } from "./rules/expired-cells";
import { weighFinding } from "./rules/market-finding";
import { startCounting, sumUpMissed } from "./rules/missed-while-away";
import { forgetSources, applyConfigured } from "./rules/no-longer-configured";
import { judgeEveryIntake, noteIntake } from "./rules/reports-refused";
import { judgeScanner } from "./rules/scanner-failing";
import { applySource, judgeSilence } from "./rules/source-silent";
import { judgeReach, loseSource, regainSource } from "./rules/source-unreachable";
import { reportSlowRule, reportUnhandled } from "./rules/user-rule";
import type { Settings } from "../settings";
import { StateOverlay, type State } from "./state";

/**
 * The one place where it is decided what deserves attention. Pure: the same state, observation, settings and time
 * give the same answer, live and in replay. `state` reads through to the one before; its changes are the rows to commit.
 */
export function decide(
  before: State,
  observation: Observation,
  settings: Settings,
  now: number,
): { state: StateOverlay } & Decided {
  const state = new StateOverlay(before);
  const context = new DecisionContext(
    state,
    settings,
    now,
    observation.seq,
    observation.seq + seqsTakenBy(observation),
  );
  const signals = observe(context, observation);
  endWithAlerts(context, context.changed);
  const { decisions, raised, changed, acknowledged, acted, silences, silenceOutcome } = context;
  return {
    state,
    decisions,
    signals,
    raised,
    changed,
    acknowledged,
    acted,
    silences: [...silences.values()],
    silenceOutcome,
  };
}

function observe(context: DecisionContext, observation: Observation): SignalOutcome[] {
  if (observation.kind === "report") return observeReport(context, observation);
  observeOther(context, observation);
  return [];
}

function observeReport(context: DecisionContext, report: ReportObserved): SignalOutcome[] {
  const related = relateAll(context.state, report);
  noteIntake(context, report);
  if (!report.backlog && !report.known) {
    noteOffset(context, report);
    const bringsNews =
      report.opportunities.length > 0 || report.market !== null || related.some(({ relation }) => relation !== "twin");
    if (bringsNews) applySource(context, report);
  }
  return weighBatch(context, report, related);
}

function observeOther(context: DecisionContext, observation: Exclude<Observation, ReportObserved>): void {
  switch (observation.kind) {
    case "source-watched":
      startCounting(context, observation);
      return regainSource(context, observation);
    case "source-unreachable":
      return loseSource(context, observation);
    case "source-caught-up":
      return sumUpMissed(context, observation);
    case "rule-slow":
      return reportSlowRule(context, observation);
    case "rule-unhandled":
      return reportUnhandled(context, observation);
    case "scan":
      return observeScan(context, observation);
    case "config-read":
      return judgeConfig(context, observation);
    case "channel-fared":
      return judgeChannel(context, observation);
    case "certificate-read":
      return applyCertificate(context, observation);
    case "scanner-fared":
      return judgeScanner(context, observation);
    case "exchange-clock":
      return judgeExchangeClock(context, observation);
    case "external-alerts":
      return applyExternalAlerts(context, observation);
    case "host-measured":
      return judgeHost(context, observation);
    case "act":
      return applyAct(context, observation);
    case "silence":
      context.silenceOutcome = applySilence(context, observation);
      return;
    case "channel-test":
    case "settings-changed":
      return;
    case "configured":
      return applyConfigured(context, observation);
    case "tick":
      return passTime(context);
  }
}

function observeScan(context: DecisionContext, scan: ScanObserved): void {
  weighBatch(context, { ...scan, file: null, backlog: false, known: false, signals: [] }, []);
  for (const finding of scan.findings) weighFinding(context, scan.source, finding);
}

function passTime(context: DecisionContext): void {
  context.expire();
  passSilences(context);
  for (const candidate of closeCapWindows(context.state, context.now)) context.weigh({ candidate, checks: [] });
  forgetSources(context);
  judgeReach(context);
  judgeSilence(context);
  judgeEveryIntake(context);
  judgeCertificate(context);
  judgeCalendars(context);
  pruneExpiredCells(context);
}
