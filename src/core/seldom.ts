const sayAgainAfterMs = 60_000;

/** A timer that throws a thousand times a second is said once a minute, and each rule's by itself. `elapsed` is monotonic, ms. */
export class Seldom {
  readonly #saidAt = new Map<string | null, number>();

  constructor(private readonly elapsed: () => number) {}

  /** Whether something of this rule may be said now; null where it is not known whose it is. */
  may(rule: string | null): boolean {
    const now = this.elapsed();
    if (now - (this.#saidAt.get(rule) ?? Number.NEGATIVE_INFINITY) < sayAgainAfterMs) return false;
    this.#saidAt.set(rule, now);
    return true;
  }
}
