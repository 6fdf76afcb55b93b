import { clientFrame, WrittenFrame, type ServerFrame, type Topic } from "../views/frames";
import { batchFrames } from "./batch";
import type { SentEvent } from "./replay-buffer";
import { behindBytesMax, snapshotFrame, type HubDeps } from "./hub-deps";
import { beginAt, closeCodes, type Socket } from "./socket";
import type { TopicSets } from "./topic-sets";

/** A client that resumes does so with its first frame; until then, or this long, live frames wait for it. */
const graceMs = 50;
const badFramesMax = 20;
const frameBytesMax = 64 * 1024;
/** A client that missed more is better off with a snapshot: all of it at once would put it behind again. */
const replayBytesMax = behindBytesMax / 2;

/** What goes to one socket alone: its greeting, the answers to its frames, what it missed. */
export class Conversation {
  constructor(
    private readonly deps: HubDeps,
    /** Live sockets: those that are published to. */
    private readonly sets: TopicSets,
  ) {}

  /** Greets it; live frames follow once it has resumed or has not. */
  open(socket: Socket): void {
    const { data } = socket;
    const { epoch, version, heartbeatMs, config, replayBuffer, isoNow } = this.deps;
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
    this.#send(socket, snapshotFrame(this.deps));
    data.grace = setTimeout(() => this.#goLive(socket), graceMs);
  }

  /** One frame of a client, whatever it is. */
  handle(socket: Socket, message: string | Buffer): void {
    if (Buffer.byteLength(message) > frameBytesMax) {
      this.deps.dropped("too-large");
      return socket.close(closeCodes.messageTooBig, "a frame over 64 KiB");
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
    if (data.live) this.sets.leave(socket);
    data.topics = new Set(topics);
    data.eventsAfter = eventsAfter;
    if (data.live) this.sets.join(socket);
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
    if (data.live || data.closed) return true;
    if (data.grace) clearTimeout(data.grace);
    data.grace = null;
    data.live = true;
    const since = this.deps.replayBuffer.after(data.startSeq);
    if (since === null) this.#send(socket, this.#resync());
    else this.#sendEvents(socket, since);
    this.sets.join(socket);
    return since !== null;
  }

  #sendEvents(socket: Socket, events: readonly SentEvent[]): void {
    const wanted = events.filter(({ topic }) => socket.data.topics.has(topic)).map(({ frame }) => frame);
    for (const batch of batchFrames(this.deps.isoNow(), wanted)) this.#sendWritten(socket, batch);
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
    socket.close(closeCodes.policyViolation, "too many frames that are none of ours");
  }

  #send(socket: Socket, frame: ServerFrame): void {
    this.#sendWritten(socket, WrittenFrame.of(frame));
  }

  #sendWritten(socket: Socket, frame: WrittenFrame): void {
    this.deps.sent(frame.type);
    // 0: dropped. It receives this only by coming back and resuming.
    if (socket.send(frame.text) !== 0) return;
    this.deps.dropped("slow");
    socket.close(closeCodes.tryAgainLater, "too far behind");
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
