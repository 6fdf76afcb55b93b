import { expect, test } from "bun:test";
import { compose, type Besides, type Subject } from "../../../src/core/notify/compose";

const at = (time: string) => Date.parse(`2026-03-02T${time}:00Z`);

const state: Subject = {
  message: "reports silent for 12 min",
  priority: "high",
  kind: "state",
  state: "open",
  raisedAt: at("13:02"),
  endedAt: null,
};
const over: Subject = { ...state, state: "resolved", endedAt: at("13:35") };
const besides = (more: Partial<Besides>): Besides => ({
  others: { named: [], rest: [] },
  stale: { signals: 0, others: 0 },
  ...more,
});

test.each([
  ["at once", state, "raise", "13:02", ["reports silent for 12 min"]],
  ["late", state, "raise", "13:40", ["raised 13:02 UTC, sent 13:40 UTC (38 min later)"]],
  ["late, and over", over, "raise", "13:40", ["raised 13:02 UTC, sent 13:40 UTC (38 min later), resolved 13:35 UTC"]],
  ["over", over, "resolve", "13:35", ["Resolved: reports silent for 12 min", "raised 13:02 UTC, resolved 13:35 UTC"]],
] as const)("what a message says %s", (_when, subject, purpose, time, lines) => {
  const { text } = compose(subject, purpose, at(time));
  expect(text.split("\n").slice(-lines.length)).toEqual([...lines]);
});

test("another day's times have their day", () => {
  const { text } = compose(state, "raise", at("13:40") + 86_400_000);
  expect(text).toContain("raised 2026-03-02 13:02 UTC, sent 13:40 UTC (24 h 38 min later)");
});

test("what waited with it is named, the rest counted, and what is over as well", () => {
  const { title, text } = compose(
    state,
    "raise",
    at("13:02"),
    besides({ others: { named: [over], rest: ["medium", "high", "medium"] }, stale: { signals: 1, others: 0 } }),
  );
  expect(title).toBe("reports silent for 12 min (and 4 more)");
  expect(text.split("\n").slice(1)).toEqual([
    "waited with it: 4 alerts",
    "- high: reports silent for 12 min (raised 13:02 UTC, resolved 13:35 UTC)",
    "- 3 more: 1 high, 2 medium",
    "1 signal meanwhile is over",
  ]);
});

test.each([
  [{ signals: 3, others: 0 }, "3 signals meanwhile are over"],
  [{ signals: 0, others: 1 }, "1 alert meanwhile is over"],
  [{ signals: 2, others: 1 }, "2 signals and 1 other alert meanwhile are over"],
])("%j", (stale, line) => {
  expect(compose(state, "raise", at("13:02"), besides({ stale })).text.split("\n").at(-1)).toBe(line);
});
