import type { Server, WebSocketHandler } from "bun";
import type { Tunables } from "../core/tunables";
import { clientFrame, defaultTopics, topicOf, WrittenFrame } from "../views/frames";
import type { FrameType, ServerFrame, TopicFrame, Topic } from "../views/frames";
import type { OverviewShape } from "../views/shapes";
import { batchFrames } from "./batch";
import { Connections, type ConnectionLimits } from "./connections";
import type { ReplayBuffer, SentEvent } from "./replay-buffer";
import { beginAt, newSocketData, type Socket, type SocketData, type SocketOwner, type UpgradeRefusal } from "./socket";
import { TopicSets } from "./topic-sets";

export interface HubDeps {
  readonly epoch: string;
  /** Of the program, for pages that an older one served. */
  readonly version: string;
  /** The settings in force, as `settings_changed` carries them. */
  readonly config: () => Tunables;
  readonly replayBuffer: ReplayBuffer;
  readonly heartbeatMs: number;
  readonly limits: ConnectionLimits;
  /** The overview as of now. */
  readonly snapshot: () => OverviewShape;
  readonly isoNow: () => string;
  readonly sent: (type: FrameType) => void;
  /** A client came back: what it missed was sent, or a snapshot had to do. */
  readonly resumed?: (outcome: "replayed" | "resync") => void;
  readonly dropped: (reason: "slow" | "limit" | "idle" | "bad-frames" | "too-large" | "access") => void;
}

/** A client that resumes does so with its first frame; until then, or this long, live frames wait for it. */
const graceMs = 50;
const badFramesMax = 20;
const frameBytesMax = 64 * 1024;
/** Bun cuts a socket that sends more at once, without a close frame: what we refuse ourselves is well below. */
const receiveBytesMax = 1024 * 1024;
const behindBytesMax = 2 * 1024 * 1024;
/** After so much was sent every socket is looked at: none falls behind to its end without having been seen on the way. */
const checkAfterBytes = behindBytesMax / 4;
/** A client that missed more is better off with a snapshot: all of it at once would put it behind again. */
const replayBytesMax = behindBytesMax / 2;
const ownProtocol = "virtuoso";
const goingAway = 1001;
const policyViolation = 1008;
const messageTooBig = 1009;
const cutOff = 1006;
const tryAgainLater = 1013;

/** Sends every socket what happened, in order, once. A socket that does not drain is cut and comes back with `resume`. */
export class Hub implements Disposable {
  readonly #sockets: Connections;
  readonly #sets = new TopicSets();
  #heartbeat: ReturnType<typeof setInterval> | null = null;
  #server: Server<SocketData> | null = null;
  #sentBytes = 0;

  constructor(private readonly deps: HubDeps) {
    this.#sockets = new Connections(deps.limits);
  }

  get connections(): number {
    return this.#sockets.size;
  }

  /** From now on its sockets are sent frames, a snapshot every heartbeat at least. */
  attach(server: Server<SocketData>): void {
    this.#server = server;
    this.#heartbeat ??= setInterval(() => this.broadcastSnapshot(), this.deps.heartbeatMs);
  }

  /** Takes the request over as a socket, or answers why not: all are taken, or this address has its share. */
  upgrade(request: Request, server: Server<SocketData>, owner: SocketOwner): UpgradeRefusal | null {
    const refusal = this.#sockets.refusalFor(owner.address);
    if (refusal !== null) {
      this.deps.dropped("limit");
      return refusal;
    }
    const data = newSocketData(owner, defaultTopics);
    // Of the protocols offered only our own is ever sent back: the other one is a secret.
    const offered = request.headers.get("sec-websocket-protocol")?.split(",") ?? [];
    const ours = offered.some((name) => name.trim() === ownProtocol);
    return server.upgrade(request, ours ? { data, headers: { "sec-websocket-protocol": ownProtocol } } : { data })
      ? null
      : "no-socket-asked";
  }

