/** One thing told, with its place in the order. */
export interface Event {
  readonly seq: number;
  readonly topic: string;
  readonly frame: string;
}

/** Where what was told earlier can be read again. */
export interface Archive {
  eventsAfter(seq: number, limit: number): readonly Event[];
  oldestEvent(): number | undefined;
}

const inMemory = 2000;
const replayMax = 5000;

/** What was told of late, for clients that come back. Newer ones from memory, older ones from the store. */
export class ReplayBuffer {
  #recent: Event[] = [];

  /** `seq`: the last place taken when this journal began. `isUnread`: whether an error says that the archive cannot be read. */
  constructor(
    private readonly archive: Archive,
    private seq: number,
    private readonly isUnread: (error: unknown) => boolean = () => false,
  ) {}

  get lastSeq(): number {
    return this.seq;
  }

  add(events: readonly Event[], lastSeq: number): void {
    this.#recent.push(...events);
    if (this.#recent.length > 2 * inMemory) this.#recent = this.#recent.slice(-inMemory);
    this.seq = lastSeq;
  }

  /** Everything told after `seq`; null where it is gone, cannot be read, is too much, or from a future this database never had. */
  after(seq: number): readonly Event[] | null {
    if (seq > this.seq) return null;
    if (seq === this.seq) return [];
    const first = this.#recent[0];
    if (first && seq >= first.seq - 1) return this.#recent.filter((event) => event.seq > seq);
    return this.#fromArchive(seq);
  }

  #fromArchive(seq: number): readonly Event[] | null {
    try {
      return this.#archived(seq);
    } catch (error) {
      // The client starts afresh; that the store is damaged is told by who watches its reads.
      if (!this.isUnread(error)) throw error;
      return null;
    }
  }

  #archived(seq: number): readonly Event[] | null {
    const oldest = this.archive.oldestEvent();
    // Nothing before the oldest kept one is known to be missing only where the client had seen it.
    if (oldest === undefined || seq < oldest - 1) return null;
    const events = this.archive.eventsAfter(seq, replayMax + 1);
    return events.length > replayMax ? null : events;
  }
}
