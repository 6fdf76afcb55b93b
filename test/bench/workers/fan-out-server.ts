import { randomUUID } from "node:crypto";
import type { ServerWebSocket } from "bun";
import { defaultTunables } from "../../../src/core/tunables";
import { Hub } from "../../../src/stream/hub";
import { ReplayBuffer } from "../../../src/stream/replay-buffer";
import type { SocketData } from "../../../src/stream/socket";
import { topics, WrittenFrame, type ServerFrame } from "../../../src/views/frames";
import type { OverviewShape } from "../../../src/views/overview-shape";
import { answerQuestions, wallMs } from "../worker";

export type FanOutCommand = { readonly ports: true } | { readonly via: "hub" | "bare" };

export interface FanOutAnswer {
  /** When it began to publish. */
  readonly at: number;
  /** CPU of this process since its start, up to then. */
  readonly cpuMs: number;
}

/** What every event is sent as, on both sides the same bytes. */
const frame = WrittenFrame.of(JSON.parse(process.argv[2] ?? "") as ServerFrame);
const longMs = 3_600_000;

/** The daemon's own hub, given an event as after a commit. Its replay buffer is the real one, with an archive that is never read. */
const hub = new Hub({
  epoch: randomUUID(),
  version: "bench",
  config: () => defaultTunables,
  replayBuffer: new ReplayBuffer({ eventsAfter: () => [], oldestEvent: () => undefined }, 0),
  heartbeatMs: longMs,
  limits: { connections: Number.POSITIVE_INFINITY, perAddress: Number.POSITIVE_INFINITY },
  snapshot: () => ({}) as OverviewShape,
  isoNow: () => new Date().toISOString(),
  sent: () => {},
  dropped: (reason) => console.error(`the hub cut a socket: ${reason}`),
});
const hubServer = Bun.serve<SocketData>({
  hostname: "127.0.0.1",
  port: 0,
  fetch: (request, server) =>
    hub.upgrade(request, server, { address: "127.0.0.1", mayStay: () => true, topicsAllowed: new Set(topics) }) === null
      ? undefined
      : new Response(null, { status: 503 }),
  websocket: hub.handler,
});
hub.attach(hubServer);

/** The same sockets with the same limits, and nothing but subscribe and publish. */
const bareServer = Bun.serve<object>({
  hostname: "127.0.0.1",
  port: 0,
  fetch: (request, server) => (server.upgrade(request, { data: {} }) ? undefined : new Response(null, { status: 426 })),
  websocket: {
    perMessageDeflate: false,
    idleTimeout: 300,
    open: (socket: ServerWebSocket<object>) => void socket.subscribe("everybody"),
    message: () => {},
  },
});

let seq = 0;

answerQuestions<FanOutCommand>((asked) => {
  if ("ports" in asked) return { hub: hubServer.port, bare: bareServer.port };
  const { user, system } = process.cpuUsage();
  const at = wallMs();
  seq++;
  if (asked.via === "hub") hub.publish([{ seq, topic: "signals", frame }], seq);
  else bareServer.publish("everybody", frame.text);
  return { at, cpuMs: (user + system) / 1000 } satisfies FanOutAnswer;
});
