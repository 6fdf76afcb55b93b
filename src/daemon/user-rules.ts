import { UserRules } from "../rules/user-rules";
import type { Log } from "../telemetry/log";
import type { Metrics } from "../telemetry/metrics";
import type { Writer } from "../writer";

/** The user's own rules on their thread; how long they take is counted, and what is wrong with one is an observation. */
export function createRules(deps: {
  readonly writer: () => Writer;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => number;
  readonly elapsed: () => number;
}): UserRules {
  const { writer, metrics, log, now, elapsed } = deps;
  return new UserRules(elapsed, {
    took: (rule, seconds) => metrics.ruleSeconds.observe(seconds, { rule }),
    slow: (rule, tookMs) =>
      void writer().submit({ observation: { kind: "rule-slow", rule, tookMs, receivedAt: now() }, file: null }),
    unhandled: (rule, what) =>
      void writer().submit({ observation: { kind: "rule-unhandled", rule, what, receivedAt: now() }, file: null }),
    troubled: (why) => log.error(why),
  });
}
