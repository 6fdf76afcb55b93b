import type { AlertType, Priority } from "./alert";
import type { Calendar } from "./calendar/calendar";
import type { Inhibition } from "./inhibition";
import type { Matcher } from "./matcher";
import type { MarketView } from "./market";
import type { HostReading } from "./observation";
import type { Opportunity, RiskLevel } from "./opportunity";
import type { Signal } from "./signal";

/**
 * The edition of decide that holds now. It grows by one with every change that would decide stored observations differently;
 * 0: before there were editions. 1: only what was raised ends an opposite alert, and state alerts end when what they speak of is gone.
 * 2: alerts about signals keep their strategy, those about scanners which part of which exchange they read.
 */
export const currentEdition = 2;

/** Everything a decision may be tuned by. Times in ms, ratios 0 to 1, scores 0 to 100. */
export interface Settings {
  /** Which edition of decide held: what an earlier one decided is replayed by it. */
  readonly edition: number;
  readonly scanIntervalMs: number;
  readonly priorities: { readonly medium: number; readonly high: number };
  /** 0 to 1. */
  readonly confidenceThreshold: number;
  /** The riskiest opportunity that still raises an alert. */
  readonly riskLevel: RiskLevel;
  readonly sources: Readonly<Record<string, SourceSettings>>;
  /** For observations of no configured source. */
  readonly defaults: SourceSettings;
  readonly silences: readonly ConfiguredSilence[];
  readonly inhibit: readonly Inhibition[];
  readonly host: Readonly<Partial<Record<HostReading, HostLimit>>>;
  /** The user's own, by name: what they say comes with each observation. */
  readonly rules: readonly string[];
  /** Sessions, quiet hours, maintenance, by name. */
  readonly calendars: Readonly<Record<string, Calendar>>;
}

/** What may differ from source to source. */
export interface SourceSettings {
  readonly minScore: number;
  readonly minReliability: number;
  readonly maxAlerts: number;
  readonly cooldownMs: number;
  readonly freshForMs: number;
  /** The zone applied to its times without one; named in advice only. */
  readonly zone: string;
  /** Null: the cadence is learned. */
  readonly expectEveryMs: number | null;
  /** The calendar outside of whose sessions it is not expected to speak; absent, it is at any time. */
  readonly calendar?: string;
}

/** How much of the host is too much, and for how long before it is said. */
export interface HostLimit {
  readonly above: number;
  readonly forMs: number;
}

/** A person muted what matches, for a time, in the config. */
export interface ConfiguredSilence {
  readonly match:
    | readonly Matcher[]
    | {
        readonly type?: AlertType;
        readonly source?: string;
        readonly symbol?: string;
        readonly rule?: string;
      };
  readonly until: number;
  readonly why: string;
  /** Of one by matchers: absent, what is of high priority goes out all the same. */
  readonly includeHigh?: boolean;
}

/** A rule of the user's own: a plain function that may answer with an alert. */
export interface UserRule {
  readonly name: string;
  readonly judge: (observation: RuleObservation, context: RuleContext) => unknown;
}

/** What a user's rule is shown: one signal, one opportunity or one view of the market. */
export type RuleObservation = RuleSubject & {
  readonly source: string;
  readonly receivedAt: number;
  /**
   * The JSON it was read from, as it came; of a list, its element. Null where there is none: a scanner's finding, a
   * report no longer kept.
   */
  readonly report: unknown;
};

export type RuleSubject =
  | { readonly kind: "signal"; readonly signal: Signal }
  | { readonly kind: "opportunity"; readonly opportunity: Opportunity }
  | { readonly kind: "market"; readonly market: MarketView };

export interface RuleContext {
  /** The desk's clock, epoch ms; a rule has no other. */
  readonly now: number;
  readonly settings: SourceSettings;
  readonly priorityOf: (strength: number | null) => Priority;
}

export function settingsFor(settings: Pick<Settings, "sources" | "defaults">, source: string | null): SourceSettings {
  const own = source !== null && Object.hasOwn(settings.sources, source) ? settings.sources[source] : undefined;
  return own ?? settings.defaults;
}
