import { expect, test } from "bun:test";
import { clientFrame, eventFrom, frameTypes, serverFrame, topicOf, WrittenFrame } from "../../src/views/frames";

const timestamp = "2026-03-02T12:00:00.000Z";

test("what has no schema, or lacks a field of it, does not compile", () => {
  const made = [
    // @ts-expect-error no frame of this type is described
    WrittenFrame.of({ type: "made_up", timestamp }),
    // @ts-expect-error it ends with the seq it reached
    WrittenFrame.of({ type: "resumed", timestamp }),
    // @ts-expect-error a signal is not an alert
    eventFrom("new_alert", 1, 0, { signal: {} }).frame,
  ];
  for (const { text } of made) expect(serverFrame.safeParse(JSON.parse(text)).success).toBe(false);
});

test("a frame that was kept is known by its first word", () => {
  for (const type of frameTypes) expect(WrittenFrame.kept(JSON.stringify({ type, seq: 1 })).type).toBe(type);
});

test("a batch has its items as they were written, in their order", () => {
  const items = [1, 2, 3].map((seq) => WrittenFrame.kept(JSON.stringify({ type: "new_signal", seq, timestamp })));
  const batch = WrittenFrame.batch(timestamp, items);
  expect(batch.type).toBe("events");
  expect(JSON.parse(batch.text)).toEqual({
    type: "events",
    timestamp,
    items: items.map(({ text }): unknown => JSON.parse(text)),
  });
});

test("an event begins with its type, has its place and time, and goes by the topic of its type", () => {
  const config = {
    monitoring: { scan_interval: 5, max_alerts: 3, alert_cooldown: 60 },
    signals: { min_score: 65, min_reliability: 75 },
    alpha: { confidence_threshold: 75, risk_level: "Medium" as const },
  };
  const { frame, ...event } = eventFrom("settings_changed", 7, Date.parse(timestamp), { config });
  expect(event).toEqual({ seq: 7, topic: topicOf.settings_changed, at: Date.parse(timestamp) });
  expect(frame.text).toStartWith('{"type":"settings_changed"');
  expect(serverFrame.parse(JSON.parse(frame.text))).toEqual({ type: "settings_changed", seq: 7, timestamp, config });
});

test("a client's frame is taken as described and in no other form", () => {
  const good = [{ type: "ping" }, { type: "subscribe", topics: [] }, { type: "resume", epoch: "here", seq: 0 }];
  for (const frame of good) {
    expect(clientFrame.safeParse(frame).success).toBe(true);
    expect(clientFrame.safeParse({ ...frame, more: 1 }).success).toBe(false);
  }
});
