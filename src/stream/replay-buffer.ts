import { WrittenFrame } from "../views/frames";

/** An event as it was sent, with its place in the order. */
export interface SentEvent {
  readonly seq: number;
  readonly topic: string;
  readonly frame: WrittenFrame;
}

/** Where earlier events can be read again, each frame as it was written. */
export interface Archive {
  eventsAfter(seq: number, limit: number): readonly { seq: number; topic: string; frame: string }[];
  oldestEvent(): number | undefined;
}

const inMemory = 2000;
const replayMax = 5000;

/** The latest events, for clients that come back. Newer ones from memory, older ones from the store. */
export class ReplayBuffer {
  #recent: SentEvent[] = [];

  /** `seq`: the last place taken when this buffer began. `isUnread`: whether an error says that the archive cannot be read. */
  constructor(
    private readonly archive: Archive,
    private seq: number,
    private readonly isUnread: (error: unknown) => boolean = () => false,
  ) {}

  get lastSeq(): number {
    return this.seq;
  }

  add(events: readonly SentEvent[], lastSeq: number): void {
    this.#recent.push(...events);
    if (this.#recent.length > 2 * inMemory) this.#recent = this.#recent.slice(-inMemory);
    this.seq = lastSeq;
  }

  /** Every event after `seq`; null where it is gone, cannot be read, is too much, or from a future this database never had. */
  after(seq: number): readonly SentEvent[] | null {
    if (seq > this.seq) return null;
    if (seq === this.seq) return [];
    const first = this.#recent[0];
    if (first && seq >= first.seq - 1) return this.#recent.filter((event) => event.seq > seq);
    return this.#fromArchive(seq);
  }

  #fromArchive(seq: number): readonly SentEvent[] | null {
    try {
      return this.#archived(seq);
    } catch (error) {
      // The client starts afresh; who watches the store's reads reports the damage.
      if (!this.isUnread(error)) throw error;
      return null;
    }
  }

  #archived(seq: number): readonly SentEvent[] | null {
    const oldest = this.archive.oldestEvent();
    // Nothing before the oldest kept one is known to be missing only where the client had seen it.
    if (oldest === undefined || seq < oldest - 1) return null;
    const events = this.archive.eventsAfter(seq, replayMax + 1);
    if (events.length > replayMax) return null;
    return events.map(({ seq: place, topic, frame }) => ({ seq: place, topic, frame: WrittenFrame.kept(frame) }));
  }
}
