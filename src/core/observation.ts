import type { ActName, ActTarget, FeedbackValue } from "./act";
import type { Priority } from "./alert";
import type { MarketView } from "./market";
import type { Opportunity } from "./opportunity";
import type { MarketFinding } from "./overview/market-finding";
import type { Refusal } from "./reading";
import type { RuleAnswers } from "./decide/rules/rule-answer";
import type { Signal } from "./signal";
import type { SilenceTerms } from "./silence";

/** What ingest, a scanner or the clock hands to decide. Stored as it is: replaying these gives the same decisions. */
export type Observation =
  | ReportObserved
  | SourceWatched
  | SourceUnreachable
  | SourceCaughtUp
  | RuleSlow
  | RuleUnhandled
  | ScanObserved
  | ScannerFared
  | ExchangeClockRead
  | HostMeasured
  | ExternalAlertsReceived
  | ActObserved
  | ChannelTestAsked
  | SilenceObserved
  | SettingsChanged
  | Configured
  | ConfigRead
  | ChannelFared
  | CertificateRead
  | Tick;

interface Observed {
  /** Place in the one order of everything; items of the observation count on from here. */
  readonly seq: number;
  /** When it came in, epoch ms. */
  readonly receivedAt: number;
}

/** One report as it was read, good parts and refused parts. */
export interface ReportObserved extends Observed {
  readonly kind: "report";
  readonly source: string;
  /** Path relative to the source's folder, `/` between. */
  readonly file: string;
  readonly modifiedAt: number;
  /** Found by a first look at the folder, not seen arriving. */
  readonly backlog: boolean;
  /** The same bytes, dated the same, were read before. */
  readonly known: boolean;
  readonly signals: readonly Signal[];
  readonly opportunities: readonly Opportunity[];
  readonly market: MarketView | null;
  readonly refusals: readonly Refusal[];
  /** Absent where there are no rules of the user's own. */
  readonly rules?: RuleAnswers | undefined;
}

/** Items that came together, from wherever: what a rule needs to know of their coming. */
export type Batch = Pick<
  ReportObserved,
  "seq" | "receivedAt" | "source" | "backlog" | "known" | "signals" | "opportunities" | "market" | "rules"
> & {
  /** The file they were read from; null where there is none. */
  readonly file: string | null;
};

/** From now on the source's folder is watched; reports found by the first look follow. */
export interface SourceWatched extends Observed {
  readonly kind: "source-watched";
  readonly source: string;
}

export interface SourceUnreachable extends Observed {
  readonly kind: "source-unreachable";
  readonly source: string;
  /** For a person: "no such folder", "permission denied". */
  readonly why: string;
}

/** The first look is done: everything that was there has been handed on. */
export interface SourceCaughtUp extends Observed {
  readonly kind: "source-caught-up";
  readonly source: string;
}

/** A user's rule took longer than it may. */
export interface RuleSlow extends Observed {
  readonly kind: "rule-slow";
  readonly rule: string;
  readonly tookMs: number;
}

/** Something a user's rule set going failed after the rule had answered. */
export interface RuleUnhandled extends Observed {
  readonly kind: "rule-unhandled";
  /** Null where it is not known whose it was. */
  readonly rule: string | null;
  readonly what: string;
}

/** A run of a scanner: what it saw of the market, and what it found in it. */
export interface ScanObserved extends Observed {
  readonly kind: "scan";
  readonly scanner: string;
  /** Where it looked: an exchange by its name in the config. */
  readonly source: string;
  readonly opportunities: readonly Opportunity[];
  readonly market: MarketView | null;
  readonly findings: readonly MarketFinding[];
  /** Absent where there are no rules of the user's own. */
  readonly rules?: RuleAnswers | undefined;
}

/** A scanner began to fail, or works again. */
export interface ScannerFared extends Observed {
  readonly kind: "scanner-fared";
  readonly scanner: string;
  /** Why it fails; null where it works. */
  readonly failing: string | null;
}

/** Our clock differs from an exchange's, or no longer does. Kept only where it changed something. */
export interface ExchangeClockRead extends Observed {
  readonly kind: "exchange-clock";
  /** By its name in the config. */
  readonly exchange: string;
  /** How far ours is ahead, ms; below 0 where it is behind. */
  readonly aheadMs: number;
}

/** The host and the process, measured. Kept only where it changed something. */
export interface HostMeasured extends Observed {
  readonly kind: "host-measured";
  /** By name; what cannot be known is left out. */
  readonly readings: Readonly<Partial<Record<HostReading, number>>>;
}

/** Another alerting system sent what fires and what is over. */
export interface ExternalAlertsReceived extends Observed {
  readonly kind: "external-alerts";
  /** Which system: alertmanager. */
  readonly source: string;
  /** Who sent it, by the name of the token; absent where none is needed. */
  readonly from?: string;
  readonly alerts: readonly ExternalAlert[];
}

