import type { Server, ServerWebSocket, WebSocketHandler } from "bun";
import { batchFrames } from "./batch";
import { clientFrameSchema } from "./client-frames";
import type { ReplayBuffer, Event } from "./replay-buffer";

/** Whose socket it is. */
export interface SocketOwner {
  /** Whose share of the connections it is: an address, or the network it is of. */
  readonly address: string;
  /** False once its session, token or role has ended. */
  readonly mayStay: () => boolean;
  /** The topics it may subscribe to. */
  readonly topicsAllowed: ReadonlySet<string>;
}

/** Why a request does not become a socket. */
export type UpgradeRefusal = "no-socket-asked" | "connections-taken" | "share-taken";

/** What the hub keeps of one socket. */
export interface SocketData extends SocketOwner {
  topics: ReadonlySet<string>;
  /** Where its live frames begin: what comes after it is told as soon as it is live. */
  startSeq: number;
  /** Of each topic it listens to, everything after this seq was told or will be. */
  eventsAfter: ReadonlyMap<string, number>;
  live: boolean;
  badFrames: number;
  /** It does not drain: if it is cut now, that is why. */
  behind: boolean;
  grace: ReturnType<typeof setTimeout> | null;
}

export interface HubDeps {
  readonly epoch: string;
  /** Of the program, for pages that an older one served. */
  readonly version: string;
  /** The settings that hold, as `settings_changed` tells them. */
  readonly config: () => object;
  readonly replayBuffer: ReplayBuffer;
  readonly topics: readonly string[];
  readonly defaultTopics: readonly string[];
  readonly heartbeatMs: number;
  readonly limits: { readonly connections: number; readonly perAddress: number };
  /** The overview as of now, JSON. */
  readonly snapshot: () => string;
  readonly isoNow: () => string;
  readonly sent: (type: string) => void;
  /** A client came back: what it missed was told, or a snapshot had to do. */
  readonly resumed?: (outcome: "told" | "resync") => void;
  readonly dropped: (reason: "slow" | "limit" | "idle" | "bad-frames" | "too-large" | "access") => void;
}

type Socket = ServerWebSocket<SocketData>;

/** A client that resumes says so with its first frame; until then, or this long, live frames wait for it. */
const graceMs = 50;
const badFramesMax = 20;
const frameBytesMax = 64 * 1024;
/** Bun cuts a socket that says more at once, without a word to anybody: what we refuse ourselves is well below. */
const receiveBytesMax = 1024 * 1024;
const behindBytesMax = 2 * 1024 * 1024;
/** Told so much, every socket is looked at: none falls behind to its end without having been seen on the way. */
const checkAfterBytes = behindBytesMax / 4;
/** A client that missed more is better off with a snapshot: all of it at once would put it behind again. */
const replayBytesMax = behindBytesMax / 2;
const ownProtocol = "virtuoso";
const goingAway = 1001;
const policyViolation = 1008;
const messageTooBig = 1009;
const cutOff = 1006;
const tryAgainLater = 1013;

/** Tells every socket what happened, in order, once. A socket that does not drain is cut and comes back with `resume`. */
export class Hub implements Disposable {
  readonly #sockets = new Set<Socket>();
  readonly #byAddress = new Map<string, number>();
  /** Sockets by what they subscribed to: one message is made and published per set. */
  readonly #sets = new Map<string, { readonly topics: ReadonlySet<string>; count: number }>();
  readonly #clientFrame;
  #heartbeat: ReturnType<typeof setInterval> | null = null;
  #server: Server<SocketData> | null = null;
  #sentBytes = 0;

  constructor(private readonly deps: HubDeps) {
    this.#clientFrame = clientFrameSchema(deps.topics);
  }

  get connections(): number {
    return this.#sockets.size;
  }

  /** From now on its sockets are told, every heartbeat at least. */
  attach(server: Server<SocketData>): void {
    this.#server = server;
    this.#heartbeat ??= setInterval(() => this.broadcastSnapshot(), this.deps.heartbeatMs);
  }

