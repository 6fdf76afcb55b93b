import { describe, expect, test } from "bun:test";
import { type Word, verdicts, gates } from "../../../src/core/decide/decision";
import type { ReportObserved, Unsequenced } from "../../../src/core/observation";
import type { Signal } from "../../../src/core/signal";
import { Deciding, hours, minutes, noon, seconds, usualSettings } from "../../support/deciding";
import { reportOf, signalOf } from "../../support/observations";

/** Every word a signal may get, and what state alerts and the desk's own events meet. */

function report(
  given: Partial<Signal> = {},
  more: Partial<Unsequenced<ReportObserved>> = {},
): Unsequenced<ReportObserved> {
  const receivedAt = more.receivedAt ?? noon;
  return reportOf({ receivedAt, signals: [signalOf({ observedAt: receivedAt, ...given })], ...more });
}

const symbols = ["AUSDT", "BUSDT", "CUSDT", "DUSDT"];

/** What comes before, and the report whose one signal gets the word. */
const stories: Readonly<
  Record<
    Exclude<Word, "inhibited">,
    {
      readonly before?: (history: Deciding) => void;
      readonly observation: Unsequenced<ReportObserved>;
      readonly settings?: ReturnType<typeof usualSettings>;
    }
  >
> = {
  raised: { observation: report() },
  duplicate: { before: (history) => history.show(report()), observation: report({}, { file: "again.json" }) },
  late: { observation: report({ observedAt: noon - 16 * minutes }) },
  undated: { observation: report({ datedBy: "mtime" }, { backlog: true }) },
  unscored: { observation: report({ score: null, strength: null }) },
  "below-threshold": { observation: report({ score: 64, strength: 64 }) },
  unreliable: { observation: report({ reliability: 0.74 }) },
  silenced: {
    observation: report(),
    settings: usualSettings({ silences: [{ match: { symbol: "BTCUSDT" }, until: noon + hours, why: "quiet" }] }),
  },
  cooldown: {
    before: (history) => history.show(report({ price: 1 })),
    observation: report({ price: 2, observedAt: noon - seconds }, { file: "next.json" }),
  },
  cap: {
    before: (history) =>
      history.show(report({}, { signals: symbols.map((symbol) => signalOf({ observedAt: noon, symbol, score: 95 })) })),
    observation: report({}, { file: "more.json" }),
  },
};

describe("every word", () => {
  for (const [word, { before, observation, settings }] of Object.entries(stories)) {
    test(word, () => {
      const history = new Deciding(settings);
      before?.(history);
      const { decisions, raised, signals } = history.show(observation);
      expect(decisions.map((decision) => decision.word)).toEqual([word as Word]);
      expect(signals.map((signal) => signal.word)).toEqual([word as Word]);
      expect(raised).toHaveLength(word === "raised" ? 1 : 0);
      expect(decisions[0]?.alertSeq).toBe(raised[0]?.seq ?? null);
      const failing = decisions[0]?.checks.filter(({ passed }) => !passed)[0]?.word;
      expect(failing).toBe(word === "raised" ? undefined : (word as Exclude<Word, "raised">));
    });
  }

  test("the table above leaves none out but inhibited, which only states meet", () => {
    expect([...Object.keys(stories), "inhibited"].toSorted()).toEqual([...verdicts, ...gates, "raised"].toSorted());
  });
});

test("only what passes everything leaves stamps", () => {
  for (const [word, { before, observation, settings }] of Object.entries(stories)) {
    if (word === "raised" || word === "cap") continue;
    const history = new Deciding(settings);
    before?.(history);
    const stamps = () => JSON.stringify([[...history.state.entries("cooldown")], [...history.state.entries("cap")]]);
    const was = stamps();
    history.show(observation);
    expect({ word, stamps: stamps() }).toEqual({ word, stamps: was });
  }
});

const lose = (history: Deciding) =>
  history.show({ kind: "source-unreachable", source: "reports", why: "no such folder", receivedAt: noon });

