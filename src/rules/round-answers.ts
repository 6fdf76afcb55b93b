import type { RuleAnswer, RuleFault, RuleAnswers } from "../core/decide/rules/rule-answer";

/** What the rules said in one round, gathered by observation. */
export class RoundAnswers {
  readonly #observations: { readonly asked: Set<string>; readonly answers: RuleAnswer[] }[];
  readonly #through = new Set<string>();

  constructor(observations: number) {
    this.#observations = Array.from({ length: observations }, () => ({ asked: new Set<string>(), answers: [] }));
  }

  answer(answer: RuleAnswer, observation: number): void {
    this.#observations[observation]?.answers.push(answer);
  }

  /** It was shown so many of the observations, and is through. */
  reached(rule: string, observations: number): void {
    this.#through.add(rule);
    for (const { asked } of this.#observations.slice(0, observations)) asked.add(rule);
  }

  /** The same of every observation. */
  fault(rule: string, fault: RuleFault): void {
    this.reached(rule, this.#observations.length);
    for (const { answers } of this.#observations) answers.push({ rule, item: 0, fault });
  }

  unreached(rules: readonly string[]): string[] {
    return rules.filter((rule) => !this.#through.has(rule));
  }

  /** By observation, the rules in this order. */
  all(order: readonly string[]): RuleAnswers[] {
    return this.#observations.map(({ asked, answers }) => ({
      asked: order.filter((rule) => asked.has(rule)),
      answers,
    }));
  }
}
