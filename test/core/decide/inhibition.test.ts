import { expect, test } from "bun:test";
import { settingsOf } from "../../../src/config/effective";
import { configSchema } from "../../../src/config/schema";
import type { Matcher } from "../../../src/core/matcher";
import { Deciding, minutes, noon, seconds, usualSettings } from "../../support/deciding";
import { reportOf, signalOf } from "../../support/observations";

/** What holds mutes what it explains, as the config or the defaults say. */

const wordsOf = ({ decisions }: { decisions: readonly { rule: string; word: string }[] }) =>
  decisions.map(({ rule, word }) => [rule, word]);

const fail = (history: Deciding, scanner: string, receivedAt: number, failing: string | null = "no answer") =>
  history.show({ kind: "scanner-fared", scanner, failing, receivedAt });

test("a market that cannot be read explains the candles of the same exchange, and is decided again once it can", () => {
  const history = new Deciding();
  expect(wordsOf(fail(history, "market:bybit", noon))).toEqual([["scanner-failing", "raised"]]);
  const held = fail(history, "candles:bybit", noon + seconds);
  expect(wordsOf(held)).toEqual([["scanner-failing", "inhibited"]]);
  expect(held.decisions[0]?.checks[0]?.note).toBe("explained by scanner-failing");
  expect(wordsOf(fail(history, "candles:binance", noon + seconds))).toEqual([["scanner-failing", "raised"]]);
  expect(wordsOf(fail(history, "candles:bybit", noon + 2 * seconds))).toEqual([]);
  fail(history, "market:bybit", noon + minutes, null);
  expect(wordsOf(fail(history, "candles:bybit", noon + minutes))).toEqual([["scanner-failing", "raised"]]);
});

test.each([
  ["disk", 99, "backup", 999_999],
  ["lag", 5, "slow_answers", 9],
] as const)("pressure of %s explains that of %s", (first, much, then, tooMuch) => {
  const host = { disk: 90, lag: 1, backup: 60, slow_answers: 2 };
  const limits = Object.fromEntries(Object.entries(host).map(([name, above]) => [name, { above, forMs: 0 }]));
  const history = new Deciding(usualSettings({ host: limits }));
  const measure = (readings: object) => history.show({ kind: "host-measured", readings, receivedAt: noon });
  expect(wordsOf(measure({ [first]: much }))).toEqual([["host-pressure", "raised"]]);
  expect(wordsOf(measure({ [then]: tooMuch }))).toEqual([["host-pressure", "inhibited"]]);
});

test("one does not explain itself, and a resolved one explains as long as its condition goes on", () => {
  const everything: Matcher[] = [{ name: "type", op: "=", value: "SYSTEM" }];
  const history = new Deciding(
    usualSettings({ inhibit: [{ source: everything, target: everything, equal: ["rule"] }] }),
  );
  const until = noon - minutes;
  const silences = [{ match: { rule: "scanner-failing" }, until, why: "mended soon" }];
  history.settings = { ...history.settings, silences };
  expect(wordsOf(fail(history, "market:bybit", until - 1))).toEqual([["scanner-failing", "silenced"]]);
  const [alert] = fail(history, "market:bybit", noon).raised;
  if (!alert) throw new Error("it explained itself");
  const act = { kind: "act", by: "ada", from: "test", note: null, until: null, value: null } as const;
  history.show({ ...act, act: "resolve", alerts: [alert], receivedAt: noon });
  expect(wordsOf(fail(history, "figures", noon + seconds))).toEqual([["scanner-failing", "inhibited"]]);
});

test("what the config says takes the place of the defaults", () => {
  const inhibit = [
    {
      source: [{ name: "rule", op: "=", value: "source-unreachable" }],
      target: [{ name: "type", op: "=", value: "SIGNAL" }],
      equal: ["source"],
    },
  ];
  const settings = settingsOf(configSchema.parse({ inhibit }), {}, [{ kind: "reports", name: "reports" }]);
  const history = new Deciding(settings);
  history.show({ kind: "source-unreachable", source: "reports", why: "gone", receivedAt: noon });
  history.tick(noon + minutes);
  const signals = [signalOf({ observedAt: noon + minutes })];
  expect(wordsOf(history.show(reportOf({ receivedAt: noon + minutes, signals })))).toEqual([
    ["strong-signal", "inhibited"],
  ]);
  const other = reportOf({ receivedAt: noon + minutes, source: "other", signals });
  expect(wordsOf(history.show(other))).toEqual([["strong-signal", "raised"]]);
  fail(history, "market:bybit", noon + minutes);
  expect(wordsOf(fail(history, "candles:bybit", noon + minutes))).toEqual([["scanner-failing", "raised"]]);
  expect(configSchema.safeParse({ inhibit: [{ ...inhibit[0], equal: ["colour"] }] }).success).toBe(false);
});

test("a condition that an earlier version kept is known by its fingerprint", () => {
  const history = new Deciding();
  history.show({ kind: "source-unreachable", source: "reports", why: "gone", receivedAt: noon });
  history.tick(noon + minutes);
  for (const [, condition] of history.state.entries("condition")) {
    expect(condition.alert).toMatchObject({ rule: "source-unreachable", source: "reports" });
    delete (condition as { alert?: object }).alert;
  }
  expect(history.conditions).toEqual(["source-unreachable reports"]);
  const inhibit = [
    {
      source: [{ name: "rule", op: "=" as const, value: "source-unreachable" }],
      target: [{ name: "symbol", op: "=" as const, value: "BTCUSDT" }],
      equal: ["source"],
    },
  ];
  history.settings = usualSettings({ inhibit });
  const signals = [signalOf({ observedAt: noon + minutes })];
  const report = reportOf({ receivedAt: noon + minutes, signals });
  expect(wordsOf(history.show(report))).toEqual([["strong-signal", "inhibited"]]);
});

test("an alert about a signal keeps its strategy, for matchers", () => {
  const history = new Deciding();
  const signals = [signalOf({ observedAt: noon, strategy: "trend" })];
  expect(history.show(reportOf({ receivedAt: noon, signals })).raised).toMatchObject([
    { details: { strategy: "trend" } },
  ]);
  const before = new Deciding(usualSettings({ edition: 1 }));
  expect(before.show(reportOf({ receivedAt: noon, signals })).raised[0]?.details).not.toHaveProperty("strategy");
});
