import { describe, expect, test } from "bun:test";
import { calendarsSchema, hours as hoursOf } from "../../../../src/config/calendars";
import { neverOpen } from "../../../../src/core/calendar/calendar";
import { cadenceOf } from "../../../../src/core/decide/rules/source-silent";
import type { MarketFinding } from "../../../../src/core/overview/market-finding";
import type { HostReading, ReportObserved, Unsequenced } from "../../../../src/core/observation";
import type { Opportunity } from "../../../../src/core/opportunity";
import type { Settings } from "../../../../src/core/settings";
import type { Signal } from "../../../../src/core/signal";
import { Deciding, hours, minutes, noon, seconds, usualSettings } from "../../../support/deciding";
import { reportOf, signalOf } from "../../../support/observations";

/** What each rule raises, and where it does not. */

const refusal = { reason: "not-json", detail: "no JSON", element: null, observedAt: null, zoneAssumed: false } as const;

function reportWith(
  signal: Partial<Signal>,
  more: Partial<Unsequenced<ReportObserved>> = {},
): Unsequenced<ReportObserved> {
  const receivedAt = more.receivedAt ?? noon;
  return reportOf({ receivedAt, signals: [signalOf({ observedAt: receivedAt, ...signal })], ...more });
}

const rulesOf = (history: Deciding) => history.all.flatMap(({ raised }) => raised).map(({ rule }) => rule);
const words = (history: Deciding) => history.all.flatMap(({ decisions }) => decisions).map(({ word }) => word);

describe("strong-signal", () => {
  test.each([
    ["strong enough", { score: 65, strength: 65 }, "raised", "low"],
    ["a little too weak", { score: 64.9, strength: 64.9 }, "below-threshold", "low"],
    ["medium", { score: 75, strength: 75 }, "raised", "medium"],
    ["high", { score: 85, strength: 85 }, "raised", "high"],
    ["a short of a low score", { direction: "short", score: 10 }, "raised", "high"],
    ["neutral", { direction: "neutral", score: 99, strength: 99 }, "below-threshold", "high"],
    ["an exit", { direction: "exit", score: null, strength: null }, "unscored", "low"],
    ["reliable enough", { reliability: 0.75 }, "raised", "medium"],
    ["not reliable enough", { reliability: 0.749 }, "unreliable", "medium"],
    ["of unknown reliability", { reliability: null }, "raised", "medium"],
    ["fresh to the last moment", { observedAt: noon - 15 * minutes }, "raised", "medium"],
    ["late by a moment", { observedAt: noon - 15 * minutes - 1 }, "late", "medium"],
    ["expired when it was read", { expiresAt: noon }, "late", "medium"],
    ["to expire in a moment", { expiresAt: noon + 1 }, "raised", "medium"],
    ["undated, seen arriving", { datedBy: "mtime", observedAt: noon - 9 * hours }, "raised", "medium"],
  ] as const)("%s", (_what, signal, word, priority) => {
    const history = new Deciding();
    expect(history.show(reportWith(signal)).decisions).toMatchObject([{ rule: "strong-signal", word, priority }]);
  });

  test.each([
    [{ minScore: 90 }, "below-threshold"],
    [{ minReliability: 0.95 }, "unreliable"],
    [{ freshForMs: 0 }, "late"],
  ] as const)("a source's own %p counts", (own, word) => {
    const usual = usualSettings();
    const history = new Deciding({ ...usual, sources: { reports: { ...usual.defaults, ...own } } });
    expect(
      history.show(reportWith({ reliability: 0.9, observedAt: noon - 1 })).decisions.map((each) => each.word),
    ).toEqual([word]);
  });

  test("revised, it is raised again only where its priority rises", () => {
    const history = new Deciding();
    for (const [index, score] of [80, 70, 90, 86].entries())
      history.show(reportWith({ signalId: "one", score }, { file: `${index}.json` }));
    expect(words(history)).toEqual(["raised", "duplicate", "raised", "duplicate"]);
  });

  test("the same content from another place is a duplicate", () => {
    expect(new Deciding().show(reportWith({}, { known: true })).decisions.map(({ word }) => word)).toEqual([
      "duplicate",
    ]);
  });
});

