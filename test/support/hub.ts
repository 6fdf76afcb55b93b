import { socketRefused } from "../../src/api/problems";
import { defaultTunables } from "../../src/core/tunables";
import { Hub } from "../../src/stream/hub";
import type { HubDeps } from "../../src/stream/hub-deps";
import { ReplayBuffer, type SentEvent } from "../../src/stream/replay-buffer";
import type { SocketData } from "../../src/stream/socket";
import { topics, WrittenFrame } from "../../src/views/frames";
import type { OverviewShape } from "../../src/views/overview-shape";

/** A hub behind a real server, with an archive in memory instead of a database. */
export interface TestHub extends AsyncDisposable {
  readonly url: string;
  readonly hub: Hub;
  /** Everything ever published. */
  readonly events: SentEvent[];
  readonly dropped: string[];
  /** Publishes so many events of a topic; `size` bytes of text in each. */
  publish(count: number, topic?: string, size?: number): void;
}

export interface TestHubOptions extends Partial<Pick<HubDeps, "limits" | "heartbeatMs" | "epoch">> {
  /** Published before this hub began. */
  readonly archived?: readonly SentEvent[];
  /** Of the archive, what is still kept: events from this seq on. */
  readonly keptFrom?: number;
}

export function startTestHub({
  limits = { connections: 100, perAddress: 100 },
  heartbeatMs = 60_000,
  epoch = "here",
  archived = [],
  keptFrom = 0,
}: TestHubOptions = {}): TestHub {
  const events: SentEvent[] = [...archived];
  const dropped: string[] = [];
  const kept = () => events.filter(({ seq }) => seq >= keptFrom);
  const archive = {
    eventsAfter: (seq: number, limit: number) =>
      kept()
        .filter((event) => event.seq > seq)
        .slice(0, limit)
        .map((event) => ({ ...event, frame: event.frame.text })),
    oldestEvent: () => kept()[0]?.seq,
  };
  let seq = archived.at(-1)?.seq ?? 0;
  const hub = new Hub({
    epoch,
    version: "test",
    config: () => defaultTunables,
    replayBuffer: new ReplayBuffer(archive, seq),
    heartbeatMs,
    limits,
    snapshot: () => ({ at: seq }) as unknown as OverviewShape,
    isoNow: () => "2026-03-02T12:00:00.000Z",
    sent: () => undefined,
    dropped: (reason) => dropped.push(reason),
  });
  const server = Bun.serve<SocketData>({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request, itself) {
      const refusal = hub.upgrade(request, itself, {
        address: request.headers.get("x-address") ?? "here",
        mayStay: () => true,
        topicsAllowed: new Set(topics),
      });
      return refusal === null ? undefined : socketRefused(refusal);
    },
    websocket: hub.handler,
  });
  hub.attach(server);
  return {
    url: `http://127.0.0.1:${server.port}`,
    hub,
    events,
    dropped,
    publish(count, topic = "signals", size = 0) {
      const added = Array.from({ length: count }, (): SentEvent => eventOf(++seq, topic, size));
      events.push(...added);
      hub.publish(added, seq);
    },
    async [Symbol.asyncDispose]() {
      hub[Symbol.dispose]();
      await server.stop(true);
    },
  };
}

/** A small event, as one that was kept: to the hub what a frame carries is text. */
export function eventOf(seq: number, topic = "signals", size = 0): SentEvent {
  const text = size > 0 ? { text: "x".repeat(size) } : {};
  const frame = { type: "new_signal", seq, timestamp: "2026-03-02T12:00:00.000Z", ...text };
  return { seq, topic, frame: WrittenFrame.kept(JSON.stringify(frame)) };
}
