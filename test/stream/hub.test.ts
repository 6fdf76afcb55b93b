import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { connect } from "node:net";
import { defaultTunables } from "../../src/core/tunables";
import { until } from "../support/daemon";
import { eventOf, startTestHub, type TestHub } from "../support/hub";
import { seededRandom } from "../support/random";
import type { ServerFrame } from "../../src/views/frames";
import type { OverviewShape } from "../../src/views/overview-shape";
import { framesOf, listenTo, type Frame, type Listener } from "../support/socket";

setDefaultTimeout(30_000);

const eventsOf = (frames: readonly Frame[]) => framesOf(frames, "new_signal").map(({ seq }) => seq);
const placeOf = (frame: Frame | undefined) => (frame && "seq" in frame ? frame.seq : undefined);
const seqsOf = ({ events }: TestHub) => events.map(({ seq }) => seq);
/** What was sent before is handled by the time it is answered. */
async function settled(listener: Listener): Promise<void> {
  const before = listener.frames.filter(({ type }) => type === "pong").length;
  listener.send({ type: "ping" });
  await listener.receive("pong", before);
}

describe("greeting", () => {
  test("hello first, with the epoch, the place and the heartbeat, then the snapshot", async () => {
    await using given = startTestHub({ heartbeatMs: 15_000, archived: [eventOf(7)] });
    const { frames } = await listenTo(given.url);
    expect(frames.slice(0, 2)).toEqual([
      {
        type: "hello",
        timestamp: "2026-03-02T12:00:00.000Z",
        epoch: "here",
        seq: 7,
        heartbeat_seconds: 15,
        version: "test",
        config: defaultTunables,
      },
      {
        type: "dashboard_update",
        timestamp: "2026-03-02T12:00:00.000Z",
        data: { at: 7 } as unknown as OverviewShape,
      },
    ]);
  });

  test("what happens right after the greeting arrives, once and in order", async () => {
    await using given = startTestHub();
    const pouring = setInterval(() => given.publish(3), 1);
    const listeners = await Promise.all(Array.from({ length: 8 }, () => listenTo(given.url)));
    await until("enough", () => given.events.length > 300);
    clearInterval(pouring);
    for (const listener of listeners) {
      await until("all of it", () => eventsOf(listener.frames).at(-1) === given.events.at(-1)?.seq);
      const greeted = placeOf(listener.frames[0]) ?? -1;
      expect(eventsOf(listener.frames)).toEqual(seqsOf(given).filter((seq) => seq > greeted));
    }
  });

  test("the snapshot comes again with every heartbeat", async () => {
    await using given = startTestHub({ heartbeatMs: 20 });
    const listener = await listenTo(given.url);
    await listener.receive("dashboard_update", 3);
  });
});