  /** Takes the request over as a socket, or answers why not: all are taken, or this address has its share. */
  upgrade(request: Request, server: Server<SocketData>, owner: SocketOwner): UpgradeRefusal | null {
    const { connections, perAddress } = this.deps.limits;
    const refusal =
      this.#sockets.size >= connections
        ? "connections-taken"
        : (this.#byAddress.get(owner.address) ?? 0) >= perAddress
          ? "share-taken"
          : null;
    if (refusal !== null) {
      this.deps.dropped("limit");
      return refusal;
    }
    const topics = new Set(this.deps.defaultTopics.filter((topic) => owner.topicsAllowed.has(topic)));
    const data: SocketData = {
      ...owner,
      topics,
      startSeq: 0,
      eventsAfter: new Map(),
      live: false,
      badFrames: 0,
      behind: false,
      grace: null,
    };
    // Of the protocols offered only our own is ever said back: the other one is a secret.
    const ours =
      request.headers
        .get("sec-websocket-protocol")
        ?.split(",")
        .some((name) => name.trim() === ownProtocol) === true;
    return server.upgrade(request, ours ? { data, headers: { "sec-websocket-protocol": ownProtocol } } : { data })
      ? null
      : "no-socket-asked";
  }

  /** Tells what was just committed; `lastSeq` is the last place it took in the order. */
  publish(events: readonly Event[], lastSeq: number): void {
    this.deps.replayBuffer.add(events, lastSeq);
    if (events.length === 0) return;
    for (const [key, { topics }] of this.#sets)
      this.#publish(
        key,
        events.filter(({ topic }) => topics.has(topic)),
      );
  }

  /** A frame outside the order: counts and states that the next one replaces. */
  announce(topic: string, type: string, frame: string): void {
    for (const [key, { topics }] of this.#sets) {
      if (!topics.has(topic)) continue;
      this.#broadcast(key, frame);
      this.deps.sent(type);
    }
  }

  /** The overview to everybody, as every heartbeat does. */
  broadcastSnapshot(): void {
    if (this.#sets.size === 0) return;
    const frame = this.#snapshotFrame("dashboard_update");
    for (const key of this.#sets.keys()) {
      this.#broadcast(key, frame);
      this.deps.sent("dashboard_update");
    }
  }

  /** Ends the sockets of those who may no longer listen. */
  closeUnwelcome(): void {
    for (const socket of this.#sockets) {
      if (socket.data.mayStay()) continue;
      this.deps.dropped("access");
      socket.close(policyViolation, "access has ended");
    }
  }

  /** Another server takes over: who hangs on the old one comes back to it, and resumes. */
  moveTo(server: Server<SocketData>): void {
    this.attach(server);
    for (const socket of this.#sockets) socket.close(goingAway, "come back");
  }

  [Symbol.dispose](): void {
    if (this.#heartbeat) clearInterval(this.#heartbeat);
    for (const socket of this.#sockets) socket.close(goingAway, "the daemon stops");
  }

  readonly handler: WebSocketHandler<SocketData> = {
    idleTimeout: 300,
    maxPayloadLength: receiveBytesMax,
    backpressureLimit: behindBytesMax,
    closeOnBackpressureLimit: true,
    // Paid per subscriber, it would cost more than the small frames it saves.
    perMessageDeflate: false,
    open: (socket) => this.#open(socket),
    message: (socket, message) => this.#handle(socket, message),
    close: (socket, code) => this.#close(socket, code),
  };

  #open(socket: Socket): void {
    const { data } = socket;
    this.#sockets.add(socket);
    this.#byAddress.set(data.address, (this.#byAddress.get(data.address) ?? 0) + 1);
    beginAt(data, this.deps.replayBuffer.lastSeq);
    this.#send(socket, "hello", {
      epoch: this.deps.epoch,
      seq: data.startSeq,
      heartbeat_seconds: this.deps.heartbeatMs / 1000,
      version: this.deps.version,
      config: this.deps.config(),
    });
    this.#sendSnapshot(socket, "dashboard_update");
    data.grace = setTimeout(() => this.#goLive(socket), graceMs);
  }

  #close(socket: Socket, code: number): void {
    const { data } = socket;
    if (!this.#sockets.delete(socket)) return;
    if (data.grace) clearTimeout(data.grace);
    if (data.live) this.#leaveSet(data.topics);
    const left = (this.#byAddress.get(data.address) ?? 1) - 1;
    if (left > 0) this.#byAddress.set(data.address, left);
    else this.#byAddress.delete(data.address);
    // Bun cuts a socket that does not drain, as the network does, without a close frame.
    if (code === cutOff && data.behind) this.deps.dropped("slow");
  }

  #handle(socket: Socket, message: string | Buffer): void {
    if (Buffer.byteLength(message) > frameBytesMax) {
      this.deps.dropped("too-large");
      return socket.close(messageTooBig, "a frame over 64 KiB");
    }
    const parsed = this.#clientFrame.safeParse(parseJson(message));
    if (!parsed.success) return this.#refuse(socket);
    const frame = parsed.data;
    switch (frame.type) {
      case "ping":
        this.#send(socket, "pong", {});
        return;
      case "subscribe":
        if (frame.topics.some((topic) => !socket.data.topicsAllowed.has(topic)))
          return this.#send(socket, "error", { code: "not-allowed" });
        return this.#subscribe(socket, new Set(frame.topics));
      case "resume":
        return this.#resume(socket, frame.epoch, frame.seq);
    }
  }

  #subscribe(socket: Socket, topics: ReadonlySet<string>): void {
    const { data } = socket;
    // What a topic that is new has told before this moment is heard by resuming, like all that was missed.
    const begins = data.live ? this.deps.replayBuffer.lastSeq : data.startSeq;
    const eventsAfter = new Map([...topics].map((topic) => [topic, data.eventsAfter.get(topic) ?? begins]));
    if (data.live) {
      socket.unsubscribe(keyOf(data.topics));
      this.#leaveSet(data.topics);
      this.#joinSet(topics);
      socket.subscribe(keyOf(topics));
    }
    data.topics = topics;
    data.eventsAfter = eventsAfter;
    this.#send(socket, "subscribed", { topics: [...topics] });
  }

  /** What was told after `seq` and not to this socket, topic by topic; then live. Always ends with `resumed` or `resync`. */
  #resume(socket: Socket, epoch: string, seq: number): void {
    const { data } = socket;
    const missed = epoch === this.deps.epoch ? this.deps.replayBuffer.after(seq) : null;
    const owed = missed?.filter((event) => event.seq <= (data.eventsAfter.get(event.topic) ?? 0)) ?? null;
    if (owed === null || sizeOf(owed) > replayBytesMax) {
      this.deps.resumed?.("resync");
      this.#sendSnapshot(socket, "resync");
      if (!data.live) beginAt(data, this.deps.replayBuffer.lastSeq);
      this.#goLive(socket);
      return;
    }
    this.deps.resumed?.("told");
    this.#sendEvents(socket, owed);
    if (!this.#goLive(socket)) return;
    data.eventsAfter = new Map([...data.eventsAfter].map(([topic, before]) => [topic, Math.min(before, seq)]));
    this.#send(socket, "resumed", { seq: this.deps.replayBuffer.lastSeq });
  }

  /** False where what happened since it opened could not be told: a fresh snapshot went out instead. */
  #goLive(socket: Socket): boolean {
    const { data } = socket;
    if (data.live || !this.#sockets.has(socket)) return true;
    if (data.grace) clearTimeout(data.grace);
    data.grace = null;
    data.live = true;
    const since = this.deps.replayBuffer.after(data.startSeq);
    if (since === null) this.#sendSnapshot(socket, "resync");
    else this.#sendEvents(socket, since);
    this.#joinSet(data.topics);
    socket.subscribe(keyOf(data.topics));
    return since !== null;
  }

  #sendEvents(socket: Socket, events: readonly Event[]): void {
    const wanted = events.filter(({ topic }) => socket.data.topics.has(topic)).map(({ frame }) => frame);
    for (const batch of batchFrames(wanted)) this.#sendRaw(socket, batch, wanted.length > 1 ? "events" : "event");
  }

  #publish(key: string, events: readonly Event[]): void {
    for (const batch of batchFrames(events.map(({ frame }) => frame))) {
      this.#broadcast(key, batch);
      this.deps.sent(events.length > 1 ? "events" : "event");
    }
  }