  /** Sends what was just committed; `lastSeq` is the last place it took in the order. */
  publish(events: readonly SentEvent[], lastSeq: number): void {
    this.deps.replayBuffer.add(events, lastSeq);
    if (events.length === 0) return;
    for (const { key, topics } of this.#sets) {
      const frames = events.filter(({ topic }) => topics.has(topic)).map(({ frame }) => frame);
      for (const batch of batchFrames(frames)) this.#broadcast(key, batch);
    }
  }

  /** A frame outside the order: counts and states that the next one replaces. */
  announce(frame: TopicFrame): void {
    const topic: Topic = topicOf[frame.type];
    const written = WrittenFrame.of(frame);
    for (const { key, topics } of this.#sets) if (topics.has(topic)) this.#broadcast(key, written);
  }

  /** The overview to every socket, as every heartbeat does. */
  broadcastSnapshot(): void {
    if (this.#sets.isEmpty) return;
    const frame = WrittenFrame.of(this.#snapshot());
    for (const { key } of this.#sets) this.#broadcast(key, frame);
  }

  /** Ends the sockets of those who may no longer listen. */
  closeUnwelcome(): void {
    for (const socket of this.#sockets) {
      if (socket.data.mayStay()) continue;
      this.deps.dropped("access");
      socket.close(policyViolation, "access has ended");
    }
  }

  /** Another server takes over: the sockets of the old one come back to it, and resume. */
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
    const { epoch, version, heartbeatMs, config, replayBuffer, isoNow } = this.deps;
    this.#sockets.add(socket);
    beginAt(data, replayBuffer.lastSeq);
    this.#send(socket, {
      type: "hello",
      timestamp: isoNow(),
      epoch,
      seq: data.startSeq,
      heartbeat_seconds: heartbeatMs / 1000,
      version,
      config: config(),
    });
    this.#send(socket, this.#snapshot());
    data.grace = setTimeout(() => this.#goLive(socket), graceMs);
  }

  #close(socket: Socket, code: number): void {
    const { data } = socket;
    if (!this.#sockets.delete(socket)) return;
    if (data.grace) clearTimeout(data.grace);
    if (data.live) this.#sets.forget(socket);
    // Bun cuts a socket that does not drain, as the network does, without a close frame.
    if (code === cutOff && data.behind) this.deps.dropped("slow");
  }

  #handle(socket: Socket, message: string | Buffer): void {
    if (Buffer.byteLength(message) > frameBytesMax) {
      this.deps.dropped("too-large");
      return socket.close(messageTooBig, "a frame over 64 KiB");
    }
    const parsed = clientFrame.safeParse(parseJson(message));
    if (!parsed.success) return this.#refuse(socket);
    const frame = parsed.data;
    switch (frame.type) {
      case "ping":
        return this.#send(socket, { type: "pong", timestamp: this.deps.isoNow() });
      case "subscribe":
        return this.#subscribe(socket, frame.topics);
      case "resume":
        return this.#resume(socket, frame.epoch, frame.seq);
    }
  }

  #subscribe(socket: Socket, topics: readonly Topic[]): void {
    const { data } = socket;
    const timestamp = this.deps.isoNow();
    if (topics.some((topic) => !data.topicsAllowed.has(topic)))
      return this.#send(socket, { type: "error", timestamp, code: "not-allowed" });
    // What a new topic sent before this moment is received by resuming, like all that was missed.
    const begins = data.live ? this.deps.replayBuffer.lastSeq : data.startSeq;
    const eventsAfter = new Map(topics.map((topic) => [topic, data.eventsAfter.get(topic) ?? begins]));
    if (data.live) this.#sets.leave(socket);
    data.topics = new Set(topics);
    data.eventsAfter = eventsAfter;
    if (data.live) this.#sets.join(socket);
    this.#send(socket, { type: "subscribed", timestamp, topics: [...new Set(topics)] });
  }

