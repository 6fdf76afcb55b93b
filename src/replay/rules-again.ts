import { ConfigError, type Config } from "../config";
import type { Observation } from "../core/observation";
import type { Settings } from "../core/settings";
import { ruleInputOf } from "../rules/rule-input";
import { answerWithinMs, UserRules } from "../rules/user-rules";
import type { Preview } from "../views/preview";

/** The user's rules run once more: under other settings they may answer otherwise. Where they cannot run, their answers of then hold. */
export class RulesAgain implements Disposable {
  readonly #answered = new Set<string>();
  #faults = 0;

  private constructor(
    /** The reason where they cannot run. */
    private readonly rules: UserRules | string,
    /** The bytes of an observation's report, null where they are no longer kept. */
    private readonly originalOf: (seq: number) => Uint8Array | null,
  ) {}

  /** The rules of the config, on a worker of their own. */
  static async start(config: Config, originalOf: (seq: number) => Uint8Array | null): Promise<RulesAgain> {
    // How long they take here, and what they leave behind, is reported nowhere.
    const rules = new UserRules(() => performance.now());
    try {
      (await rules.prepare(config)).take();
      return new RulesAgain(rules, originalOf);
    } catch (error) {
      rules[Symbol.dispose]();
      if (error instanceof ConfigError) return new RulesAgain(error.message, originalOf);
      throw error;
    }
  }

  get summary(): Preview["rules"] {
    const { rules } = this;
    const within_seconds = answerWithinMs / 1000;
    if (typeof rules === "string") return { asked: [], within_seconds, faults: 0, trouble: rules };
    if (rules.names.length === 0) return null;
    return { asked: [...this.#answered], within_seconds, faults: this.#faults, trouble: rules.status.trouble };
  }

  /** The observations with the answers the rules give under these settings. */
  answer(part: readonly Observation[], settings: Settings): readonly Observation[] {
    const { rules } = this;
    if (typeof rules === "string") return part;
    const inputs = part.map((observation) =>
      rules.names.length === 0 ? null : ruleInputOf(observation, this.originalOf(observation.seq)),
    );
    const given = inputs.filter((input) => input !== null);
    const answers = rules.run(given, settings).values();
    return part.map((observation, index) => {
      if (observation.kind !== "report" && observation.kind !== "scan") return observation;
      const answered = inputs[index] ? answers.next().value : undefined;
      for (const name of answered?.asked ?? []) this.#answered.add(name);
      this.#faults += answered?.answers.filter(({ fault }) => fault).length ?? 0;
      return { ...observation, rules: answered };
    });
  }

  [Symbol.dispose](): void {
    if (typeof this.rules !== "string") this.rules[Symbol.dispose]();
  }
}
