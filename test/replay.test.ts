import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Observation } from "../src/core/observation";
import { Replay, replay } from "../src/replay";
import { Deciding, minutes, noon, usualSettings } from "./support/deciding";
import { reportOf, signalOf } from "./support/observations";

const source = join(import.meta.dir, "../src");

/** One report with one signal, observed and received at this time. */
const report = (symbol: string, at: number) =>
  reportOf({ receivedAt: at, file: `${symbol}-${at}.json`, signals: [signalOf({ symbol, observedAt: at })] });

test("what was decided live is decided again, and leads to the same state", () => {
  const live = new Deciding();
  const history: Observation[] = [];
  for (const [index, symbol] of ["BTCUSDT", "BTCUSDT", "ETHUSDT"].entries()) {
    const observed = report(symbol, noon + index * minutes);
    history.push({ ...observed, seq: live.nextSeq });
    live.show(observed);
  }
  const words: string[][] = [];
  const state = replay(
    history,
    () => live.settings,
    (_, { decisions }) => words.push(decisions.map(({ word }) => word)),
  );
  expect(words).toEqual([["raised"], ["cooldown"], ["raised"]]);
  for (const kind of ["cooldown", "cap", "open", "identity"] as const) {
    expect([...state.entries(kind)]).toEqual([...live.state.entries(kind)]);
  }
});

test("a cap window that overflows only under other settings is closed at its end, though no tick was kept", () => {
  const usual = usualSettings();
  const other = new Replay(() => ({ ...usual, sources: {}, defaults: { ...usual.defaults, maxAlerts: 1 } }));
  const show = (symbol: string, at: number, seq: number) =>
    other.showUnderOtherSettings({ ...report(symbol, at), seq }).map(({ raised }) => raised.map(({ rule }) => rule));
  expect(show("BTCUSDT", noon, 1)).toEqual([["strong-signal"]]);
  expect(show("ETHUSDT", noon + 1000, 10)).toEqual([[]]);
  expect(show("SOLUSDT", noon + 30 * minutes, 20)).toEqual([["cap-overflow"], ["strong-signal"]]);
});

test("history is replayed in one place: besides it, the writer decides what comes and the dry run what might", () => {
  const deciding = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.startsWith("core/"))
    .filter((path) => /\bdecide\(/.test(readFileSync(join(source, path), "utf8")));
  expect(deciding.toSorted()).toEqual(["commands/read/dry-run.ts", "replay.ts", "writer.ts"]);
});
