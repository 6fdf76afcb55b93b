const noticedFromMs = 10_000;

/**
 * Notices that the process did not run for a while: a closed lid, a paused machine, SIGSTOP. The wall clock leaps then
 * between two looks at it that are never further apart than a second. A clock that is set ahead looks the same, and may.
 */
export class Suspension {
  #lookedAt: number;

  /** `now`: the machine's wall clock, epoch ms. `woke` is called with how long it was, ms. */
  constructor(
    private readonly now: () => number,
    private readonly woke: (forMs: number) => void,
  ) {
    this.#lookedAt = now();
  }

  /** To be called every second, and before anything that came in is believed. */
  check(): void {
    const lookedAt = this.#lookedAt;
    this.#lookedAt = this.now();
    const forMs = this.#lookedAt - lookedAt;
    if (forMs >= noticedFromMs) this.woke(forMs);
  }
}
