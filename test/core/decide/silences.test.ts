import { describe, expect, test } from "bun:test";
import type { Alert } from "../../../src/core/alert";
import type { Matcher } from "../../../src/core/matcher";
import type { SilenceTerms } from "../../../src/core/silence";
import { Deciding, hours, minutes, noon, seconds, usualSettings } from "../../support/deciding";
import { reportOf, signalOf } from "../../support/observations";

/** What people mute at run time: what it hides, and when it ends. */

const ofBtc: Matcher[] = [{ name: "symbol", op: "=", value: "BTCUSDT" }];
const ofFolder: Matcher[] = [{ name: "rule", op: "=~", value: "source-.*" }];

function add(
  history: Deciding,
  at: number,
  given: Partial<SilenceTerms> = {},
  untilAlert: Alert | null = null,
): number {
  const seq = history.nextSeq;
  const usual = {
    match: ofBtc,
    comment: "",
    endsAt: at + 2 * hours,
    untilAlertSeq: untilAlert?.seq ?? null,
    includeHigh: false,
  };
  history.show({
    kind: "silence",
    act: "add",
    by: "ada",
    from: "test",
    receivedAt: at,
    terms: { ...usual, ...given },
    untilAlert,
  });
  return seq;
}

function report(history: Deciding, at: number, strength = 80) {
  const signals = [signalOf({ observedAt: at, score: strength, strength })];
  return history.show(reportOf({ receivedAt: at, file: `${at}.json`, signals }));
}

const wordsOf = ({ decisions }: { decisions: readonly { word: string }[] }) => decisions.map(({ word }) => word);

const silencing = (silence: object) =>
  new Deciding(usualSettings({ silences: [{ match: ofBtc, until: noon + hours, why: "quiet", ...silence }] }));

const lose = (history: Deciding, receivedAt: number) =>
  history.show({ kind: "source-unreachable", source: "reports", why: "no such folder", receivedAt });
const regain = (history: Deciding, receivedAt: number) =>
  history.show({ kind: "source-watched", source: "reports", receivedAt });

const held = (history: Deciding) => [...history.state.entries("silence")].map(([key]) => Number(key));

