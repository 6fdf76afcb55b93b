import type { ServerWebSocket } from "bun";

/** Whose socket it is. */
export interface SocketOwner {
  /** Whose share of the connections it counts in: an address, or the network it belongs to. */
  readonly address: string;
  /** False once its session, token or role has ended. */
  readonly mayStay: () => boolean;
  /** The topics it may subscribe to. */
  readonly topicsAllowed: ReadonlySet<string>;
}

/** Why a request does not become a socket. */
export type UpgradeRefusal = "no-socket-asked" | "connections-taken" | "share-taken";

/** Why a socket ends. `cutOff` is no code that is sent: what Bun reports of a socket without a close frame. */
export const closeCodes = {
  goingAway: 1001,
  cutOff: 1006,
  policyViolation: 1008,
  messageTooBig: 1009,
  tryAgainLater: 1013,
} as const;

/** What the hub keeps of one socket. */
export interface SocketData extends SocketOwner {
  topics: ReadonlySet<string>;
  /** Where its live frames begin: later events are sent as soon as it is live. */
  startSeq: number;
  /** Of each topic it subscribed to, everything after this seq was sent or will be. */
  eventsAfter: ReadonlyMap<string, number>;
  live: boolean;
  closed: boolean;
  badFrames: number;
  /** It does not drain: if it is cut now, that is why. */
  behind: boolean;
  grace: ReturnType<typeof setTimeout> | null;
}

export type Socket = ServerWebSocket<SocketData>;

export function newSocketData(owner: SocketOwner, defaultTopics: readonly string[]): SocketData {
  const topics = new Set(defaultTopics.filter((topic) => owner.topicsAllowed.has(topic)));
  const begun = {
    startSeq: 0,
    eventsAfter: new Map(),
    live: false,
    closed: false,
    badFrames: 0,
    behind: false,
    grace: null,
  };
  return { ...owner, topics, ...begun };
}

/** From here on every event of its topics is owed to it. */
export function beginAt(data: SocketData, seq: number): void {
  data.startSeq = seq;
  data.eventsAfter = new Map([...data.topics].map((topic) => [topic, seq]));
}
