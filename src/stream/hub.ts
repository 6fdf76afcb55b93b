import type { Server, WebSocketHandler } from "bun";
import { defaultTopics, topicOf, WrittenFrame, type Topic, type TopicFrame } from "../views/frames";
import { batchFrames } from "./batch";
import { Connections } from "./connections";
import { Conversation } from "./conversation";
import { behindBytesMax, snapshotFrame, type HubDeps } from "./hub-deps";
import type { SentEvent } from "./replay-buffer";
import {
  closeCodes,
  newSocketData,
  type Socket,
  type SocketData,
  type SocketOwner,
  type UpgradeRefusal,
} from "./socket";
import { TopicSets } from "./topic-sets";

/** Bun cuts a socket that sends more at once, without a close frame: what we refuse ourselves is well below. */
const receiveBytesMax = 1024 * 1024;
/** After so much was sent every socket is looked at: none falls behind to its end without having been seen on the way. */
const checkAfterBytes = behindBytesMax / 4;
const ownProtocol = "virtuoso";

/** Sends every socket what happened, in order, once. A socket that does not drain is cut and comes back with `resume`. */
export class Hub implements Disposable {
  readonly #sockets: Connections;
  readonly #sets = new TopicSets();
  readonly #conversation: Conversation;
  #heartbeat: ReturnType<typeof setInterval> | null = null;
  #server: Server<SocketData> | null = null;
  #sentBytes = 0;

  constructor(private readonly deps: HubDeps) {
    this.#sockets = new Connections(deps.limits);
    this.#conversation = new Conversation(deps, this.#sets);
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
      for (const batch of batchFrames(this.deps.isoNow(), frames)) this.#broadcast(key, batch);
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
    const frame = WrittenFrame.of(snapshotFrame(this.deps));
    for (const { key } of this.#sets) this.#broadcast(key, frame);
  }

  /** Ends the sockets of those who may no longer listen. */
  closeUnwelcome(): void {
    for (const socket of this.#sockets) {
      if (socket.data.mayStay()) continue;
      this.deps.dropped("access");
      socket.close(closeCodes.policyViolation, "access has ended");
    }
  }

  /** Another server takes over: the sockets of the old one come back to it, and resume. */
  moveTo(server: Server<SocketData>): void {
    this.attach(server);
    for (const socket of this.#sockets) socket.close(closeCodes.goingAway, "come back");
  }

  [Symbol.dispose](): void {
    if (this.#heartbeat) clearInterval(this.#heartbeat);
    for (const socket of this.#sockets) socket.close(closeCodes.goingAway, "the daemon stops");
  }

  readonly handler: WebSocketHandler<SocketData> = {
    idleTimeout: 300,
    maxPayloadLength: receiveBytesMax,
    backpressureLimit: behindBytesMax,
    closeOnBackpressureLimit: true,
    // Paid per subscriber, it would cost more than the small frames it saves.
    perMessageDeflate: false,
    open: (socket) => {
      this.#sockets.add(socket);
      this.#conversation.open(socket);
    },
    message: (socket, message) => this.#conversation.handle(socket, message),
    close: (socket, code) => this.#close(socket, code),
  };

  #close(socket: Socket, code: number): void {
    const { data } = socket;
    if (!this.#sockets.delete(socket)) return;
    data.closed = true;
    if (data.grace) clearTimeout(data.grace);
    if (data.live) this.#sets.forget(socket);
    // Bun cuts a socket that does not drain, as the network does, without a close frame.
    if (code === closeCodes.cutOff && data.behind) this.deps.dropped("slow");
  }

  #broadcast(key: string, frame: WrittenFrame): void {
    this.#server?.publish(key, frame.text);
    this.deps.sent(frame.type);
    this.#sentBytes += frame.text.length;
    if (this.#sentBytes < checkAfterBytes) return;
    this.#sentBytes = 0;
    for (const socket of this.#sockets) socket.data.behind = socket.getBufferedAmount() > checkAfterBytes;
  }
}
