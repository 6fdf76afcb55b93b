import type { Alert } from "../core/alert";
import { isGate, type Decided } from "../core/decide/decision";
import type { Observation } from "../core/observation";
import type { Settings } from "../core/settings";
import { Replay } from "../replay";
import type { WouldHave } from "../views/preview";

/** One set of settings, and what becomes of everything under it. */
export class Scenario {
  readonly #replay: Replay;
  readonly #words: Record<string, number> = {};
  readonly #priorities: Record<string, number> = { high: 0, medium: 0, low: 0 };
  #alerts = 0;
  #heldBack = 0;

  constructor(readonly settings: Settings) {
    this.#replay = new Replay(() => settings);
  }

  get would(): WouldHave {
    return {
      alerts: this.#alerts,
      held_back: this.#heldBack,
      by_priority: this.#priorities,
      by_word: this.#words,
    };
  }

  /** Answers what was raised. `counts`: false where it only brings the state to where the counting begins. */
  show(observation: Observation, counts: boolean): readonly Alert[] {
    return this.#replay.showUnderOtherSettings(observation).flatMap((decided) => {
      if (counts) this.#count(decided);
      return decided.raised;
    });
  }

  #count({ raised, decisions }: Decided): void {
    this.#alerts += raised.length;
    for (const { priority } of raised) this.#priorities[priority] = (this.#priorities[priority] ?? 0) + 1;
    for (const { word } of decisions) {
      this.#words[word] = (this.#words[word] ?? 0) + 1;
      if (isGate(word)) this.#heldBack++;
    }
  }
}
