import type { RuleAnswers } from "../core/decide/rules/rule-answer";
import type { Unsequenced } from "../core/observation";
import type { Settings } from "../core/settings";
import { ruleInputOf, type RuleInput } from "./rule-input";

/** What the user's rules answer to each input, in order. Never throws. */
export type RunRules = (inputs: readonly RuleInput[], settings: Settings) => readonly (RuleAnswers | undefined)[];

/** An observation that waits to be committed, and for a report the bytes of its file. */
interface Observed {
  readonly observation: Unsequenced;
  readonly file: { readonly bytes: Uint8Array } | null;
}

/** What rules answered to observations that wait to be committed: a commit that is tried again does not run them again. */
export class KeptAnswers {
  readonly #answers = new WeakMap<Observed, RuleAnswers | undefined>();

  constructor(private readonly run: RunRules | undefined) {}

  /** Runs the rules on what they have not seen yet. */
  prepare(waiting: readonly Observed[], settings: Settings): void {
    if (!this.run) return;
    const unanswered = waiting.flatMap((observed) => {
      if (this.#answers.has(observed)) return [];
      const input = ruleInputOf(observed.observation, observed.file?.bytes ?? null);
      return input ? [{ observed, input }] : [];
    });
    if (unanswered.length === 0) return;
    const answers = this.run(
      unanswered.map(({ input }) => input),
      settings,
    );
    for (const [index, { observed }] of unanswered.entries()) this.#answers.set(observed, answers[index]);
  }

  /** Undefined where no rule had anything to see in it. */
  of(observed: Observed): RuleAnswers | undefined {
    return this.#answers.get(observed);
  }
}
