import { refreshMe } from "./access";
import { backoffMs, drawChance } from "./backoff";
import type { Connection } from "./connection";
import type { ClientFrame, Frame } from "../wire";

export interface SocketOptions {
  readonly url: string;
  readonly onFrame: (frame: Frame) => void;
  readonly onConnection: (connection: Connection) => void;
}

const pingEveryMs = 10_000;
/** The daemon closes by it when the session, or what it was allowed, has ended. */
const policyViolation = 1008;

/**
 * Keeps one WebSocket to the daemon for as long as the page lives. After a break it comes back with `resume`,
 * so what happened meanwhile arrives too. There is no last attempt.
 */
export function connectSocket({ url, onFrame, onConnection }: SocketOptions): { close(): void } {
  let socket: WebSocket | undefined;
  let attempt = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let watch: ReturnType<typeof setInterval> | undefined;
  let position: { epoch: string; seq: number } | undefined;
  let receivedAt = 0; // monotonic: a clock that is set must not look like silence
  let heartbeatMs = 15_000;
  let closed = false;
  let greeted = false;

  function open(): void {
    clearTimeout(retry);
    retry = undefined;
    onConnection({ state: "connecting" });
    const current = new WebSocket(url);
    socket = current;
    greeted = false;
    receivedAt = performance.now();
    watch = setInterval(() => keepAlive(current), pingEveryMs);
    current.addEventListener("open", () => {
      if (position !== undefined) send(current, { type: "resume", ...position });
    });
    current.addEventListener("message", (event: MessageEvent<string>) => {
      if (socket !== current) return;
      receivedAt = performance.now();
      receive(JSON.parse(event.data) as Frame);
    });
    current.addEventListener("close", ({ code }) => {
      if (socket !== current) return;
      comeBack();
      // A socket that is refused does not say why: it may be that the session ran out.
      if (!greeted || code === policyViolation) void refreshMe();
    });
  }

  function receive(frame: Frame): void {
    if (frame.type === "hello") {
      greeted = true;
      heartbeatMs = frame.heartbeat_seconds * 1000;
      if (position?.epoch !== frame.epoch) position = { epoch: frame.epoch, seq: frame.seq };
      onConnection({ state: "connected" });
    } else {
      advance(frame);
    }
    onFrame(frame);
  }

  function advance(frame: Frame): void {
    if (position === undefined) return;
    // After a resync the daemon's seq counts even where it is lower than ours: its database may be a restored one.
    if (frame.type === "resync") position = { epoch: frame.epoch, seq: frame.seq };
    else if (frame.type === "events") frame.items.forEach(advance);
    else if ("seq" in frame && frame.seq !== undefined) position.seq = Math.max(position.seq, frame.seq);
  }

  /** A connection can die silently, on a sleeping laptop for one. */
  function keepAlive(current: WebSocket): void {
    const silentMs = performance.now() - receivedAt;
    if (silentMs > 2 * Math.max(heartbeatMs, pingEveryMs)) {
      comeBack();
      current.close();
    } else if (current.readyState === WebSocket.OPEN) {
      // Only what has held for a while ends the growing waits: a daemon that greets and hangs up must not be stormed.
      attempt = 0;
      send(current, { type: "ping" });
    }
  }

  function comeBack(): void {
    clearInterval(watch);
    socket = undefined;
    if (closed) return;
    const waitMs = backoffMs(attempt, drawChance());
    attempt += 1;
    retry = setTimeout(open, waitMs);
    onConnection({ state: "waiting", retryAt: Date.now() + waitMs, tryNow });
  }

  function tryNow(): void {
    if (retry !== undefined) open();
  }

  /** Someone looks at the page again, or the network is back: that is worth a try at once. */
  function hurry(): void {
    if (document.visibilityState === "visible") tryNow();
  }

  globalThis.addEventListener("online", hurry);
  document.addEventListener("visibilitychange", hurry);
  open();
  return {
    close() {
      closed = true;
      clearTimeout(retry);
      clearInterval(watch);
      globalThis.removeEventListener("online", hurry);
      document.removeEventListener("visibilitychange", hurry);
      socket?.close();
    },
  };
}

function send(socket: WebSocket, frame: ClientFrame): void {
  socket.send(JSON.stringify(frame));
}