export interface ExternalAlert {
  /** The other system's own identity of it. */
  readonly fingerprint: string;
  readonly name: string;
  readonly firing: boolean;
  readonly priority: Priority;
  readonly summary: string | null;
  /** ISO 8601, as it was sent. */
  readonly startsAt: string;
  /** When the other system itself counts it as over unless it repeats it, epoch ms; absent where it names no end. */
  readonly endsAt?: number;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * cpu, memory, disk: percent. lag: seconds. database: bytes. clock: seconds the wall clock jumped against the monotonic
 * one. clock_ahead: seconds the wall clock is ahead of the time that is confirmed. backup: seconds since the newest copy
 * of the database. slow_answers: seconds one answer in a hundred takes or more; errors, cache_misses: percent of the answers of the last
 * minute.
 */
export const hostReadings = [
  "process_cpu",
  "cpu",
  "memory",
  "disk",
  "lag",
  "database",
  "clock",
  "clock_ahead",
  "backup",
  "slow_answers",
  "errors",
  "cache_misses",
] as const;
export type HostReading = (typeof hostReadings)[number];

/** Someone did something with alerts. */
export interface ActObserved extends Observed {
  readonly kind: "act";
  readonly act: ActName;
  readonly alerts: readonly ActTarget[];
  /** Who, by the name of an account or a token. */
  readonly by: string;
  /** From where: an address, `command line`. */
  readonly from: string;
  readonly note: string | null;
  /** Of an acknowledgement: until when it holds, epoch ms; null leaves it to the usual review time. */
  readonly until: number | null;
  /** Of feedback; null of any other. */
  readonly value: FeedbackValue | null;
}

/** Someone wants to know whether a channel works: it is sent a message that is about no alert. */
interface ChannelTestAsked extends Observed {
  readonly kind: "channel-test";
  readonly channel: string;
  /** Who, by the name of an account or a token. */
  readonly by: string;
  /** From where: an address, `command line`. */
  readonly from: string;
}

/** Someone made a silence, changed one or ended one. */
export type SilenceObserved = Observed & {
  readonly kind: "silence";
  readonly by: string;
  readonly from: string;
} & (
    | ({ readonly act: "add" } & NewTerms)
    | ({ readonly act: "change"; readonly silence: number } & NewTerms)
    | { readonly act: "end"; readonly silence: number }
  );

interface NewTerms {
  readonly terms: SilenceTerms;
  /** The alert whose end ends it; null where there is none. */
  readonly untilAlert: ActTarget | null;
}

/** From here on other settings hold; they are kept beside it with their history. */
interface SettingsChanged extends Observed {
  readonly kind: "settings-changed";
}

/** What alerts may speak of, as far as the config decides. Kept only where it changed something. */
export interface Configured extends Observed {
  readonly kind: "configured";
  /** By name, each with the zone of its times. */
  readonly sources: Readonly<Record<string, string>>;
  /** Those that run. */
  readonly scanners: readonly string[];
  /** Rules of the user's own by name, each with a digest of its code. */
  readonly rules: Readonly<Record<string, string>>;
}

/** The config file was edited, and cannot be used; or it can again. */
export interface ConfigRead extends Observed {
  readonly kind: "config-read";
  /** Why it is refused, for a person; null where it holds. */
  readonly refused: string | null;
}

/** A channel takes nothing until a person has mended it; or it works again, or is no more. */
export interface ChannelFared extends Observed {
  readonly kind: "channel-fared";
  readonly channel: string;
  /** Why it takes nothing, for a person; null where it does. */
  readonly broken: string | null;
  /** What to do about it; null where nothing is to be done. */
  readonly advice: string | null;
  /** The channel is no more. */
  readonly removed?: true;
}

/** Which TLS certificate is served from now on. Kept only where it changed something. */
export interface CertificateRead extends Observed {
  readonly kind: "certificate-read";
  /** Null where none is. */
  readonly certificate: CertificateSpan | null;
}

/** Whose a certificate is, and from when to when it holds, epoch ms. */
export interface CertificateSpan {
  readonly name: string;
  readonly startsAt: number;
  readonly endsAt: number;
}

/** Time went by. Kept only where it changed something. */
export interface Tick extends Observed {
  readonly kind: "tick";
}

/** An observation that has no place in the order yet. */
export type Unsequenced<O extends Observation = Observation> = O extends Observation ? Omit<O, "seq"> : never;

/** How many seqs its items take: alerts and changes count on after them. */
export function seqsTakenBy(observation: Observation): number {
  return Math.max(1, itemsOf(observation));
}

function itemsOf(observation: Observation): number {
  if (observation.kind !== "report" && observation.kind !== "scan") return 1;
  const signals = observation.kind === "report" ? observation.signals.length : 0;
  return signals + observation.opportunities.length + (observation.market ? 1 : 0);
}
