import type { CertificateSpan } from "../core/observation";
import { ageOf, isStaleQuote } from "../core/quote-age";
import { certificateNotice, describeCertificate } from "../core/decide/rules/certificate-ending";
import { differenceOf } from "../core/decide/rules/exchange-clock";
import { formatCount, formatDuration, formatNumber } from "../core/text";
import {
  freshnessOfExchange,
  freshnessOfScanner,
  freshnessOfSource,
  type AnswerFacts,
  type ScannerFacts,
} from "./freshness";
import type { Found } from "./health";
import { notesOfReading, type SourceShape } from "./sources";

/** The database: `fault` is why nothing can be stored, `tryStore` throws where it does not answer. */
export interface StoreFacts {
  readonly fault: string | null;
  /** When it was last looked through and found whole, epoch ms, null before that; how much of the round under way is done, 0 to 1. */
  readonly checked: { readonly at: number | null; readonly progress: number };
  readonly tryStore: () => void;
}

/** The certificate that is served, and why the one in its files is not, if so; null where plain HTTP is served. */
export type CertificateFacts = (CertificateSpan & { readonly refused: string | null }) | null;

/** The user's own rules, and why none of them can be asked, if so. */
export interface RuleFacts {
  readonly rules: readonly {
    readonly name: string;
    readonly setAside: { readonly forMs: number; readonly why: string } | null;
  }[];
  readonly trouble: string | null;
}

/** How far our clock is ahead of an exchange's: 0 within 2 s, null where it has not given its time. */
export interface ClockFacts {
  readonly name: string;
  readonly clockAheadMs: number | null;
}

/** How far the clock is ahead of what is believed, and for how long it must still be steady; null where it is believed. */
export type ClockDoubt = { readonly byMs: number; readonly waitsMs: number } | null;

const loopLagDegradedSeconds = 0.25;
/** Percent of the data folder's disk, and of the host's memory. */
const fullnessDegraded = 90;
const fullnessUnhealthy = 98;
const failuresUnhealthy = 3;
const clockAheadDegradedMs = 24 * 3_600_000;

export function judgeConfig({
  path,
  refused,
}: {
  readonly path: string | null;
  readonly refused: string | null;
}): Found {
  if (refused !== null)
    return {
      status: "degraded",
      message: `the edited file is refused, the one before is in force: ${refused.replaceAll("\n", "; ")}`,
    };
  return path === null
    ? { status: "skipped", message: "there is no file, the defaults are in force" }
    : { status: "healthy", message: "the file is in force" };
}

/** One that has ended lets no one in who checks it. */
export function judgeCertificate(certificate: CertificateFacts, now: number): Found {
  if (certificate === null) return { status: "skipped", message: "plain HTTP is served" };
  const { refused } = certificate;
  const message = `${describeCertificate(certificate, now)}${refused === null ? "" : `; the new one is refused: ${refused}`}`;
  if (certificate.endsAt <= now) return { status: "unhealthy", message };
  return {
    status:
      refused !== null || certificate.endsAt - now <= certificateNotice(certificate).soon ? "degraded" : "healthy",
    message,
  };
}

