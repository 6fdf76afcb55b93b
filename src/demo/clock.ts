/** The demo's own time: it stands until it is moved, and once it is let go it runs with the wall clock, perhaps faster. */
export class DemoClock {
  #at: number;
  #running: { readonly since: number; readonly elapsedAt: number; readonly speed: number } | null = null;

  constructor(
    startsAt: number,
    /** Monotonic, ms. */
    private readonly elapsed: () => number,
  ) {
    this.#at = startsAt;
  }

  /** Epoch ms. */
  readonly now = (): number => {
    if (!this.#running) return this.#at;
    const { since, elapsedAt, speed } = this.#running;
    return Math.floor(since + (this.elapsed() - elapsedAt) * speed);
  };

  moveTo(at: number): void {
    this.#at = Math.max(this.#at, at);
  }

  /** From here on it runs by itself. */
  letGo(speed: number): void {
    this.#running = { since: this.#at, elapsedAt: this.elapsed(), speed };
  }
}
