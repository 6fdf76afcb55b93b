import { configRefusedFingerprint } from "../core/decide/rules/config-refused";
import type { State } from "../core/decide/state";

/** Why the config file as it now is cannot be used. Recorded when that changes: an alert is open for as long. */
export class ConfigRefusal {
  #why: string | null = null;

  constructor(private readonly record: (why: string | null) => void) {}

  /** Null where the file holds. */
  get why(): string | null {
    return this.#why;
  }

  /** No start goes by a config that is refused: one that was is mended. */
  started(state: State): void {
    if (state.get("condition", configRefusedFingerprint)) this.record(null);
  }

  note(why: string | null): void {
    if (why === this.#why) return;
    this.#why = why;
    this.record(why);
  }
}
