import { UserRules } from "../rules/user-rules";
import type { Writer } from "../writer";
import type { DaemonParts } from "./parts";

/** The user's own rules on their thread; how long they take is counted, and what is wrong with one is an observation. */
export function createRules(
  parts: Pick<DaemonParts, "metrics" | "log" | "now" | "elapsed">,
  writer: () => Writer,
): UserRules {
  const { metrics, log, now, elapsed } = parts;
  return new UserRules(elapsed, {
    took: (rule, seconds) => metrics.ruleSeconds.observe(seconds, { rule }),
    slow: (rule, tookMs) =>
      void writer().submit({ observation: { kind: "rule-slow", rule, tookMs, receivedAt: now() }, file: null }),
    unhandled: (rule, what) =>
      void writer().submit({ observation: { kind: "rule-unhandled", rule, what, receivedAt: now() }, file: null }),
    troubled: (why) => log.error(why),
  });
}