describe("a state that holds", () => {
  test("is raised once, however often it is looked at, and resolved once", () => {
    const history = new Deciding();
    lose(history);
    for (let second = 0; second < 120; second++) history.tick(noon + second * seconds);
    expect(history.all.flatMap(({ decisions }) => decisions).map(({ rule, word }) => [rule, word])).toEqual([
      ["source-unreachable", "raised"],
    ]);
    const { changed } = history.show({ kind: "source-watched", source: "reports", receivedAt: noon + 3 * minutes });
    expect(changed).toMatchObject([{ state: "resolved", reason: "condition-over", at: noon + 3 * minutes }]);
    expect(history.show({ kind: "source-watched", source: "reports", receivedAt: noon + 4 * minutes }).changed).toEqual(
      [],
    );
  });

  test("silenced, it is decided once and not at every tick, and raised when the silence ends", () => {
    const history = new Deciding(
      usualSettings({
        silences: [{ match: { rule: "source-unreachable" }, until: noon + 10 * minutes, why: "quiet" }],
      }),
    );
    lose(history);
    for (let second = 0; second < 600; second++) history.tick(noon + second * seconds);
    const words = () => history.all.flatMap(({ decisions }) => decisions).map(({ word }) => word);
    expect(words()).toEqual(["silenced"]);
    history.tick(noon + 10 * minutes);
    history.tick(noon + 11 * minutes);
    expect(words()).toEqual(["silenced", "raised"]);
  });

  test("held back and over, it resolves nothing: no one was notified", () => {
    const history = new Deciding(usualSettings({ silences: [{ match: {}, until: noon + hours, why: "quiet" }] }));
    lose(history);
    history.tick(noon + minutes);
    expect(history.show({ kind: "source-watched", source: "reports", receivedAt: noon + 2 * minutes }).changed).toEqual(
      [],
    );
    expect(history.conditions).toEqual([]);
  });
});

const crowd = (at: number, file: string) =>
  reportOf({
    receivedAt: at,
    file,
    signals: symbols.map((symbol) => signalOf({ observedAt: at, symbol: `${file}${symbol}`, score: 95 })),
  });

describe("the cap and what the desk says of itself", () => {
  test("holds back no SYSTEM event, though its window is full", () => {
    const history = new Deciding();
    history.show({ kind: "source-watched", source: "reports", receivedAt: noon });
    history.show({ kind: "source-unreachable", source: "reports", why: "gone", receivedAt: noon });
    history.show({ kind: "source-watched", source: "reports", receivedAt: noon });
    history.show(report({ observedAt: noon - 20 * minutes }, { backlog: true, file: "missed.json" }));
    expect(history.show(crowd(noon, "one")).decisions.map(({ word }) => word)).toEqual([
      "raised",
      "raised",
      "raised",
      "cap",
    ]);
    expect(history.show({ kind: "source-caught-up", source: "reports", receivedAt: noon }).decisions).toMatchObject([
      { rule: "missed-while-away", word: "raised" },
    ]);
  });

  test("is not used up by SYSTEM events", () => {
    const history = new Deciding();
    for (let rule = 0; rule < 9; rule++)
      history.show({ kind: "rule-slow", rule: `rule-${rule}`, tookMs: 99, receivedAt: noon });
    expect(history.show(crowd(noon, "one")).raised).toHaveLength(3);
  });

  test("says at the window's end what overflowed, once", () => {
    const history = new Deciding();
    history.show(crowd(noon, "one"));
    history.show(crowd(noon, "two"));
    expect(history.tick(noon + 5 * minutes).raised).toMatchObject([
      { rule: "cap-overflow", details: { overflow: 5, raised: 3 } },
    ]);
    expect(history.tick(noon + 6 * minutes).raised).toEqual([]);
  });

  test("takes the most deserving of one report first, whatever their order", () => {
    const history = new Deciding();
    const scores = [70, 99, 76, 90, 86];
    const { raised } = history.show(
      reportOf({
        receivedAt: noon,
        signals: scores.map((score) => signalOf({ observedAt: noon, symbol: `A${score}`, score })),
      }),
    );
    expect(raised.map(({ symbol }) => symbol)).toEqual(["A99", "A90", "A86"]);
  });
});
