/** What happens a thousand times a second is said once in a while, each kind by itself. */
export class LogInterval<Key> {
  readonly #lastAt = new Map<Key, number>();

  constructor(private readonly everyMs: number) {}

  /** Whether it may be said at `now`, ms of whatever clock is used throughout; what was said long ago is not remembered. */
  may(key: Key, now: number): boolean {
    const last = this.#lastAt.get(key);
    if (last !== undefined && now - last < this.everyMs) return false;
    for (const [each, at] of this.#lastAt) if (now - at >= this.everyMs) this.#lastAt.delete(each);
    this.#lastAt.set(key, now);
    return true;
  }
}
