import { WrittenFrame, type ClientFrame } from "../../views/frames";
import { Unreachable } from "../exit";
import { remark } from "../print/print";
import { ChangeSignal } from "./change-signal";
import type { UrlConnection } from "./url-connection";

/** Every change costs a request, and those are limited. */
const changesIntervalMsMin = 1000;
const retryIntervalMsMax = 30_000;

/** Yields when the daemon sends something new of the topic, and after every gap in which it could not. */
export async function* socketChanges(
  connection: UrlConnection,
  topic: "alerts" | "signals",
  stop: AbortSignal,
): AsyncIterable<void> {
  const changed = new ChangeSignal();
  stop.addEventListener("abort", () => changed.set());
  let triesAgainInMs = 1000;
  let everOpen = false;
  let refused = false;
  let socket: WebSocket | null = null;
  const connect = () => {
    socket = new WebSocket(`${connection.url.replace(/^http/, "ws")}/api/dashboard/ws`, connection.socketProtocols);
    socket.addEventListener("open", () => {
      everOpen = true;
      triesAgainInMs = 1000;
      const frame: ClientFrame = { type: "subscribe", topics: [topic] };
      socket?.send(JSON.stringify(frame));
      changed.set();
    });
    socket.addEventListener("message", ({ data }) => {
      if (concerns(topic, String(data))) changed.set();
    });
    socket.addEventListener("close", () => {
      if (stop.aborted) return;
      refused = !everOpen;
      if (refused) return changed.set();
      remark(`the connection to ${connection.url} is gone, trying again`);
      setTimeout(connect, triesAgainInMs).unref();
      triesAgainInMs = Math.min(2 * triesAgainInMs, retryIntervalMsMax);
    });
  };
  connect();
  while (!stop.aborted) {
    await changed.wait();
    if (refused) throw new Unreachable(`${connection.url} does not let its events be followed`);
    if (!stop.aborted) yield;
    await Bun.sleep(stop.aborted ? 0 : changesIntervalMsMin);
  }
  (socket as WebSocket | null)?.close();
}

/** A frame of the topic, or a batch that may hold one. */
function concerns(topic: "alerts" | "signals", text: string): boolean {
  const { type } = WrittenFrame.kept(text);
  return type === "events" || type === "resync" || type === (topic === "alerts" ? "new_alert" : "new_signal");
}
