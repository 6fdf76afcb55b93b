import { ruleMayTakeMs } from "../core/rules/user-rule";
import type { UserRule } from "../core/settings";

/** What becomes of the time a rule took. */
export interface RuleTimes {
  /** Monotonic, ms. */
  readonly elapsed: () => number;
  readonly took: (rule: string, seconds: number) => void;
  readonly slow: (rule: string, tookMs: number) => void;
}

/** A rule of the user's own with its time taken, for the pure core has no clock. Slow is said again only when it gets twice as slow. */
export function timedRule(rule: UserRule, { elapsed, took, slow }: RuleTimes): UserRule {
  let slowestSaid = 0;
  return {
    name: rule.name,
    judge: (observation, context) => {
      const startedAt = elapsed();
      try {
        return rule.judge(observation, context);
      } finally {
        const tookMs = elapsed() - startedAt;
        took(rule.name, tookMs / 1000);
        if (tookMs > ruleMayTakeMs && tookMs > 2 * slowestSaid) {
          slowestSaid = tookMs;
          slow(rule.name, Math.round(tookMs));
        }
      }
    },
  };
}