describe("resume", () => {
  test("what was missed comes before what happens now, without loss or repetition", async () => {
    await using given = startTestHub();
    const first = await listenTo(given.url);
    given.publish(10);
    await until("ten", () => eventsOf(first.frames).length === 10);
    const { cursor } = first;
    first.close();
    given.publish(25);
    const second = await listenTo(given.url, cursor);
    given.publish(5);
    await until("all", () => eventsOf(second.frames).length >= 30);
    await settled(second);
    expect(eventsOf(second.frames)).toEqual(seqsOf(given).slice(10));
  });

  test("a client that falls away at any moment, while events keep coming, receives each of them once", async () => {
    const seed = Date.now() % 1_000_000;
    const random = seededRandom(seed);
    await using given = startTestHub();
    const pouring = setInterval(() => given.publish(1 + random.below(4)), 1);
    let listener = await listenTo(given.url);
    const from = placeOf(listener.frames[0]) ?? -1;
    const received: number[] = [];
    for (let fall = 0; fall < 40; fall++) {
      await Bun.sleep(random.below(15));
      listener.fall();
      await listener.closed;
      received.push(...eventsOf(listener.frames));
      listener = await listenTo(given.url, listener.cursor);
    }
    clearInterval(pouring);
    await until("the last one", () => listener.cursor.seq === given.events.at(-1)?.seq);
    received.push(...eventsOf(listener.frames));
    expect({ seed, received }).toEqual({ seed, received: seqsOf(given).filter((seq) => seq > from) });
  });

  test("from the archive, where memory does not reach back", async () => {
    const archived = Array.from({ length: 50 }, (_, index) => eventOf(index + 1));
    await using given = startTestHub({ archived });
    given.publish(5);
    const listener = await listenTo(given.url, { epoch: "here", seq: 20 });
    await settled(listener);
    expect(eventsOf(listener.frames)).toEqual(seqsOf(given).slice(20));
    expect(listener.frames.some(({ type }) => type === "resync")).toBe(false);
  });

  test("late or twice, nothing is sent twice", async () => {
    await using given = startTestHub({ archived: [eventOf(1), eventOf(2), eventOf(3)] });
    const listener = await listenTo(given.url);
    await until("it is live", () => {
      given.publish(1);
      return eventsOf(listener.frames).length > 0;
    });
    listener.send({ type: "resume", epoch: "here", seq: 1 });
    listener.send({ type: "resume", epoch: "here", seq: 1 });
    await settled(listener);
    expect(eventsOf(listener.frames).toSorted((a, b) => a - b)).toEqual(seqsOf(given).slice(1));
  });

  test.each([
    ["another epoch", "elsewhere", 5, {}],
    ["a future this database never had", "here", 9999, {}],
    ["events that are gone", "here", 5, { keptFrom: 20 }],
  ])("%s: a fresh snapshot instead, and live from there", async (_what, epoch, seq, options) => {
    await using given = startTestHub({
      archived: Array.from({ length: 30 }, (_, index) => eventOf(index + 1)),
      ...options,
    });
    const listener = await listenTo(given.url, { epoch, seq });
    const resync = await listener.receive("resync");
    expect(resync as unknown).toMatchObject({ epoch: "here", seq: 30, data: { at: 30 } });
    given.publish(3);
    await until("live", () => eventsOf(listener.frames).length === 3);
    expect(listener.cursor).toEqual({ epoch: "here", seq: 33 });
  });

  test("too many events: a fresh snapshot", async () => {
    await using given = startTestHub({ archived: Array.from({ length: 5002 }, (_, index) => eventOf(index + 1)) });
    const tooOld = await listenTo(given.url, { epoch: "here", seq: 1 });
    await tooOld.receive("resync");
    const justNot = await listenTo(given.url, { epoch: "here", seq: 2 });
    await settled(justNot);
    expect(eventsOf(justNot.frames)).toHaveLength(5000);
  });

  test("more bytes than a client could take at once: a fresh snapshot, not a cut", async () => {
    await using given = startTestHub({
      archived: Array.from({ length: 60 }, (_, index) => eventOf(index + 1, "signals", 20_000)),
    });
    const listener = await listenTo(given.url, { epoch: "here", seq: 0 });
    await listener.receive("resync");
    await settled(listener);
    expect(eventsOf(listener.frames)).toEqual([]);
  });

  test("much at once comes in frames of 256 KiB at most", async () => {
    await using given = startTestHub({
      archived: Array.from({ length: 50 }, (_, index) => eventOf(index + 1, "signals", 20_000)),
    });
    const sizes: number[] = [];
    const socket = new WebSocket(given.url.replace("http", "ws"));
    let seen = 0;
    socket.addEventListener("open", () => socket.send(JSON.stringify({ type: "resume", epoch: "here", seq: 0 })));
    socket.addEventListener("message", ({ data }) => {
      sizes.push(Buffer.byteLength(String(data)));
      const frame = JSON.parse(String(data)) as ServerFrame;
      if (frame.type === "events") seen += frame.items.length;
    });
    await until("all", () => seen === 50);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(256 * 1024);
    expect(sizes.length).toBeLessThan(12);
    socket.close();
  });
});

