import type { Route } from "../api/route";
import type { Config } from "../config";
import type { Plan } from "../core/notify/plan";
import type { Recorded } from "../store/writer";
import type { Scanner } from "../scanners/scheduler";
import type { Groups } from "../telemetry/metrics";
import type { Freshness } from "../views/freshness";
import type { HealthCheck } from "../views/health";
import type { Committed } from "../committed";

/**
 * One capability of the daemon, with all that it adds to a running process. The daemon goes through its sections in the
 * order of `sections/index.ts`; each part but the name may be left out.
 */
export interface Section {
  readonly name: string;
  /** The names it counts and judges by under a config, of what is switched off too; its scanners where they are not named. */
  groups?(config: Config): Partial<Groups>;
  /** Its periodic readers under a config, made anew for each config; those that are switched off are left out by the daemon. */
  scanners?(config: Config): readonly Scanner[];
  /** What it answers over HTTP and the control socket; the table of permissions, the limits and the description follow from them. */
  readonly routes?: readonly Route[];
  /** Sets its gauges; called for each scrape. */
  gauges?(): void;
  /** Called after each commit, before the next: it must not wait. */
  committed?(news: Committed): void;
  /** Time went by: every second, and wherever a clock is moved by hand. */
  tick?(): void;
  /** What is owed to channels of what was just decided; written in the same commit. */
  owed?(recorded: Recorded): Plan;
  /** What is judged for the health of the whole. */
  health?(): readonly HealthCheck[];
  /** How what it expects time and again has come. */
  freshness?(): readonly Freshness[];
  /** What it does time and again from the start on. */
  readonly maintain?: readonly Upkeep[];
  /** Takes what the config names, at the start and whenever its file was edited. The start waits for it for 3 s at most. */
  follow?(config: Config): Promise<void>;
  /** Begins what goes on by itself. What it returns ends that, before the writer has committed for the last time. */
  start?(): Disposable | AsyncDisposable;
}

interface Upkeep {
  readonly everyMs: number;
  readonly run: () => void;
}

/** Every name that sections count and judge by under this config. */
export function groupsOf(sections: readonly Section[], config: Config): Groups {
  const all = sections.map((section) => {
    const named = section.groups?.(config) ?? {};
    return { ...named, scanners: named.scanners ?? section.scanners?.(config).map(({ name }) => name) ?? [] };
  });
  const of = (group: keyof Groups) => all.flatMap((groups: Partial<Groups>) => groups[group] ?? []);
  return {
    sources: of("sources"),
    scanners: of("scanners"),
    exchanges: of("exchanges"),
    rules: of("rules"),
    channels: of("channels"),
  };
}

/** What all sections answer, in their order. */
export function routesOf(sections: readonly Section[]): Route[] {
  return sections.flatMap(({ routes = [] }) => routes);
}

/** Every periodic reader that is not switched off. */
export function scannersOf(sections: readonly Section[], config: Config): Scanner[] {
  return sections
    .flatMap((section) => section.scanners?.(config) ?? [])
    .filter(({ name }) => config.file.scanners?.[name]?.enabled !== false);
}

/** Begins what a section does time and again; disposing ends it. */
export function maintain({ maintain: upkeep = [] }: Section): Disposable {
  const timers = upkeep.map(({ everyMs, run }) => setInterval(run, everyMs));
  return {
    [Symbol.dispose]() {
      for (const timer of timers) clearInterval(timer);
    },
  };
}