  /** What was sent after `seq` and not to this socket, topic by topic; then live. Always ends with `resumed` or `resync`. */
  #resume(socket: Socket, epoch: string, seq: number): void {
    const { data } = socket;
    const missed = epoch === this.deps.epoch ? this.deps.replayBuffer.after(seq) : null;
    const owed = missed?.filter((event) => event.seq <= (data.eventsAfter.get(event.topic) ?? 0)) ?? null;
    if (owed === null || sizeOf(owed) > replayBytesMax) {
      this.deps.resumed?.("resync");
      this.#send(socket, this.#resync());
      if (!data.live) beginAt(data, this.deps.replayBuffer.lastSeq);
      this.#goLive(socket);
      return;
    }
    this.deps.resumed?.("replayed");
    this.#sendEvents(socket, owed);
    if (!this.#goLive(socket)) return;
    data.eventsAfter = new Map([...data.eventsAfter].map(([topic, before]) => [topic, Math.min(before, seq)]));
    this.#send(socket, { type: "resumed", timestamp: this.deps.isoNow(), seq: this.deps.replayBuffer.lastSeq });
  }

  /** False where what happened since it opened could not be sent: a fresh snapshot went out instead. */
  #goLive(socket: Socket): boolean {
    const { data } = socket;
    if (data.live || !this.#sockets.has(socket)) return true;
    if (data.grace) clearTimeout(data.grace);
    data.grace = null;
    data.live = true;
    const since = this.deps.replayBuffer.after(data.startSeq);
    if (since === null) this.#send(socket, this.#resync());
    else this.#sendEvents(socket, since);
    this.#sets.join(socket);
    return since !== null;
  }

  #sendEvents(socket: Socket, events: readonly SentEvent[]): void {
    const wanted = events.filter(({ topic }) => socket.data.topics.has(topic)).map(({ frame }) => frame);
    for (const batch of batchFrames(wanted)) this.#sendWritten(socket, batch);
  }

  #broadcast(key: string, frame: WrittenFrame): void {
    this.#server?.publish(key, frame.text);
    this.deps.sent(frame.type);
    this.#sentBytes += frame.text.length;
    if (this.#sentBytes < checkAfterBytes) return;
    this.#sentBytes = 0;
    for (const socket of this.#sockets) socket.data.behind = socket.getBufferedAmount() > checkAfterBytes;
  }

  #snapshot(): ServerFrame {
    return { type: "dashboard_update", timestamp: this.deps.isoNow(), data: this.deps.snapshot() };
  }

  #resync(): ServerFrame {
    const { epoch, replayBuffer, isoNow, snapshot } = this.deps;
    return { type: "resync", epoch, seq: replayBuffer.lastSeq, timestamp: isoNow(), data: snapshot() };
  }

  #refuse(socket: Socket): void {
    socket.data.badFrames++;
    this.#send(socket, { type: "error", timestamp: this.deps.isoNow(), code: "bad-frame" });
    if (socket.data.badFrames < badFramesMax) return;
    this.deps.dropped("bad-frames");
    socket.close(policyViolation, "too many frames that are none of ours");
  }

  #send(socket: Socket, frame: ServerFrame): void {
    this.#sendWritten(socket, WrittenFrame.of(frame));
  }

  #sendWritten(socket: Socket, frame: WrittenFrame): void {
    this.deps.sent(frame.type);
    // 0: dropped. It receives this only by coming back and resuming.
    if (socket.send(frame.text) !== 0) return;
    this.deps.dropped("slow");
    socket.close(tryAgainLater, "too far behind");
  }
}

function sizeOf(events: readonly SentEvent[]): number {
  return events.reduce((sum, { frame }) => sum + frame.text.length, 0);
}

function parseJson(message: string | Buffer): unknown {
  try {
    return JSON.parse(typeof message === "string" ? message : message.toString());
  } catch {
    // Not JSON: the schema refuses it with everything else that is no frame of ours.
    return undefined;
  }
}