describe("opportunity", () => {
  const opportunity: Opportunity = {
    symbol: "ETHUSDT",
    pattern: "beta_expansion",
    confidence: 0.8,
    alphaPotential: null,
    riskLevel: "Medium",
    observedAt: noon,
    datedBy: "body",
    timeframes: {},
    insight: null,
    action: null,
    expectedDuration: null,
    entryConditions: [],
    exitConditions: [],
  };
  test.each([
    [{}, "raised", "medium"],
    [{ confidence: 0.75 }, "raised", "medium"],
    [{ confidence: 0.749 }, "below-threshold", "low"],
    [{ confidence: 0.85 }, "raised", "high"],
    [{ confidence: null }, "unscored", "low"],
    [{ riskLevel: "High" }, "below-threshold", "medium"],
    [{ riskLevel: "Low" }, "raised", "medium"],
    [{ riskLevel: null }, "raised", "medium"],
    [{ observedAt: noon - 16 * minutes }, "late", "medium"],
  ] as const)("%p", (given, word, priority) => {
    const { decisions } = new Deciding().show(
      reportOf({ receivedAt: noon, opportunities: [{ ...opportunity, ...given }] }),
    );
    expect(decisions).toMatchObject([{ rule: "opportunity", subjectKind: "opportunity", word, priority }]);
  });

  test("a confidence is in percent in each of its checks", () => {
    const { decisions } = new Deciding().show(
      reportOf({ receivedAt: noon, opportunities: [{ ...opportunity, confidence: 0.8208 }] }),
    );
    const measured = decisions[0]?.checks.filter(({ value }) => value !== null) ?? [];
    expect(measured.map(({ word, value }) => `${word} ${value}`)).toContain("unscored 82.1 %");
  });
});

describe("findings in the market", () => {
  test.each([
    ["regime-change", "medium"],
    ["volatility-jump", "medium"],
    ["volume-spike", "low"],
    ["exchange-spread", "low"],
    ["funding-extreme", "low"],
  ] as const)("%s is %s, and cools down by name, symbol and exchange", (name, priority) => {
    const finding: MarketFinding = {
      name,
      symbol: "BTCUSDT",
      exchange: "bybit",
      observedAt: noon,
      message: "m",
      why: [{ name: "spread", value: 2, limit: 1 }],
    };
    const history = new Deciding();
    const scan = (findings: readonly MarketFinding[]) =>
      history.show({
        kind: "scan",
        scanner: "market:bybit",
        source: "bybit",
        receivedAt: noon,
        opportunities: [],
        market: null,
        findings,
      });
    expect(scan([finding]).raised).toMatchObject([
      {
        type: "MARKET",
        kind: "event",
        priority,
        source: "bybit",
        details: { spread: 2, "spread limit": 1 },
        subjectSeq: null,
        subjectKind: null,
      },
    ]);
    expect(
      scan([finding, { ...finding, symbol: "ETHUSDT" }, { ...finding, exchange: "binance" }]).decisions.map(
        ({ word }) => word,
      ),
    ).toEqual(["cooldown", "raised", "raised"]);
  });
});

describe("source-unreachable", () => {
  test("a folder is away for 30 s before it is said, and why", () => {
    const history = new Deciding();
    history.show({ kind: "source-unreachable", source: "reports", why: "no such folder", receivedAt: noon });
    expect(history.tick(noon + 30 * seconds - 1).raised).toEqual([]);
    expect(history.tick(noon + 30 * seconds).raised).toMatchObject([
      { priority: "high", source: "reports", details: { why: "no such folder" } },
    ]);
  });

  test("reported again with another reason it is away since the first", () => {
    const history = new Deciding();
    history.show({ kind: "source-unreachable", source: "reports", why: "one", receivedAt: noon });
    history.show({ kind: "source-unreachable", source: "reports", why: "two", receivedAt: noon + 20 * seconds });
    expect(history.tick(noon + 30 * seconds).raised).toMatchObject([{ details: { since: noon, why: "two" } }]);
  });
});

const watched = (expectEveryMs: number | null) => {
  const usual = usualSettings();
  const history = new Deciding({ ...usual, sources: { reports: { ...usual.defaults, expectEveryMs } } });
  history.show({ kind: "source-watched", source: "reports", receivedAt: noon });
  return history;
};

const speak = (history: Deciding, at: number) =>
  history.show(reportWith({ symbol: `A${at}` }, { receivedAt: at, file: `${at}.json`, modifiedAt: at }));

