import { socketRefused } from "../../src/api/problems";
import { Hub, type HubDeps, type SocketData } from "../../src/stream/hub";
import { ReplayBuffer, type Event } from "../../src/stream/replay-buffer";
import { defaultTopics, topics } from "../../src/views/frames";

/** A hub behind a real server, with an archive in memory instead of a database. */
export interface TestHub extends AsyncDisposable {
  readonly url: string;
  readonly hub: Hub;
  /** Everything ever told. */
  readonly events: Event[];
  readonly dropped: string[];
  /** Tells so many events of a topic; `size` bytes of text in each. */
  publish(count: number, topic?: string, size?: number): void;
}

export interface TestHubOptions extends Partial<Pick<HubDeps, "limits" | "heartbeatMs" | "epoch">> {
  /** Told before this hub began. */
  readonly archived?: readonly Event[];
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
  const events: Event[] = [...archived];
  const dropped: string[] = [];
  const kept = () => events.filter(({ seq }) => seq >= keptFrom);
  const archive = {
    eventsAfter: (seq: number, limit: number) =>
      kept()
        .filter((event) => event.seq > seq)
        .slice(0, limit),
    oldestEvent: () => kept()[0]?.seq,
  };
  let seq = archived.at(-1)?.seq ?? 0;
  const hub = new Hub({
    epoch,
    version: "test",
    config: () => ({ signals: { min_score: 65 } }),
    replayBuffer: new ReplayBuffer(archive, seq),
    topics: [...topics] as [string, ...string[]],
    defaultTopics,
    heartbeatMs,
    limits,
    snapshot: () => JSON.stringify({ at: seq }),
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
      const added = Array.from({ length: count }, (): Event => eventOf(++seq, topic, size));
      events.push(...added);
      hub.publish(added, seq);
    },
    async [Symbol.asyncDispose]() {
      hub[Symbol.dispose]();
      await server.stop(true);
    },
  };
}

export function eventOf(seq: number, topic = "signals", size = 0): Event {
  return {
    seq,
    topic,
    frame: JSON.stringify({
      type: "new_signal",
      seq,
      timestamp: "2026-03-02T12:00:00.000Z",
      ...(size > 0 ? { text: "x".repeat(size) } : {}),
    }),
  };
}
