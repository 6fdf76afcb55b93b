import { z } from "zod";
import { alertTypes, priorities } from "../../alert";

/** What a user's rule may answer; everything but the message has a meaning where it is left out. */
export const userAlertSchema = z.strictObject({
  message: z.string().min(1).max(500),
  priority: z.enum(priorities).optional(),
  type: z.enum(alertTypes).optional(),
  symbol: z.string().max(40).optional(),
  details: z.record(z.string().max(60), z.union([z.string().max(500), z.number(), z.boolean(), z.null()])).optional(),
});
export type UserAlert = z.infer<typeof userAlertSchema>;

/** threw, promise, not-an-alert: its answer. no-answer, too-slow: its time. not-asked: it could not be run. */
const ruleFaultKinds = ["threw", "promise", "not-an-alert", "no-answer", "too-slow", "not-asked"] as const;

const ruleFaultSchema = z.object({
  kind: z.enum(ruleFaultKinds),
  /** For a person, going on after the name of the rule. */
  message: z.string().max(500),
});
export type RuleFault = z.infer<typeof ruleFaultSchema>;

/** After such a fault the rule was run on no further item of the observation. */
export function endsRule({ kind }: RuleFault): boolean {
  return kind === "no-answer" || kind === "too-slow" || kind === "not-asked";
}

/** What one rule said of one item, counted over signals, opportunities and the market of the observation. */
export const ruleAnswerSchema = z.object({
  rule: z.string(),
  item: z.number().int().min(0),
  alert: userAlertSchema.optional(),
  fault: ruleFaultSchema.optional(),
});
export type RuleAnswer = z.infer<typeof ruleAnswerSchema>;

/** What the user's rules said of an observation before it was decided; kept with it, so that deciding again needs no rule. */
export interface RuleAnswers {
  /** By name, in the order of the config. */
  readonly asked: readonly string[];
  /** A rule that was run and has no answer here found nothing worth an alert. */
  readonly answers: readonly RuleAnswer[];
}
