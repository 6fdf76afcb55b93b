import type { Socket } from "./socket";

/** One set of topics that some live sockets subscribed to. */
export interface TopicSet {
  readonly topics: ReadonlySet<string>;
  /** The name its messages are published under. */
  readonly key: string;
}

/** Live sockets by what they subscribed to: one message is made and published per set. */
export class TopicSets {
  readonly #sets = new Map<string, TopicSet & { count: number }>();

  [Symbol.iterator](): Iterator<TopicSet> {
    return this.#sets.values();
  }

  get isEmpty(): boolean {
    return this.#sets.size === 0;
  }

  join(socket: Socket): void {
    const { topics } = socket.data;
    const key = keyOf(topics);
    const set = this.#sets.get(key);
    if (set) set.count++;
    else this.#sets.set(key, { topics, key, count: 1 });
    socket.subscribe(key);
  }

  leave(socket: Socket): void {
    const key = this.forget(socket);
    socket.unsubscribe(key);
  }

  /** A closed socket has left by itself. */
  forget({ data }: Socket): string {
    const key = keyOf(data.topics);
    const set = this.#sets.get(key);
    if (set && --set.count === 0) this.#sets.delete(key);
    return key;
  }
}

/** Never empty, not even of no topics: Bun takes no empty name. */
function keyOf(topics: ReadonlySet<string>): string {
  return `of ${[...topics].toSorted().join(",")}`;
}
