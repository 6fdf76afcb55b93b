import type { Alert } from "../core/alert";
import type { Preview } from "../views/preview";
import { isoOf } from "../views/shape";

const namedMax = 20;

/** Alerts of one scenario that the other did not raise at the same moment. */
export class Difference {
  #count = 0;
  readonly #newest: Alert[] = [];

  note(ours: readonly Alert[], theirs: readonly Alert[]): void {
    for (const alert of ours) {
      if (theirs.some(({ fingerprint }) => fingerprint === alert.fingerprint)) continue;
      this.#count++;
      this.#newest.push(alert);
      if (this.#newest.length > namedMax) this.#newest.shift();
    }
  }

  summary(): Preview["lost"] {
    return {
      count: this.#count,
      items: this.#newest.toReversed().map(({ raisedAt, type, priority, symbol, message }) => ({
        timestamp: isoOf(raisedAt),
        type,
        priority,
        symbol,
        message,
      })),
    };
  }
}