describe("source-silent", () => {
  test("by its own word on how often it speaks", () => {
    const history = watched(10 * minutes);
    speak(history, noon);
    expect(history.tick(noon + 10 * minutes).raised).toEqual([]);
    expect(history.tick(noon + 10 * minutes + 1).raised).toMatchObject([{ rule: "source-silent", priority: "high" }]);
    expect(speak(history, noon + 11 * minutes).changed).toMatchObject([
      { state: "resolved", reason: "condition-over" },
    ]);
  });

  test("learned from 20 gaps, and never within a quarter of an hour", () => {
    const history = watched(null);
    for (let minute = 0; minute < 20; minute++) speak(history, noon + minute * minutes);
    history.tick(noon + 19 * minutes + 9 * hours);
    expect(rulesOf(history)).not.toContain("source-silent");
    const learned = watched(null);
    for (let minute = 0; minute <= 20; minute++) speak(learned, noon + minute * minutes);
    learned.tick(noon + 35 * minutes);
    expect(rulesOf(learned)).not.toContain("source-silent");
    learned.tick(noon + 35 * minutes + 1);
    expect(rulesOf(learned)).toContain("source-silent");
  });

  test("outside its calendar's hours and under maintenance nothing is expected of it", () => {
    const office = calendarsSchema.parse({ office: hoursOf("09:00-17:00", "UTC", { days: "mon-fri" }) });
    const maintenance = calendarsSchema.parse({
      maintenance: [{ from: "2026-03-03T09:00:00Z", to: "2026-03-03T10:00:00Z", why: "a new disk" }],
    });
    const history = watched(60 * minutes);
    const sources = { reports: { ...usualSettings().defaults, expectEveryMs: 60 * minutes, calendar: "office" } };
    history.settings = { ...history.settings, sources, calendars: { ...office, ...maintenance } };
    speak(history, noon + 4.5 * hours);
    // Half an hour until it closes, an hour of maintenance after it opens, half an hour more.
    expect(history.tick(noon + 15 * hours).raised).toEqual([]);
    expect(history.tick(noon + 22.5 * hours).raised).toEqual([]);
    expect(history.tick(noon + 22.5 * hours + 1).raised).toMatchObject([{ rule: "source-silent" }]);
    expect(history.tick(noon + 40 * hours).changed).toMatchObject([{ seq: 3, state: "expired" }]);
    history.settings = { ...history.settings, calendars: { office: neverOpen } };
    expect(history.tick(noon + 40 * hours).changed).toMatchObject([{ reason: "condition-over" }]);
  });

  test("its cadence is learned inside its hours", () => {
    const office = calendarsSchema.parse({ office: hoursOf("09:00-17:00", "UTC") });
    const history = watched(null);
    const sources = { reports: { ...usualSettings().defaults, calendar: "office" } };
    history.settings = { ...history.settings, sources, calendars: office };
    for (let day = 0; day < 8; day++)
      for (const hour of [-2.5, 1, 4.5]) speak(history, noon + (24 * day + hour) * hours);
    expect(cadenceOf(history.state, history.settings, "reports")).toMatchObject({
      kind: "learned",
      everyMs: 3.5 * hours,
    });
  });

  test("without any report yet, it is not silent", () => {
    expect(watched(minutes).tick(noon + 9 * hours).raised).toEqual([]);
  });
});

const refuse = (history: Deciding, file: number, at: number) =>
  history.show(reportOf({ receivedAt: at, file: `${file}.json`, refusals: [refusal] }));

describe("reports-refused", () => {
  test("five within ten minutes, and over when they are older", () => {
    const history = new Deciding();
    for (let file = 0; file < 4; file++) refuse(history, file, noon + file * minutes);
    expect(rulesOf(history)).toEqual([]);
    refuse(history, 4, noon + 4 * minutes);
    expect(rulesOf(history)).toEqual(["reports-refused"]);
    expect(history.tick(noon + 10 * minutes - 1).changed).toEqual([]);
    expect(history.tick(noon + 10 * minutes).changed).toHaveLength(1);
  });

  test("the same file refused again and again is one", () => {
    const history = new Deciding();
    for (let time = 0; time < 9; time++) refuse(history, 1, noon + time * seconds);
    expect(rulesOf(history)).toEqual([]);
  });

  test.each([
    [10, 0],
    [11, 1],
  ])("%d of the last 50, long after one another, raise %d", (refused, raised) => {
    const history = new Deciding();
    for (let file = 0; file < 50; file++) {
      const at = noon + file * 20 * minutes;
      if (file < refused) refuse(history, file, at);
      else history.show(reportOf({ receivedAt: at, file: `${file}.json` }));
    }
    expect(rulesOf(history)).toHaveLength(raised);
  });
});

