/** What happens a thousand times a second is said once in a while, each kind by itself. */
export class Seldom<Key> {
  readonly #saidAt = new Map<Key, number>();

  constructor(private readonly everyMs: number) {}

  /** Whether it may be said at `now`, ms of whatever clock is used throughout; what was said long ago is not remembered. */
  may(key: Key, now: number): boolean {
    const said = this.#saidAt.get(key);
    if (said !== undefined && now - said < this.everyMs) return false;
    for (const [each, at] of this.#saidAt) if (now - at >= this.everyMs) this.#saidAt.delete(each);
    this.#saidAt.set(key, now);
    return true;
  }
}
