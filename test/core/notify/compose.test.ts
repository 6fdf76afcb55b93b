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
  figures: [],
  why: null,
  acknowledged: null,
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

const signal: Subject = {
  ...state,
  kind: "event",
  message: "SOLUSDT Long, strength 82.0",
  figures: ["price 143.2", "stop 139.5"],
  why: "Raised because strength 82 is at least 65.",
};

test("one line says what, one sentence why; an acknowledgement stands under it, and its end says it shorter", () => {
  const what = "SOLUSDT Long, strength 82.0, price 143.2, stop 139.5";
  const raised = compose(signal, "raise", at("13:02"));
  expect(raised).toEqual({ title: what, text: `${what}\nRaised because strength 82 is at least 65.` });
  const acknowledged = { by: "ada", at: at("13:10"), until: at("17:10") };
  expect(compose({ ...signal, acknowledged }, "edit", at("13:02")).text).toBe(
    `${raised.text}\nacknowledged by ada 13:10 UTC, until 17:10 UTC`,
  );
  expect(compose({ ...signal, acknowledged: { ...acknowledged, until: null } }, "edit", at("13:02")).text).toEndWith(
    "acknowledged by ada 13:10 UTC",
  );
  const ended = { ...signal, state: "resolved", endedAt: at("13:35") } as const;
  expect(compose(ended, "resolve", at("13:35")).text).toBe(`Resolved: ${what}\nraised 13:02 UTC, resolved 13:35 UTC`);
});

const said = (who: string, direction: "long" | "short", symbol = "SOLUSDT"): Subject => ({
  ...signal,
  message: `${symbol} ${direction}`,
  stance: { symbol, direction, who },
});

test.each<[string, Subject[], string, string | null]>([
  ["alone", [], "", null],
  ["that agree", [said("reversion", "short")], "", "trend and reversion agree: short"],
  [
    "of which one contradicts",
    [said("reversion", "short"), said("hunch", "long")],
    "",
    "trend and reversion agree: short; hunch contradicts",
  ],
  ["that contradict", [said("hunch", "long"), said("gut", "long")], "", "trend says short; hunch and gut contradict"],
  ["the same again", [said("trend", "short")], " (and 1 more)", null],
  ["of another symbol", [said("trend", "short", "BTCUSDT")], " (and 1 more)", null],
  [
    "and another symbol",
    [said("reversion", "short"), said("trend", "long", "BTCUSDT")],
    " (and 1 more)",
    "trend and reversion agree: short",
  ],
])("strategies of one symbol %s", (_, named, title, line) => {
  const composed = compose(said("trend", "short"), "raise", at("13:02"), besides({ others: { named, rest: [] } }));
  expect(composed.title).toBe(`SOLUSDT short, price 143.2, stop 139.5${title}`);
  const second = composed.text.split("\n")[1] ?? "";
  expect(/agree|contradict/.test(second) ? second : null).toBe(line);
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
