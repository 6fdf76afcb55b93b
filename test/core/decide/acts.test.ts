import { describe, expect, test } from "bun:test";
import type { ActName } from "../../../src/core/act";
import type { Alert } from "../../../src/core/alert";
import type { ActObserved, Unsequenced } from "../../../src/core/observation";
import { Deciding, hours, minutes, noon, seconds } from "../../support/deciding";
import { reportOf, signalOf } from "../../support/observations";

/** What people do with alerts, and when it ends. */

function act(
  name: ActName,
  alerts: readonly Alert[],
  receivedAt: number,
  more: Partial<Unsequenced<ActObserved>> = {},
): Unsequenced<ActObserved> {
  return {
    kind: "act",
    act: name,
    alerts,
    receivedAt,
    by: "ada",
    from: "test",
    note: null,
    until: null,
    value: null,
    ...more,
  };
}

function strong(history: Deciding, at: number, score: number): Alert {
  const signals = [signalOf({ observedAt: at, score, strength: score, expiresAt: noon + 48 * hours })];
  const [alert] = history.show(reportOf({ receivedAt: at, file: `${at}.json`, signals })).raised;
  if (!alert) throw new Error("nothing was raised");
  return alert;
}

/** The state alert of a folder that cannot be read. */
function unreachable(history: Deciding): Alert {
  history.show({ kind: "source-unreachable", source: "reports", why: "no such folder", receivedAt: noon });
  const [alert] = history.tick(noon + minutes).raised;
  if (!alert) throw new Error("nothing was raised");
  return alert;
}

const back = (history: Deciding, receivedAt: number) =>
  history.show({ kind: "source-watched", source: "reports", receivedAt });

const whose = (history: Deciding) =>
  [...history.state.entries("acknowledged")].map(([seq, { by, until }]) => [Number(seq), by, until]);

describe("an acknowledgement", () => {
  test("holds until its review time, 4 h where nothing else is said", () => {
    const history = new Deciding();
    const alert = strong(history, noon, 80);
    const { acted, acknowledged } = history.show(act("acknowledge", [alert], noon + minutes, { note: "on it" }));
    const until = noon + minutes + 4 * hours;
    expect(acted).toEqual([{ alertSeq: alert.seq, outcome: "done", until }]);
    expect(acknowledged).toEqual([
      { seq: alert.seq, acknowledgement: { by: "ada", at: noon + minutes, until, note: "on it" } },
    ]);
    expect(history.tick(until - seconds).acknowledged).toEqual([]);
    expect(history.tick(until).acknowledged).toEqual([{ seq: alert.seq, acknowledgement: null }]);
    expect(whose(history)).toEqual([]);
  });

  test("once more by the same person changes nothing, unless they say for how long or why; another takes over", () => {
    const history = new Deciding();
    const alert = strong(history, noon, 80);
    history.show(act("acknowledge", [alert], noon));
    const again = history.show(act("acknowledge", [alert], noon + minutes));
    expect(again.acted).toMatchObject([{ outcome: "already", until: noon + 4 * hours }]);
    expect(again.acknowledged).toEqual([]);
    history.show(act("acknowledge", [alert], noon + minutes, { until: noon + hours }));
    expect(whose(history)).toEqual([[alert.seq, "ada", noon + hours]]);
    history.show(act("acknowledge", [alert], noon + minutes, { by: "bo" }));
    expect(whose(history)).toEqual([[alert.seq, "bo", noon + minutes + 4 * hours]]);
  });

  test("ends with a rise of priority, and not with one like it", () => {
    const history = new Deciding();
    const first = strong(history, noon, 70);
    history.show(act("acknowledge", [first], noon));
    const second = strong(history, noon + 2 * hours, 72);
    expect(whose(history)).toEqual([[first.seq, "ada", noon + 4 * hours]]);
    history.show(act("acknowledge", [second], noon + 2 * hours, { until: noon + 40 * hours }));
    strong(history, noon + 3 * hours, 90);
    expect(history.all.at(-1)?.acknowledged.map(({ seq, acknowledgement }) => [seq, acknowledgement])).toEqual([
      [first.seq, null],
      [second.seq, null],
    ]);
  });

  test("ends with the alert: when its source turns around, when its time is over, when its condition is", () => {
    const history = new Deciding();
    const long = strong(history, noon, 80);
    const state = unreachable(history);
    history.show(act("acknowledge", [long, state], noon + minutes));
    expect(whose(history)).toHaveLength(2);
    back(history, noon + 2 * minutes);
    expect(whose(history)).toEqual([[long.seq, "ada", noon + minutes + 4 * hours]]);
    const short = [signalOf({ observedAt: noon + 3 * minutes, direction: "short", score: 10, strength: 90 })];
    history.show(reportOf({ receivedAt: noon + 3 * minutes, file: "short.json", signals: short }));
    expect(whose(history)).toEqual([]);
    expect(history.show(act("acknowledge", [long, state], noon + 4 * minutes)).acted).toMatchObject([
      { outcome: "ended" },
      { outcome: "ended" },
    ]);
  });

  test("is given back", () => {
    const history = new Deciding();
    const alert = strong(history, noon, 80);
    expect(history.show(act("unacknowledge", [alert], noon)).acted).toMatchObject([{ outcome: "already" }]);
    history.show(act("acknowledge", [alert], noon));
    const { acted, acknowledged } = history.show(act("unacknowledge", [alert], noon, { by: "bo" }));
    expect(acted).toMatchObject([{ outcome: "done" }]);
    expect(acknowledged).toEqual([{ seq: alert.seq, acknowledgement: null }]);
  });
});

describe("resolved by hand", () => {
  test("a state alert is not raised again while its condition goes on, and is when it comes again", () => {
    const history = new Deciding();
    const alert = unreachable(history);
    const { acted, changed } = history.show(act("resolve", [alert], noon + 2 * minutes));
    expect(acted).toMatchObject([{ outcome: "done" }]);
    expect(changed).toMatchObject([{ seq: alert.seq, state: "resolved", reason: "by-hand" }]);
    expect(history.show(act("resolve", [alert], noon + 2 * minutes)).acted).toMatchObject([{ outcome: "ended" }]);
    for (let minute = 3; minute < 100; minute++) expect(history.tick(noon + minute * minutes).raised).toEqual([]);
    expect(back(history, noon + 2 * hours).changed).toEqual([]);
    history.show({ kind: "source-unreachable", source: "reports", why: "gone", receivedAt: noon + 3 * hours });
    expect(history.tick(noon + 3 * hours + minutes).raised).toMatchObject([{ rule: "source-unreachable" }]);
  });

  test("an event is not: it expires", () => {
    const history = new Deciding();
    const alert = strong(history, noon, 80);
    expect(history.show(act("resolve", [alert], noon)).acted).toMatchObject([{ outcome: "expires" }]);
  });
});

test("feedback and notes are taken of what has ended too, and change nothing that decide knows", () => {
  const history = new Deciding();
  const alert = unreachable(history);
  back(history, noon + 2 * minutes);
  const before = JSON.stringify([...history.state.entries("condition")]);
  for (const name of ["feedback", "note"] as const)
    expect(history.show(act(name, [alert], noon + hours)).acted).toMatchObject([{ outcome: "done" }]);
  expect(JSON.stringify([...history.state.entries("condition")])).toBe(before);
});

test("an act on what this history did not raise does nothing", () => {
  const alert = strong(new Deciding(), noon, 80);
  const history = new Deciding();
  expect(history.show(act("acknowledge", [alert], noon)).acted).toMatchObject([{ outcome: "ended" }]);
  expect(whose(history)).toEqual([]);
});
