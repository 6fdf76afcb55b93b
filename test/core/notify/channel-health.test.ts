import { expect, test } from "bun:test";
import { afterTry, mended, newChannel, type ChannelHealth, type Tried } from "../../../src/core/notify/channel-health";

const terms = { now: 100, slots: 1, waitMs: (failures: number) => failures * 1000 };
const up = newChannel(0);
const failing: ChannelHealth = { ...up, state: "failing", since: 50, failures: 2, pausedUntil: 90 };
const broken: ChannelHealth = { ...up, state: "broken", since: 50, failures: 1 };
const paused: ChannelHealth = { ...up, pausedUntil: 500 };

test.each<[string, ChannelHealth, Tried, Partial<typeof terms>, Partial<ChannelHealth>]>([
  ["takes it", up, { outcome: "accepted", answer: "ok" }, {}, { state: "up", since: 0, lastDeliveredAt: 100 }],
  [
    "works again",
    failing,
    { outcome: "accepted", answer: "ok" },
    {},
    { state: "up", since: 100, failures: 0, pausedUntil: null },
  ],
  ["is mended", broken, { outcome: "accepted", answer: "ok" }, {}, { state: "up", since: 100, failures: 0 }],
  [
    "takes another one while it is paused",
    paused,
    { outcome: "accepted", answer: "ok" },
    {},
    { state: "up", pausedUntil: 500 },
  ],
  [
    "takes it as the last for a time",
    up,
    { outcome: "accepted", answer: "ok", restMs: 50 },
    {},
    { state: "up", pausedUntil: 150 },
  ],
  [
    "takes it as the last for a time while it is paused for longer",
    paused,
    { outcome: "accepted", answer: "ok", restMs: 50 },
    {},
    { state: "up", pausedUntil: 500 },
  ],
  [
    "fails",
    up,
    { outcome: "again", answer: "500" },
    {},
    { state: "failing", since: 100, failures: 1, pausedUntil: 1100 },
  ],
  ["goes on failing", failing, { outcome: "again", answer: "500" }, {}, { since: 50, failures: 3, pausedUntil: 3100 }],
  [
    "fails once of four at once",
    up,
    { outcome: "again", answer: "500" },
    { slots: 4 },
    { failures: 1, pausedUntil: null },
  ],
  [
    "asks for a pause",
    up,
    { outcome: "pause", answer: "429", forMs: 7000 },
    {},
    { state: "up", failures: 0, pausedUntil: 7100 },
  ],
  [
    "asks for a pause and names no time",
    failing,
    { outcome: "pause", answer: "429", forMs: null },
    {},
    { state: "failing", pausedUntil: 3100 },
  ],
  [
    "refuses one message",
    failing,
    { outcome: "refused", answer: "400" },
    {},
    { state: "up", failures: 0, pausedUntil: null },
  ],
  ["refuses one, having been broken", broken, { outcome: "refused", answer: "400" }, {}, { state: "broken" }],
  ["breaks", failing, { outcome: "broken", answer: "404" }, {}, { state: "broken", since: 100, pausedUntil: null }],
])("a channel that %s", (_what, before, tried, more, wanted) => {
  expect(afterTry(before, tried, { ...terms, ...more })).toMatchObject({ ...wanted, lastAnswer: tried.answer });
});

test("a person asks for it: it is tried at once, and what was broken has to show that it works", () => {
  expect(mended(paused, 100)).toMatchObject({ state: "up", pausedUntil: null });
  expect(mended(broken, 100)).toMatchObject({ state: "failing", since: 100 });
});
