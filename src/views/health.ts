import { z } from "zod";
import { isoOf } from "./shape";
import type { SourceShape } from "./sources";

export const checkStates = ["healthy", "degraded", "unhealthy", "unknown", "skipped"] as const;

export const healthShape = z
  .object({
    status: z.enum(["healthy", "degraded", "unhealthy", "starting"]),
    timestamp: z.iso.datetime(),
    active_connections: z.number().int(),
    cache_status: z.enum(["hit", "miss"]).meta({ description: "whether the last overview came from prepared bytes" }),
    last_update: z.iso.datetime().nullable().meta({ description: "the last commit" }),
    checks: z.record(
      z.string(),
      z.object({ status: z.enum(checkStates), message: z.string(), checked_at: z.iso.datetime(), duration_ms: z.number() }),
    ),
  })
  .meta({ id: "Health" });
export type HealthShape = z.infer<typeof healthShape>;

/** Whether it may be sent to, and how far each first look is. */
export const readinessShape = z
  .object({
    status: z.enum(["ready", "starting", "not-storing"]),
    code: z.string().nullable().meta({ description: "starting, or what is wrong with the database" }),
    sources: z.array(z.object({ name: z.string(), state: z.string(), read: z.number().int(), total: z.number().int(), why: z.string().nullable() })),
  })
  .meta({ id: "Readiness" });
export type ReadinessShape = z.infer<typeof readinessShape>;

interface Found {
  readonly status: (typeof checkStates)[number];
  readonly message: string;
}

/** What the health of the desk is judged by. */
export interface HealthFacts {
  readonly now: number;
  /** Monotonic, ms. */
  readonly elapsed: () => number;
  readonly starting: boolean;
  readonly fault: string | null;
  readonly tryStore: () => void;
  readonly sources: readonly SourceShape[];
  readonly loopLagSeconds: number;
  readonly connections: number;
  readonly cacheStatus: "hit" | "miss";
  readonly lastCommitAt: number | null;
}

const loopLagDegradedSeconds = 0.25;

/** Every check by itself, and one word for all: unknown is never healthy. */
export function judgeHealth(facts: HealthFacts): HealthShape {
  const checks: HealthShape["checks"] = {};
  const look = (name: string, judge: () => Found) => {
    const startedAt = facts.elapsed();
    const found = judge();
    checks[name] = { ...found, checked_at: isoOf(facts.now), duration_ms: Math.round((facts.elapsed() - startedAt) * 1000) / 1000 };
  };
  look("database", () => judgeStore(facts));
  for (const source of facts.sources) look(`source:${source.name}`, () => judgeSource(source));
  look("event_loop", () => judgeLoop(facts.loopLagSeconds));
  return {
    status: facts.starting ? "starting" : rollUp(Object.values(checks).map(({ status }) => status)),
    timestamp: isoOf(facts.now),
    active_connections: facts.connections,
    cache_status: facts.cacheStatus,
    last_update: facts.lastCommitAt === null ? null : isoOf(facts.lastCommitAt),
    checks,
  };
}

function rollUp(states: readonly Found["status"][]): HealthShape["status"] {
  if (states.includes("unhealthy")) return "unhealthy";
  return states.some((state) => state === "degraded" || state === "unknown") ? "degraded" : "healthy";
}

function judgeStore({ fault, tryStore }: HealthFacts): Found {
  if (fault !== null) return { status: "unhealthy", message: `nothing can be stored: ${fault}` };
  try {
    tryStore();
    return { status: "healthy", message: "it answers" };
  } catch (error) {
    return { status: "unhealthy", message: `it does not answer: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function judgeSource({ state, why, age_seconds: age, read, total }: SourceShape): Found {
  switch (state) {
    case "live":
      return { status: "healthy", message: `last report ${age} s ago` };
    case "silent":
      return { status: "degraded", message: `silent for ${age} s, longer than usual` };
    case "unreachable":
      return { status: "unhealthy", message: `its folder cannot be read: ${why ?? "unknown"}` };
    case "first-look":
      return { status: "unknown", message: `first look: ${read} of ${total} files read` };
    case "starting":
      return { status: "unknown", message: "not looked at yet" };
    case "no-data":
      return { status: "unknown", message: "no data: no live report yet" };
  }
}

function judgeLoop(lagSeconds: number): Found {
  const lag = `timers run ${Math.round(lagSeconds * 1000)} ms late at worst`;
  return lagSeconds > loopLagDegradedSeconds ? { status: "degraded", message: lag } : { status: "healthy", message: lag };
}