const writing = (offsets: readonly number[]) => {
  const history = new Deciding();
  for (const [index, offset] of offsets.entries())
    history.show(
      reportWith({ symbol: `A${index}`, observedAt: noon + offset, zoneAssumed: true }, { file: `${index}.json` }),
    );
  return rulesOf(history).filter((rule) => rule === "clock-offset").length;
};

describe("clock-offset", () => {
  test.each([
    ["five an hour off", [-hours, -hours, -hours, -hours, -hours], 1],
    ["four", [-hours, -hours, -hours, -hours], 0],
    ["five, one of another offset among them", [-hours, -hours, -2 * hours, -hours, -hours], 0],
    ["five on time", [0, 0, 0, 0, 0], 0],
    ["five late by what is no quarter of an hour", [-8, -8, -8, -8, -8].map((each) => each * minutes), 0],
    ["five near a quarter of an hour", [-14, -15, -16, -15, -15].map((each) => each * minutes), 1],
  ] as const)("%s", (_what, offsets, raised) => {
    expect(writing(offsets)).toBe(raised);
  });
});

const away = () => {
  const history = new Deciding();
  history.show({ kind: "source-watched", source: "reports", receivedAt: noon - 9 * hours });
  history.show({ kind: "source-watched", source: "reports", receivedAt: noon });
  return history;
};

describe("missed-while-away", () => {
  test("counts what only its lateness held back, and says so once", () => {
    const history = away();
    const late = (symbol: string, more: Partial<Signal> = {}, observedAt = noon - hours) =>
      history.show(reportWith({ symbol, observedAt, ...more }, { backlog: true, file: `${symbol}${observedAt}.json` }));
    late("AUSDT", { score: 95 });
    late("BUSDT");
    late("CUSDT", { score: 50 });
    late("AUSDT", { score: 96 }, noon - hours + minutes);
    const { raised } = history.show({ kind: "source-caught-up", source: "reports", receivedAt: noon });
    expect(raised).toMatchObject([
      { rule: "missed-while-away", kind: "event", priority: "high", details: { count: 2, high: 1, medium: 1 } },
    ]);
    expect(history.show({ kind: "source-caught-up", source: "reports", receivedAt: noon }).raised).toEqual([]);
  });

  test("nothing was missed, nothing is said", () => {
    expect(away().show({ kind: "source-caught-up", source: "reports", receivedAt: noon }).raised).toEqual([]);
  });

  test("the first time it is watched there was no time away", () => {
    const history = new Deciding();
    history.show({ kind: "source-watched", source: "reports", receivedAt: noon });
    history.show(reportWith({ observedAt: noon - hours }, { backlog: true }));
    expect(history.show({ kind: "source-caught-up", source: "reports", receivedAt: noon }).raised).toEqual([]);
  });
});

describe("scanner-failing", () => {
  test("stands until it works again", () => {
    const history = new Deciding();
    const results = (failing: string | null) =>
      history.show({ kind: "scanner-fared", scanner: "alpha", failing, receivedAt: noon });
    expect(results("no answer").raised).toMatchObject([
      { rule: "scanner-failing", priority: "medium", details: { why: "no answer" } },
    ]);
    expect(results("no answer").raised).toEqual([]);
    expect(results(null).changed).toMatchObject([{ state: "resolved" }]);
    expect(results(null).changed).toEqual([]);
  });
});

describe("exchange-clock", () => {
  test("from ten seconds on, either way, until it is nearer", () => {
    const history = new Deciding();
    const read = (aheadMs: number) =>
      history.show({ kind: "exchange-clock", exchange: "bybit", aheadMs, receivedAt: noon });
    expect(read(9000).raised).toEqual([]);
    expect(read(-300_000).raised).toMatchObject([
      {
        rule: "exchange-clock",
        priority: "medium",
        message:
          "The clock here is 5 min behind bybit's: set it by a time server; until then the market is read by the exchange's clock",
        details: { aheadSeconds: -300, limitSeconds: 10 },
      },
    ]);
    expect(read(12_000).raised).toEqual([]);
    expect(read(0).changed).toMatchObject([{ state: "resolved", reason: "condition-over" }]);
  });
});

