import { minuteMs } from "../core/duration";
import type { Word } from "../core/decide/decision";

const keptMinutes = 7 * 24 * 60;

/** How many were held back by each gate, minute by minute over a week. */
export class HeldCounts {
  readonly #minutes = new Map<number, Map<Word, number>>();

  add(at: number, word: Word, count = 1): void {
    const minute = Math.floor(at / minuteMs);
    let counts = this.#minutes.get(minute);
    if (!counts) {
      this.#minutes.set(minute, (counts = new Map()));
      this.#forget(minute - keptMinutes);
    }
    counts.set(word, (counts.get(word) ?? 0) + count);
  }

  since(time: number): Record<string, number> {
    const first = Math.floor(time / minuteMs);
    const sums: Record<string, number> = {};
    for (const [minute, counts] of this.#minutes) {
      if (minute < first) continue;
      for (const [word, count] of counts) sums[word] = (sums[word] ?? 0) + count;
    }
    return sums;
  }

  #forget(before: number): void {
    for (const minute of this.#minutes.keys()) {
      if (minute >= before) break;
      this.#minutes.delete(minute);
    }
  }
}
