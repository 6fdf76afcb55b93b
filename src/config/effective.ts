import { minuteMs } from "../core/duration";
import { defaultInhibitions } from "../core/inhibition";
import { currentEdition, type Settings, type SourceSettings } from "../core/settings";
import { applyPatch, defaultTunables, type Tunables, type TunablesPatch } from "../core/tunables";
import type { ParseOptions } from "../core/reading";
import type { ReadConfig, ReadSource } from "./schema";

/** A process at one core for minutes, a host nearly full: worth a look. A database's size is for its owner to limit. */
const hostLimits: Settings["host"] = {
  process_cpu: { above: 90, forMs: 5 * minuteMs },
  cpu: { above: 95, forMs: 10 * minuteMs },
  memory: { above: 95, forMs: 5 * minuteMs },
  disk: { above: 90, forMs: minuteMs },
  lag: { above: 1, forMs: 30_000 },
  clock_ahead: { above: 86_400, forMs: 0 },
  clock: { above: 60, forMs: 0 },
  slow_answers: { above: 2, forMs: 2 * minuteMs },
  errors: { above: 1, forMs: 2 * minuteMs },
  cache_misses: { above: 20, forMs: 5 * minuteMs },
};

const freshForMs = 15 * minuteMs;

/** One folder of reports, with everything its settings leave open filled from the defaults. */
export interface Source {
  readonly name: string;
  readonly dir: string;
  /** Only the default folder is made where it is missing; one that was named is waited for. */
  readonly create: boolean;
  /** poll: its files are looked at once a second, for file systems that report no changes. */
  readonly watch: "auto" | "poll";
  readonly parseOptions: ParseOptions;
}

export function tunablesOf(config: ReadConfig, runtime: TunablesPatch): Tunables {
  const { monitoring, signals, alpha } = config;
  return applyPatch(applyPatch(defaultTunables, { monitoring, signals, alpha }), runtime);
}

/** Everything decide may be tuned by: the file's word and above it what was set at run time. */
export function settingsOf(config: ReadConfig, runtime: TunablesPatch, sources: readonly ReadSource[]): Settings {
  const tunables = tunablesOf(config, runtime);
  const defaults: SourceSettings = {
    minScore: tunables.signals.min_score,
    minReliability: tunables.signals.min_reliability / 100,
    maxAlerts: tunables.monitoring.max_alerts,
    cooldownMs: tunables.monitoring.alert_cooldown * minuteMs,
    freshForMs,
    zone: "UTC",
    expectEveryMs: null,
  };
  return {
    edition: currentEdition,
    scanIntervalMs: tunables.monitoring.scan_interval * minuteMs,
    priorities: config.priorities ?? { medium: 75, high: 85 },
    confidenceThreshold: tunables.alpha.confidence_threshold / 100,
    riskLevel: tunables.alpha.risk_level,
    defaults,
    sources: Object.fromEntries(sources.map((source) => [source.name, settingsOfSource(source, defaults)])),
    host: {
      ...hostLimits,
      ...(config.backup?.every !== undefined && { backup: { above: (2 * config.backup.every) / 1000, forMs: 0 } }),
      ...(config.host && withoutUndefined(config.host)),
    },
    silences: (config.silences ?? []).map(({ match, until, why, includeHigh }) => ({
      match: "length" in match ? match : withoutUndefined(match),
      until: Date.parse(until),
      why,
      ...(includeHigh !== undefined && { includeHigh }),
    })),
    inhibit: config.inhibit ?? defaultInhibitions,
    rules: (config.rules ?? []).map(({ name }) => name),
    calendars: config.calendars ?? {},
  };
}

function settingsOfSource(source: ReadSource, defaults: SourceSettings): SourceSettings {
  return {
    minScore: source.minScore ?? defaults.minScore,
    minReliability: source.minReliability === undefined ? defaults.minReliability : source.minReliability / 100,
    maxAlerts: source.maxAlerts ?? defaults.maxAlerts,
    cooldownMs: source.cooldown ?? defaults.cooldownMs,
    freshForMs: source.freshFor ?? defaults.freshForMs,
    zone: source.zone ?? defaults.zone,
    expectEveryMs: source.expectEvery ?? null,
    ...(source.calendar !== undefined && { calendar: source.calendar }),
  };
}

const defaultDir = "reports/json";

export function sourceOf(source: ReadSource): Source {
  return {
    name: source.name,
    dir: source.dir ?? defaultDir,
    create: source.dir === undefined,
    watch: source.watch ?? "auto",
    parseOptions: {
      zone: source.zone ?? "UTC",
      score: source.score ?? "auto",
      reliability: source.reliability ?? "auto",
      strategy: source.strategy ?? null,
      map: source.map ?? {},
    },
  };
}

export function withoutUndefined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
