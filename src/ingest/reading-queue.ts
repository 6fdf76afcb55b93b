/** Names something happened to, read as many at once as there is room for; one file never twice at a time. */
export class ReadingQueue {
  /** Since when each waits, monotonic ms. */
  readonly #waiting = new Map<string, number>();
  #turn: Iterator<readonly [string, number]> | null = null;
  readonly #reading = new Set<string>();
  readonly #underWay = new Set<Promise<void>>();
  #isClosed = false;

  /** `read` never rejects. */
  constructor(
    private readonly atOnceMax: number,
    private readonly read: (path: string, since: number) => Promise<void>,
  ) {}

  get isEmpty(): boolean {
    return this.#reading.size === 0 && this.#waiting.size === 0;
  }

  /** Whether it waits or is being read. */
  has(path: string): boolean {
    return this.#reading.has(path) || this.#waiting.has(path);
  }

  add(path: string, since: number): void {
    if (!this.#waiting.has(path)) this.#waiting.set(path, since);
    this.#drain();
  }

  /** Keeps these files from the queue while the caller reads them; those it reads already are left to it. */
  async readApart(paths: readonly string[], read: (free: readonly string[]) => Promise<void>): Promise<void> {
    const free = paths.filter((path) => !this.#reading.has(path));
    for (const path of free) this.#reading.add(path);
    try {
      await read(free);
    } finally {
      for (const path of free) this.#reading.delete(path);
    }
    this.#drain();
  }

  /** Forgets what waits; what is being read is read to its end. */
  clear(): void {
    this.#waiting.clear();
    this.#turn = null;
  }

  /** Resolves when what is being read by now is read. */
  async finished(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  /** Begins nothing more. */
  close(): void {
    this.#isClosed = true;
  }

  #drain(): void {
    while (this.#reading.size < this.atOnceMax && !this.#isClosed) {
      const next = this.#next();
      if (next === null) return;
      const [path, since] = next;
      this.#waiting.delete(path);
      this.#reading.add(path);
      const reading = this.read(path, since).finally(() => {
        this.#reading.delete(path);
        this.#underWay.delete(reading);
        this.#drain();
      });
      this.#underWay.add(reading);
    }
  }

  /**
   * The one that waits longest and is not being read. One iterator goes on over all of them: a fresh one would step over
   * every name taken out before, which among 10,000 costs more than reading the file.
   */
  #next(): readonly [string, number] | null {
    // A name passed over because it was being read is met again in the turn after.
    for (let turns = 0; turns < 2 && this.#waiting.size > 0; turns++) {
      this.#turn ??= this.#waiting.entries();
      for (let next = this.#turn.next(); next.done !== true; next = this.#turn.next()) {
        if (!this.#reading.has(next.value[0])) return next.value;
      }
      this.#turn = null;
    }
    return null;
  }
}