describe("topics", () => {
  test("only what was subscribed to is sent, from the next event on", async () => {
    await using given = startTestHub();
    const listener = await listenTo(given.url);
    listener.send({ type: "subscribe", topics: ["alerts"] });
    await settled(listener);
    given.publish(2, "signals");
    given.publish(1, "alerts");
    await until("the alert", () => eventsOf(listener.frames).length > 0);
    expect(eventsOf(listener.frames)).toEqual([3]);
    listener.send({ type: "subscribe", topics: ["signals", "alerts"] });
    await settled(listener);
    given.publish(1, "signals");
    await until("the signal", () => eventsOf(listener.frames).includes(4));
    listener.send({ type: "subscribe", topics: [] });
    await settled(listener);
    given.publish(3, "signals");
    given.hub.broadcastSnapshot();
    await listener.receive("dashboard_update", 1);
    expect(eventsOf(listener.frames)).toEqual([3, 4]);
  });

  test("the first five from the start, the others not", async () => {
    await using given = startTestHub();
    const listener = await listenTo(given.url);
    for (const topic of [
      "signals",
      "alerts",
      "alpha",
      "market",
      "system",
      "health",
      "pipeline",
      "portfolios",
      "logs",
      "activity",
    ])
      given.publish(1, topic);
    await until("five", () => eventsOf(listener.frames).length >= 5);
    await settled(listener);
    expect(eventsOf(listener.frames)).toEqual([1, 2, 3, 4, 5]);
  });

  test("a subscription before resuming holds for what was missed", async () => {
    await using given = startTestHub({ archived: [eventOf(1, "signals"), eventOf(2, "alerts"), eventOf(3, "logs")] });
    const listener = await listenTo(given.url);
    listener.send({ type: "subscribe", topics: ["alerts", "logs"] });
    listener.send({ type: "resume", epoch: "here", seq: 0 });
    await settled(listener);
    expect(eventsOf(listener.frames)).toEqual([2, 3]);
  });
});

const answers = ({ frames }: Listener) =>
  frames.flatMap((frame) => {
    if (frame.type === "subscribed") return { type: frame.type, topics: frame.topics };
    if (frame.type === "resumed" || frame.type === "resync") return { type: frame.type, seq: frame.seq };
    return frame.type === "error" ? { type: frame.type, code: frame.code } : [];
  });