describe("a silence", () => {
  test("hides what matches and counts it, but for high unless that is said", () => {
    const history = new Deciding();
    const seq = add(history, noon);
    expect(wordsOf(report(history, noon + minutes))).toEqual(["silenced"]);
    expect(wordsOf(report(history, noon + 2 * minutes, 90))).toEqual(["raised"]);
    expect(history.state.get("silence", String(seq))).toMatchObject({ hidden: 1, hiddenHigh: 0 });
    const all = new Deciding();
    const second = add(all, noon, { includeHigh: true });
    expect(wordsOf(report(all, noon + 2 * minutes, 90))).toEqual(["silenced"]);
    expect(all.state.get("silence", String(second))).toMatchObject({ hidden: 1, hiddenHigh: 1 });
  });

  test("of the config hides high in its old form, and by matchers only where that is said", () => {
    expect(wordsOf(report(silencing({}), noon, 80))).toEqual(["silenced"]);
    expect(wordsOf(report(silencing({}), noon, 90))).toEqual(["raised"]);
    expect(wordsOf(report(silencing({ includeHigh: true }), noon, 90))).toEqual(["silenced"]);
    expect(wordsOf(report(silencing({ match: { symbol: "BTCUSDT" } }), noon, 90))).toEqual(["silenced"]);
  });

  test("ends at its time, and what it held back is raised then", () => {
    const history = new Deciding();
    const seq = add(history, noon, { match: ofFolder, includeHigh: true, endsAt: noon + 20 * minutes });
    lose(history, noon);
    history.tick(noon + minutes);
    expect(history.tick(noon + 20 * minutes - seconds).silences).toMatchObject([{ seq, ended: null, news: false }]);
    const { silences, raised } = history.tick(noon + 20 * minutes);
    expect(silences).toMatchObject([{ seq, ended: { reason: "time" }, news: true }]);
    expect(raised).toMatchObject([{ rule: "source-unreachable" }]);
  });

  test("ends when its alert resolves; one that has ended ends none", () => {
    const history = new Deciding();
    lose(history, noon);
    const [alert] = history.tick(noon + minutes).raised;
    if (!alert) throw new Error("nothing was raised");
    const seq = add(history, noon + minutes, { endsAt: null }, alert);
    expect(history.tick(noon + 30 * hours).silences).toEqual([]);
    expect(regain(history, noon + 31 * hours)).toMatchObject({
      changed: [{ seq: alert.seq, state: "resolved" }],
      silences: [{ seq, ended: { reason: "resolved" } }],
    });
    add(history, noon + 32 * hours, { endsAt: null }, alert);
    expect(history.all.at(-1)).toMatchObject({ silenceOutcome: "alert-ended", silences: [] });
  });

  test("without an end holds while it hides something, and ends after a day unused", () => {
    const history = new Deciding();
    const seq = add(history, noon, { endsAt: null });
    report(history, noon + 20 * hours);
    expect(history.tick(noon + 44 * hours - seconds).silences).toEqual([]);
    expect(history.tick(noon + 44 * hours).silences).toMatchObject([{ seq, ended: { reason: "unused" } }]);
    const state = new Deciding();
    add(state, noon, { endsAt: null, match: ofFolder, includeHigh: true });
    lose(state, noon);
    state.tick(noon + minutes);
    expect(state.tick(noon + 100 * hours).silences).toEqual([]);
    regain(state, noon + 101 * hours);
    expect(state.tick(noon + 101 * hours).silences).toMatchObject([{ ended: { reason: "unused" } }]);
  });

  test("announces its end 10 minutes before while it hides something, once for each end", () => {
    const history = new Deciding();
    const seq = add(history, noon);
    expect(history.tick(noon + 115 * minutes).raised).toEqual([]);
    report(history, noon + 116 * minutes);
    const { raised } = history.tick(noon + 117 * minutes);
    expect(raised).toMatchObject([
      {
        type: "SYSTEM",
        kind: "event",
        rule: "silence-ending",
        message: "The silence of symbol=BTCUSDT ends in 3 min; it has hidden 1 alert",
      },
    ]);
    expect(history.tick(noon + 118 * minutes).raised).toEqual([]);
    const terms = { match: ofBtc, comment: "", endsAt: noon + 4 * hours, untilAlertSeq: null, includeHigh: false };
    const change = { kind: "silence", act: "change", silence: seq, by: "bo", from: "test", untilAlert: null } as const;
    history.show({ ...change, terms, receivedAt: noon + 118 * minutes });
    expect(history.state.get("silence", String(seq))).toMatchObject({ hidden: 1, by: "ada" });
    expect(history.tick(noon + 119 * minutes).raised).toEqual([]);
    expect(history.tick(noon + 230 * minutes).raised).toMatchObject([{ rule: "silence-ending" }]);
  });

  test("of everything still announces its end; one made for less than that does not", () => {
    const everything: Matcher[] = [{ name: "type", op: "!=", value: "" }];
    const history = new Deciding();
    add(history, noon, { match: everything, includeHigh: true, endsAt: noon + hours });
    report(history, noon + minutes);
    expect(history.tick(noon + 50 * minutes).raised).toMatchObject([{ rule: "silence-ending" }]);
    const short = new Deciding();
    add(short, noon, { endsAt: noon + 5 * minutes });
    report(short, noon + minutes);
    expect(short.tick(noon + 4 * minutes).raised).toEqual([]);
  });

  test("is ended by hand, and then no more", () => {
    const history = new Deciding();
    const seq = add(history, noon);
    const end = { kind: "silence", act: "end", silence: seq, by: "bo", from: "test", receivedAt: noon } as const;
    expect(history.show(end)).toMatchObject({ silenceOutcome: "done", silences: [{ ended: { reason: "by-hand" } }] });
    expect(history.show(end)).toMatchObject({ silenceOutcome: "ended", silences: [] });
    expect(held(history)).toEqual([]);
    expect(wordsOf(report(history, noon + minutes))).toEqual(["raised"]);
  });
});
