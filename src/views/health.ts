import { z } from "zod";
import { isoOf } from "./shape";

const checkStates = ["healthy", "degraded", "unhealthy", "unknown", "skipped"] as const;

export const healthShape = z
  .object({
    status: z.enum(["healthy", "degraded", "unhealthy", "starting"]),
    timestamp: z.iso.datetime(),
    demo: z.boolean(),
    active_connections: z.number().int(),
    cache_status: z.enum(["hit", "miss"]).meta({ description: "whether the last overview came from prepared bytes" }),
    last_update: z.iso.datetime().nullable().meta({ description: "the last commit" }),
    checks: z.record(
      z.string(),
      z.object({
        status: z.enum(checkStates),
        message: z.string(),
        checked_at: z.iso.datetime(),
        duration_ms: z.number(),
      }),
    ),
  })
  .meta({ id: "Health" });
export type HealthShape = z.infer<typeof healthShape>;

/** Whether it may be sent to, and how far each first look is. */
export const readinessShape = z
  .object({
    status: z.enum(["ready", "starting", "not-storing"]),
    code: z.string().nullable().meta({ description: "starting, or what is wrong with the database" }),
    sources: z.array(
      z.object({
        name: z.string(),
        state: z.string(),
        read: z.number().int(),
        total: z.number().int(),
        why: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "Readiness" });
export type ReadinessShape = z.infer<typeof readinessShape>;

/** `fault`: why nothing can be stored; null where it can. */
export function judgeReadiness(fault: string | null, sources: ReadinessShape["sources"]): ReadinessShape {
  if (fault !== null) return { status: "not-storing", code: fault, sources };
  const starting = sources.some(({ state }) => state === "starting" || state === "first-look");
  return { status: starting ? "starting" : "ready", code: starting ? "starting" : null, sources };
}

/** What a check found, and for a person by what. */
export interface Found {
  readonly status: (typeof checkStates)[number];
  readonly message: string;
}

/** One thing whose health is judged whenever somebody asks. */
export interface HealthCheck {
  readonly name: string;
  readonly judge: () => Found;
}

/** What is said of the whole, beside its checks. */
export interface HealthFacts {
  readonly demo: boolean;
  /** Epoch ms. */
  readonly now: number;
  /** Monotonic, ms. */
  readonly elapsed: () => number;
  readonly starting: boolean;
  readonly connections: number;
  readonly cacheStatus: "hit" | "miss";
  /** Epoch ms. */
  readonly lastCommitAt: number | null;
}

/** Every check by itself, and one word for all: unknown is never healthy. */
export function judgeHealth(facts: HealthFacts, checks: readonly HealthCheck[]): HealthShape {
  const { now, elapsed, lastCommitAt } = facts;
  const judged = checks.map(({ name, judge }) => {
    const startedAt = elapsed();
    const found = judge();
    const durationMs = Math.round((elapsed() - startedAt) * 1000) / 1000;
    return [name, { ...found, checked_at: isoOf(now), duration_ms: durationMs }] as const;
  });
  return {
    status: facts.starting ? "starting" : rollUp(judged.map(([, { status }]) => status)),
    timestamp: isoOf(now),
    demo: facts.demo,
    active_connections: facts.connections,
    cache_status: facts.cacheStatus,
    last_update: lastCommitAt === null ? null : isoOf(lastCommitAt),
    checks: Object.fromEntries(judged),
  };
}

function rollUp(states: readonly Found["status"][]): HealthShape["status"] {
  if (states.includes("unhealthy")) return "unhealthy";
  return states.some((state) => state === "degraded" || state === "unknown") ? "degraded" : "healthy";
}
