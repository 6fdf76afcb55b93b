import { weighBatch } from "./batch";
import type { Decided, SignalOutcome } from "./decision";
import { Docket } from "./docket";
import { closeCapWindows } from "./gates/close-windows";
import { relateAll } from "./identity";
import { seqsTakenBy, type Observation, type ReportObserved, type ScanObserved } from "./observation";
import { hearCertificate, judgeCertificate } from "./rules/certificate-ending";
import { noteOffset } from "./rules/clock-offset";
import { judgeExchangeClock } from "./rules/exchange-clock";
import { judgeConfig } from "./rules/config-refused";
import { hearExternalAlerts } from "./rules/external-alert";
import { judgeHost } from "./rules/host-pressure";
import { keepHouse } from "./rules/housekeeping";
import { weighFinding } from "./rules/market-finding";
import { startCounting, sumUpMissed } from "./rules/missed-while-away";
import { forgetSources, hearConfigured } from "./rules/no-longer-configured";
import { judgeEveryIntake, noteIntake } from "./rules/reports-refused";
import { judgeScanner } from "./rules/scanner-failing";
import { hearSource, judgeSilence } from "./rules/source-silent";
import { judgeReach, loseSource, regainSource } from "./rules/source-unreachable";
import { reportSlowRule, reportUnhandled } from "./rules/user-rule";
import type { Settings } from "./settings";
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
  if (observation.kind === "report") return observeReport(docket, observation);
  observeOther(docket, observation);
  return [];
}

function observeReport(docket: Docket, report: ReportObserved): SignalOutcome[] {
  const related = relateAll(docket.state, report);
  noteIntake(docket, report);
  if (!report.backlog && !report.known) {
    noteOffset(docket, report);
    const saysSomethingNew = report.opportunities.length > 0 || report.market !== null || related.some(({ relation }) => relation !== "twin");
    if (saysSomethingNew) hearSource(docket, report);
  }
  return weighBatch(docket, report, related);
}

function observeOther(docket: Docket, observation: Exclude<Observation, ReportObserved>): void {
  switch (observation.kind) {
    case "source-watched":
      startCounting(docket, observation);
      return regainSource(docket, observation);
    case "source-unreachable":
      return loseSource(docket, observation);
    case "source-caught-up":
      return sumUpMissed(docket, observation);
    case "rule-slow":
      return reportSlowRule(docket, observation);
    case "rule-unhandled":
      return reportUnhandled(docket, observation);
    case "scan":
      return observeScan(docket, observation);
    case "config-read":
      return judgeConfig(docket, observation);
    case "certificate-read":
      return hearCertificate(docket, observation);
    case "scanner-fared":
      return judgeScanner(docket, observation);
    case "exchange-clock":
      return judgeExchangeClock(docket, observation);
    case "external-alerts":
      return hearExternalAlerts(docket, observation);
    case "host-measured":
      return judgeHost(docket, observation);
    case "settings-changed":
      return;
    case "configured":
      return hearConfigured(docket, observation);
    case "tick":
      return passTime(docket);
  }
}

function observeScan(docket: Docket, scan: ScanObserved): void {
  weighBatch(docket, { ...scan, file: null, backlog: false, known: false, signals: [] }, []);
  for (const finding of scan.findings) weighFinding(docket, scan.source, finding);
}

function passTime(docket: Docket): void {
  docket.expire();
  for (const candidate of closeCapWindows(docket.state, docket.now)) docket.weigh({ candidate, checks: [] });
  forgetSources(docket);
  judgeReach(docket);
  judgeSilence(docket);
  judgeEveryIntake(docket);
  judgeCertificate(docket);
  keepHouse(docket);
}