const measure = (history: Deciding, at: number, readings: Partial<Record<HostReading, number>>) =>
  history.show({ kind: "host-measured", readings, receivedAt: noon + at });

describe("host-pressure", () => {
  const host: Settings["host"] = {
    memory: { above: 90, forMs: minutes },
    disk: { above: 90, forMs: 0 },
    clock: { above: 60, forMs: 0 },
  };

  test("over its limit for as long as it must be, and over when it is not", () => {
    const history = new Deciding(usualSettings({ host }));
    expect(measure(history, 0, { memory: 91 }).raised).toEqual([]);
    expect(measure(history, minutes - 1, { memory: 91 }).raised).toEqual([]);
    expect(measure(history, minutes, { memory: 91 }).raised).toMatchObject([
      { rule: "host-pressure", priority: "medium", details: { value: 91, above: 90, heldMs: minutes } },
    ]);
    expect(measure(history, minutes, { memory: 90 }).changed).toMatchObject([{ reason: "condition-over" }]);
  });

  test("a blip raises nothing", () => {
    const history = new Deciding(usualSettings({ host }));
    for (const [at, memory] of [
      [0, 91],
      [30 * seconds, 50],
      [minutes, 91],
    ] as const)
      measure(history, at, { memory });
    expect(rulesOf(history)).toEqual([]);
  });

  test("the disk is high; a clock set back counts as one set forward; what has no limit raises nothing", () => {
    const history = new Deciding(usualSettings({ host }));
    expect(
      measure(history, 0, { disk: 91, clock: -61, cpu: 100 }).raised.map(({ priority, details }) => [
        priority,
        details["value"],
      ]),
    ).toEqual([
      ["high", 91],
      ["medium", -61],
    ]);
  });

  test.each([
    ["clock_ahead", 1576, 900, "26 min, over 15 min"],
    ["clock_ahead", 500 * 86_400, 86_400, "500 d, over 24 h"],
    ["clock", -7200, 60, "-2 h, over 60 s"],
    ["backup", 200_000, 172_800, "2 d 7 h, over 2 d"],
    ["lag", 0.3512, 0.25, "0.35 s, over 0.25 s"],
    ["slow_answers", 12.4, 2, "12 s, over 2 s"],
    ["database", 5_234_567_890, 500_000_000, "5.2 GB, over 500 MB"],
    ["memory", 91.234, 90, "91.23 %, over 90 %"],
  ] as const)("%s of %d is said in units people use", (name, value, above, words) => {
    const { raised } = measure(new Deciding(usualSettings({ host: { [name]: { above, forMs: 0 } } })), 0, {
      [name]: value,
    });
    expect(raised.map(({ message }) => message.split(/: | jumped: /).at(-1))).toEqual([words]);
    expect(raised[0]?.details["value"]).toBe(Math.round(value * 100) / 100);
  });
});

describe("housekeeping", () => {
  test("once an hour cooldowns of more than a day ago are forgotten, and no others", () => {
    const history = new Deciding();
    history.show(reportWith({ symbol: "AUSDT" }));
    history.show(reportWith({ symbol: "BUSDT" }, { receivedAt: noon + hours, file: "b.json" }));
    history.tick(noon + 24.5 * hours);
    expect([...history.state.entries("cooldown")]).toHaveLength(1);
    history.tick(noon + 25.4 * hours);
    expect([...history.state.entries("cooldown")]).toHaveLength(1);
    history.tick(noon + 25.5 * hours);
    expect([...history.state.entries("cooldown")]).toHaveLength(0);
  });
});

test("a rule that dawdles is said as a SYSTEM event", () => {
  const { raised } = new Deciding().show({ kind: "rule-slow", rule: "mine", tookMs: 99, receivedAt: noon });
  expect(raised).toMatchObject([
    { type: "SYSTEM", kind: "event", rule: "rule-slow", priority: "low", details: { tookMs: 99 } },
  ]);
});
