import type { Reading, RefusalReason } from "../core/reading";

/** Refusals a file that is still being written would show. */
const unfinished: readonly RefusalReason[] = ["empty", "not-json", "not-utf8"];

const retryAfterMs = [50, 200, 1000];
const settledAfterMs = 2000;

/** A file that could not be read and may still be changing. */
interface Pending {
  readonly size: number;
  readonly modifiedAt: number;
  readonly changedAt: number;
  readonly tries: number;
}

/** Writers are not atomic: what looks broken is looked at again as long as it changes, and for two seconds after. */
export class Settling {
  readonly #pending = new Map<string, Pending>();

  /** How long to wait before this file is read once more; null where what was read is its last word. `seenNow`: it was seen changing. */
  retryAfter(
    path: string,
    file: { readonly size: number; readonly modifiedAt: number; readonly reading: Reading },
    seenNow: boolean,
    now: number,
  ): number | null {
    if (!seemsUnfinished(file.reading)) return this.#settle(path);
    const before = this.#pending.get(path);
    const changed = !before || before.size !== file.size || before.modifiedAt !== file.modifiedAt;
    // At a first sight of an old file its own time is all that says when it last changed.
    const changedAt = !changed ? before.changedAt : before || seenNow ? now : Math.min(now, file.modifiedAt);
    const remainingMs = settledAfterMs - (now - changedAt);
    if (remainingMs <= 0) return this.#settle(path);
    const tries = changed ? 0 : before.tries + 1;
    this.#pending.set(path, { size: file.size, modifiedAt: file.modifiedAt, changedAt, tries });
    return Math.min(retryAfterMs[tries] ?? settledAfterMs, remainingMs);
  }

  /** It is gone: nothing is left to wait for. */
  forget(path: string): void {
    this.#pending.delete(path);
  }

  awaits(path: string): boolean {
    return this.#pending.has(path);
  }

  /** How many files are waiting to be finished. */
  get waiting(): number {
    return this.#pending.size;
  }

  #settle(path: string): null {
    this.#pending.delete(path);
    return null;
  }
}

function seemsUnfinished({ refusals }: Reading): boolean {
  return refusals.some(({ element, reason }) => element === null && unfinished.includes(reason));
}