  #broadcast(key: string, frame: string): void {
    this.#server?.publish(key, frame);
    this.#sentBytes += frame.length;
    if (this.#sentBytes < checkAfterBytes) return;
    this.#sentBytes = 0;
    for (const socket of this.#sockets) socket.data.behind = socket.getBufferedAmount() > checkAfterBytes;
  }

  #sendSnapshot(socket: Socket, type: "dashboard_update" | "resync"): void {
    this.#sendRaw(socket, this.#snapshotFrame(type), type);
  }

  #snapshotFrame(type: "dashboard_update" | "resync"): string {
    const seq =
      type === "resync" ? `,"epoch":${JSON.stringify(this.deps.epoch)},"seq":${this.deps.replayBuffer.lastSeq}` : "";
    return `{"type":"${type}"${seq},"timestamp":"${this.deps.isoNow()}","data":${this.deps.snapshot()}}`;
  }

  #refuse(socket: Socket): void {
    socket.data.badFrames++;
    this.#send(socket, "error", { code: "bad-frame" });
    if (socket.data.badFrames < badFramesMax) return;
    this.deps.dropped("bad-frames");
    socket.close(policyViolation, "too many frames that are none of ours");
  }

  #send(socket: Socket, type: string, body: object): void {
    this.#sendRaw(socket, JSON.stringify({ type, timestamp: this.deps.isoNow(), ...body }), type);
  }

  #sendRaw(socket: Socket, frame: string, type: string): void {
    this.deps.sent(type);
    // 0: dropped. It will not hear of this again unless it comes back and resumes.
    if (socket.send(frame) !== 0) return;
    this.deps.dropped("slow");
    socket.close(tryAgainLater, "too far behind");
  }

  #joinSet(topics: ReadonlySet<string>): void {
    const key = keyOf(topics);
    const set = this.#sets.get(key);
    if (set) set.count++;
    else this.#sets.set(key, { topics, count: 1 });
  }

  #leaveSet(topics: ReadonlySet<string>): void {
    const key = keyOf(topics);
    const set = this.#sets.get(key);
    if (set && --set.count === 0) this.#sets.delete(key);
  }
}

function beginAt(data: SocketData, seq: number): void {
  data.startSeq = seq;
  data.eventsAfter = new Map([...data.topics].map((topic) => [topic, seq]));
}

function sizeOf(events: readonly Event[]): number {
  return events.reduce((sum, { frame }) => sum + frame.length, 0);
}

/** Never empty, not even of no topics: Bun takes no empty name. */
function keyOf(topics: ReadonlySet<string>): string {
  return `of ${[...topics].toSorted().join(",")}`;
}

function parseJson(message: string | Buffer): unknown {
  try {
    return JSON.parse(typeof message === "string" ? message : message.toString());
  } catch {
    // Not JSON: the schema refuses it with everything else that is no frame of ours.
    return undefined;
  }
}