export function judgeStore({ fault, tryStore, checked }: StoreFacts, now: number): Found {
  if (fault !== null) return { status: "unhealthy", message: `nothing can be stored: ${fault}` };
  try {
    tryStore();
    return {
      status: "healthy",
      message: `it answers; ${integrityText(checked, now)}`,
    };
  } catch (error) {
    return {
      status: "unhealthy",
      message: `it does not answer: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

function integrityText({ at, progress }: StoreFacts["checked"], now: number): string {
  return at === null
    ? `integrity check at ${Math.floor(progress * 100)} %`
    : `intact when checked ${formatDuration(Math.max(0, now - at))} ago`;
}

/** What is skipped for want of permission may hold reports: that is not healthy, however much else comes in. */
export function judgeSource(source: SourceShape): Found {
  const { status, message } = judgeState(source);
  const isMarred = status === "healthy" && source.skipped.some(({ is_fault: isFault }) => isFault);
  return { status: isMarred ? "degraded" : status, message: [message, ...notesOfReading(source)].join("; ") };
}

function judgeState(source: SourceShape): Found {
  const { why, age_seconds: age, cadence, read, total } = source;
  switch (freshnessOfSource(source).state) {
    case "fresh":
      return {
        status: "healthy",
        message: age === null ? "no report yet" : `last report ${formatDuration(age * 1000)} ago`,
      };
    case "stale":
      return {
        status: "degraded",
        message: [
          age === null ? "no report yet" : `no report for ${formatDuration(age * 1000)}`,
          ...(cadence.every_seconds === null ? [] : [`usually every ${formatDuration(cadence.every_seconds * 1000)}`]),
        ].join(", "),
      };
    case "failing":
      return { status: "unhealthy", message: `its folder cannot be read: ${why ?? "unknown"}` };
    case "starting":
      return {
        status: "unknown",
        message: source.state === "first-look" ? `first look: ${read} of ${total} files read` : "not read yet",
      };
    case "idle":
      return { status: "healthy", message: `idle: ${why ?? "nothing is expected now"}` };
    case "unknown":
      return { status: "unknown", message: "no data: no live report yet" };
  }
}

/** What it lacked is never health, and a first fill is neither health nor failure. */
export function judgeScanner(scanner: ScannerFacts, now: number): Found {
  const { lastSuccessAt, lastError, failures, running, lacks, filling, note, intervalMs } = scanner;
  const last =
    lastSuccessAt === null
      ? "no run has succeeded yet"
      : `last success ${formatDuration(Math.max(0, now - lastSuccessAt))} ago`;
  switch (freshnessOfScanner(scanner, now).state) {
    case "failing":
      if (failures === 0)
        return {
          status: "degraded",
          message: `${formatShare(lacks?.share ?? 0)} of what was due could not be read: ${lacks?.why}; ${last}`,
        };
      return {
        status: failures >= failuresUnhealthy ? "unhealthy" : "degraded",
        message:
          `${failures === 1 ? "the last run failed" : `failed ${failures} times in a row`}: ` +
          `${lastError ?? "it does not say why"}; ${last}`,
      };
    case "stale":
      return { status: "degraded", message: `${last}, due every ${formatDuration(intervalMs)}` };
    case "starting":
      return {
        status: "unknown",
        message:
          filling !== null
            ? `first fill: ${filling.done} of ${filling.total} series; ${last}`
            : running
              ? "its first run is under way"
              : last,
      };
    case "idle":
    case "unknown":
      return { status: "unknown", message: last };
    case "fresh":
      return { status: "healthy", message: note === null ? last : `${last}; ${note}` };
  }
}

/** Never 0 % of something, nor 100 % of less than all. */
function formatShare(share: number): string {
  return `${share >= 1 ? 100 : Math.min(99, Math.max(1, Math.round(share * 100)))} %`;
}

export function judgeRules({ rules, trouble }: RuleFacts): Found {
  if (trouble !== null) return { status: "unhealthy", message: `none of your rules runs: ${trouble}` };
  const aside = rules.flatMap(({ name, setAside }) =>
    setAside ? [`${name} is set aside for ${formatDuration(setAside.forMs)} more: ${setAside.why}`] : [],
  );
  if (aside.length > 0) return { status: "degraded", message: aside.join("; ") };
  return { status: "healthy", message: `${formatCount(rules.length, "rule")} of your own, none set aside` };
}

/** By the quotes' own time: one that answers with what was is no better than one that does not answer. */
export function judgeExchange(name: string, answered: AnswerFacts, now: number): Found {
  if (answered === null) return { status: "unknown", message: "no data: it has not answered yet" };
  const stale = freshnessOfExchange(name, answered, now).state === "stale";
  const frozen = stale && !isStaleQuote(answered.at, now);
  return {
    status: stale ? "degraded" : "healthy",
    message:
      `last answer ${formatDuration(ageOf(answered.at, now))} ` +
      `ago${frozen ? `, but its quotes are ${formatDuration(ageOf(answered.quotedAt, now))} old by their own time` : ""}`,
  };
}

export function judgeFactors(unreadable: readonly { readonly name: string; readonly why: string }[]): Found {
  const [first] = unreadable;
  if (first === undefined) return { status: "healthy", message: "each can be checked" };
  return {
    status: "degraded",
    message: `${unreadable.map(({ name }) => name).join(", ")} can sign in with a recovery code only: ${first.why}`,
  };
}

/** What could not be read may have held a signal: nothing is whole before a person has looked at it. */
export function judgeQuarantine(files: number): Found {
  return files === 0
    ? { status: "healthy", message: "empty" }
    : { status: "degraded", message: `${formatCount(files, "file")} could not be read` };
}

/** `firing`: what the alerts say that are a state and have not ended, newest first. */
export function judgeAlerts(firing: readonly string[]): Found {
  const [first, ...others] = firing;
  if (first === undefined) return { status: "healthy", message: "none is firing" };
  const newest = others.length === 0 ? "" : "; the newest";
  return { status: "degraded", message: `${firing.length} firing${newest}: ${first}` };
}

export function judgeFullness(percent: number | null, of: string): Found {
  if (percent === null) return { status: "unknown", message: "no data: it cannot be measured here" };
  return {
    status: percent >= fullnessUnhealthy ? "unhealthy" : percent >= fullnessDegraded ? "degraded" : "healthy",
    message: `${Math.round(percent * 10) / 10} % ${of}`,
  };
}

/** A machine that slept or was off for a day is nothing to worry about: its clock is believed after a while. */
export function judgeClock(doubt: ClockDoubt, exchanges: readonly ClockFacts[]): Found {
  const differs = exchanges.flatMap(({ name, clockAheadMs }) =>
    clockAheadMs === null || clockAheadMs === 0 ? [] : [`${differenceOf(clockAheadMs)} ${name}'s`],
  );
  if (differs.length > 0)
    return { status: "degraded", message: `it is ${differs.join(" and ")}: set it by a time server` };
  if (doubt === null) return { status: "healthy", message: "it runs steadily" };
  const message =
    `${formatDuration(doubt.byMs)} ahead of the time that is confirmed: nothing old is removed until it was ` +
    `steady for ${formatDuration(doubt.waitsMs)} more, or virtuoso clock confirm says that it is right`;
  return { status: doubt.byMs > clockAheadDegradedMs ? "degraded" : "healthy", message };
}

export function judgeLoop(lagSeconds: number): Found {
  const lag = `timers run ${formatNumber(lagSeconds, 2)} s late at worst`;
  return lagSeconds > loopLagDegradedSeconds
    ? { status: "degraded", message: lag }
    : { status: "healthy", message: lag };
}