describe("every frame of a client is answered", () => {
  test("a subscription with its topics, before it is live and after", async () => {
    await using given = startTestHub();
    const listener = await listenTo(given.url);
    listener.send({ type: "subscribe", topics: ["alerts"] });
    listener.send({ type: "subscribe", topics: [] });
    await listener.receive("subscribed", 1);
    await until("it is live", () => {
      given.hub.announce({ type: "held_back", timestamp: "2026-03-02T12:00:00.000Z", counts: {} });
      given.publish(1);
      listener.send({ type: "subscribe", topics: ["signals", "logs"] });
      return eventsOf(listener.frames).length > 0;
    });
    expect(answers(listener).slice(0, 2)).toEqual([
      { type: "subscribed", topics: ["alerts"] },
      { type: "subscribed", topics: [] },
    ]);
    expect(answers(listener).at(-1)).toEqual({ type: "subscribed", topics: ["signals", "logs"] });
  });

  test("coming back with the place it has reached, after what it missed", async () => {
    await using given = startTestHub({ archived: [eventOf(1), eventOf(2), eventOf(3)] });
    const listener = await listenTo(given.url, { epoch: "here", seq: 1 });
    expect((await listener.receive("resumed")).seq).toBe(3);
    expect(listener.frames.map((frame) => [frame.type, placeOf(frame)]).slice(-3)).toEqual([
      ["new_signal", 2],
      ["new_signal", 3],
      ["resumed", 3],
    ]);
    listener.send({ type: "resume", epoch: "here", seq: 3 });
    listener.send({ type: "resume", epoch: "here", seq: 1 });
    listener.send({ type: "resume", epoch: "elsewhere", seq: 1 });
    await listener.receive("resync");
    expect(answers(listener)).toEqual([
      { type: "resumed", seq: 3 },
      { type: "resumed", seq: 3 },
      { type: "resumed", seq: 3 },
      { type: "resync", seq: 3 },
    ]);
    expect(eventsOf(listener.frames)).toEqual([2, 3]);
  });

  test("a topic that is added later brings the events it had, each once, and nothing of the others again", async () => {
    await using given = startTestHub({ archived: [eventOf(1, "signals"), eventOf(2, "logs"), eventOf(3, "alerts")] });
    const listener = await listenTo(given.url, { epoch: "here", seq: 0 });
    await listener.receive("resumed");
    given.publish(1, "logs");
    given.publish(1, "signals");
    await until("the live one", () => eventsOf(listener.frames).includes(5));
    listener.send({ type: "subscribe", topics: ["signals", "alerts", "logs"] });
    await listener.receive("subscribed");
    given.publish(1, "logs");
    listener.send({ type: "resume", epoch: "here", seq: 1 });
    expect((await listener.receive("resumed", 1)).seq).toBe(6);
    expect(eventsOf(listener.frames).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
    listener.send({ type: "resume", epoch: "here", seq: 1 });
    await listener.receive("resumed", 2);
    expect(eventsOf(listener.frames)).toHaveLength(6);
  });
});

describe("limits", () => {
  test("a frame that is none of ours is refused, and twenty close the socket", async () => {
    await using given = startTestHub();
    const listener = await listenTo(given.url);
    const bad = [
      "{",
      "null",
      "[]",
      '"ping"',
      '{"type":"dance"}',
      '{"type":"ping","extra":1}',
      '{"type":"resume","epoch":"here"}',
      '{"type":"resume","epoch":"here","seq":-1}',
      '{"type":"subscribe","topics":["nothing"]}',
    ];
    for (const frame of bad) listener.send(frame);
    listener.socket.send(new Uint8Array([0xff, 0xfe]));
    await listener.receive("error", 9);
    expect(framesOf(listener.frames, "error").every(({ code }) => code === "bad-frame")).toBe(true);
    await settled(listener);
    for (let more = 0; more < 10; more++) listener.send("{");
    expect(await listener.closed).toBe(1008);
    expect(given.dropped).toEqual(["bad-frames"]);
    expect(given.hub.connections).toBe(0);
  });

  test("64 KiB may be sent at once and no more", async () => {
    await using given = startTestHub();
    const listener = await listenTo(given.url);
    listener.send("x".repeat(64 * 1024));
    expect((await listener.receive("error")).code).toBe("bad-frame");
    listener.send("x".repeat(64 * 1024 + 1));
    expect(await listener.closed).toBe(1009);
    await until("it is counted", () => given.dropped.length > 0);
    expect(given.dropped).toEqual(["too-large"]);
  });

  test("an address that has its share is answered 429, a full house 503, and places come free again", async () => {
    await using given = startTestHub({ limits: { connections: 3, perAddress: 2 } });
    const knock = async (address: string) => {
      const headers = {
        connection: "upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
        "x-address": address,
      };
      const response = await fetch(given.url, { headers });
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      return { status: response.status, retry: response.headers.get("retry-after") };
    };
    const one = await listenTo(given.url, null, { "x-address": "a" });
    await listenTo(given.url, null, { "x-address": "a" });
    expect(await knock("a")).toEqual({ status: 429, retry: "10" });
    await listenTo(given.url, null, { "x-address": "b" });
    expect(await knock("c")).toEqual({ status: 503, retry: "10" });
    expect(given.dropped).toEqual(["limit", "limit"]);
    one.close();
    await until("a free place", () => given.hub.connections === 2);
    await listenTo(given.url, null, { "x-address": "a" });
    expect(given.hub.connections).toBe(3);
  });

  test("a request for no socket is answered that one is expected", async () => {
    await using given = startTestHub();
    expect((await fetch(given.url)).status).toBe(426);
  });

  test("a client that does not drain is cut, holds no other up, and resumes where it was", async () => {
    await using given = startTestHub();
    const other = await listenTo(given.url);
    const slow = connect({ host: "127.0.0.1", port: Number(new URL(given.url).port) });
    slow.on("error", () => undefined);
    slow.write(
      "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: " +
        "websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    );
    slow.pause();
    await until("both are there", () => given.hub.connections === 2);
    await until("it is cut", () => {
      given.publish(20, "signals", 10_000);
      return given.hub.connections === 1;
    });
    expect(given.dropped).toEqual(["slow"]);
    given.publish(1);
    await until("the other has all", () => eventsOf(other.frames).at(-1) === given.events.at(-1)?.seq);
    expect(eventsOf(other.frames)).toEqual(seqsOf(given));
    slow.destroy();
    const back = await listenTo(given.url, { epoch: "here", seq: given.events.length - 50 });
    await settled(back);
    expect(eventsOf(back.frames)).toEqual(seqsOf(given).slice(-50));
  });

  test("every socket is closed as going away when it stops", async () => {
    const given = startTestHub();
    const listeners = await Promise.all([listenTo(given.url), listenTo(given.url)]);
    await given[Symbol.asyncDispose]();
    expect(await Promise.all(listeners.map(({ closed }) => closed))).toEqual([1001, 1001]);
  });
});
