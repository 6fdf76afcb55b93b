import { expect, setDefaultTimeout, test } from "bun:test";
import type { AlertGroups } from "../../src/views/alerts";
import type { DecisionCounts } from "../../src/views/decisions";
import type { ListOf } from "../../src/views/page";
import type { Preview } from "../../src/views/preview";
import type { HealthShape } from "../../src/views/health";
import type { QuarantineShape } from "../../src/views/quarantine";
import type { SignalShape } from "../../src/views/signals";
import type { SourceDetail } from "../../src/views/sources";
import type { SymbolsShape } from "../../src/views/symbols";
import type { SignalDetail } from "../../src/views/trace";
import { aReport, aSignal } from "../support/reports";
import { Story } from "../support/story";

setDefaultTimeout(30_000);

const parts = (orderflow: number, volume: number | null) => ({
  more: { components: { orderflow, ...(volume === null ? {} : { volume }) } },
});

test("decisions are counted by word, repeated alerts stand together", async () => {
  await using story = await Story.begin({
    config: "export default { monitoring: { max_alerts: 100, alert_cooldown: 10 } };",
  });
  await story.at("0m").report(aSignal({ strength: 80 }));
  await story.at("1m").report(aSignal({ strength: 81 }));
  await story.at("2m").report(aSignal({ symbol: "ETHUSDT", strength: 50 }));
  await story.at("20m").report(aSignal({ strength: 82 }));
  const counts = await story.get<DecisionCounts>("/api/decisions/counts?since=1h");
  expect(counts).toMatchObject({ raised: 2, held: 1, not_worth: 1 });
  expect(counts.words.map(({ word, count }) => [word, count])).toEqual([
    ["raised", 2],
    ["below-threshold", 1],
    ["cooldown", 1],
  ]);
  expect(await story.get<DecisionCounts>("/api/decisions/counts?since=1h&symbol=ETHUSDT")).toMatchObject({
    raised: 0,
    held: 0,
    not_worth: 1,
  });
  const groups = await story.get<AlertGroups>("/api/alerts/groups?since=1h");
  expect(groups.counts).toEqual({ low: 0, medium: 2, high: 0 });
  expect(groups.items.map(({ alert, count }) => [alert.message.includes("82"), count])).toEqual([[true, 2]]);
  expect((await story.get<AlertGroups>("/api/alerts/groups?since=1h&priority=high")).items).toEqual([]);
});

test("a symbol has the history of its score, the parts of it, and a signal its neighbours", async () => {
  await using story = await Story.begin();
  await story.at("0m").report(aSignal({ strength: 70, ...parts(80, 60) }));
  await story.at("1m").report(aSignal({ symbol: "ETHUSDT", strength: 71 }));
  await story.at("2m").report(aSignal({ direction: "short", strength: 75, ...parts(20, null) }));
  await story.at("3m").report(aSignal({ strength: 90 }));
  const { components, items } = await story.get<SymbolsShape>("/api/symbols");
  expect(components).toEqual(["orderflow", "volume"]);
  expect(items.map(({ symbol, signals }) => [symbol, signals])).toEqual([
    ["BTCUSDT", 3],
    ["ETHUSDT", 1],
  ]);
  expect(items[0]?.history.map(({ score, parts }) => [score, parts])).toEqual([
    [70, [80, 60]],
    [25, [20, null]],
    [90, []],
  ]);
  expect((await story.get<SymbolsShape>("/api/symbols?depth=1")).items[0]?.history.length).toBe(1);
  const middle = items[0]?.history[1]?.id ?? "";
  const { neighbours } = await story.get<SignalDetail>(`/api/signals/${middle}`);
  expect([neighbours.before, neighbours.after].map((side) => side.map(({ strength }) => strength))).toEqual([
    [70],
    [90],
  ]);
});

test("signals are ordered by what one asks for, over all pages, those without the value last", async () => {
  await using story = await Story.begin();
  const scores = [71.5, 90, 60.25, 88, 60.25, 95];
  for (const [n, strength] of scores.entries())
    await story.at(`${n}m`).report(aSignal({ symbol: `C${n}USDT`, strength }));
  await story
    .at("9m")
    .report(aReport("unscored.json", { symbol: "NOUSDT", signal: "exit_long", timestamp: story.now }));
  for (const order of ["desc", "asc"] as const) {
    const strengths: (number | null)[] = [];
    for (let cursor = ""; ;) {
      const page: ListOf<SignalShape> = await story.get(
        `/api/signals?by=strength&order=${order}&limit=2${cursor && `&cursor=${cursor}`}`,
      );
      strengths.push(...page.items.map(({ strength }) => strength));
      if (page.next_cursor === null) break;
      cursor = page.next_cursor;
    }
    const sorted = scores.toSorted((a, b) => (order === "asc" ? a - b : b - a));
    expect(strengths).toEqual([...sorted, null]);
  }
  const raised = await story.get<ListOf<SignalShape>>("/api/signals?outcome=raised");
  expect(raised.items.every(({ decision }) => decision === "raised")).toBe(true);
  expect(
    (await story.get<ListOf<SignalShape>>("/api/signals?decision=unscored")).items.length +
      (await story.get<ListOf<SignalShape>>("/api/signals?outcome=not-worth")).items.length,
  ).toBeGreaterThan(1);
});

test("a source is described by its signals: scores, a reliability that never moves, edits, what could not be read", async () => {
  await using story = await Story.begin();
  for (let n = 0; n < 24; n++)
    await story.at(`${n}m`).report(aSignal({ symbol: `C${n}USDT`, strength: 60 + n, more: { reliability: 0.75 } }));
  await story.at("30m").report(aReport("broken.json", { signal: "BUY", score: 80 }));
  const [source] = (await story.get<ListOf<SourceDetail>>("/api/sources")).items;
  expect(source?.habits).toMatchObject({
    signals: 24,
    constant_reliability: true,
    twins: 0,
    edited: 0,
    files: 25,
    quarantined: 1,
    reliability: { median: 75, n: 24 },
    score: { least: 60, most: 83 },
  });
  expect(source?.habits?.score_tenths).toEqual([0, 0, 0, 0, 0, 0, 10, 10, 4, 0]);
  const held = await story.get<ListOf<QuarantineShape>>("/api/quarantine?q=broken&reason=no-symbol");
  expect(held.items.map(({ file }) => file)).toEqual(["broken.json"]);
  expect((await story.get<ListOf<QuarantineShape>>("/api/quarantine?q=%25")).items).toEqual([]);
});

test("the preview names what would be lost and won, and a cap that only overflows under the change owes its summary too", async () => {
  await using story = await Story.begin({ config: "export default { monitoring: { max_alerts: 100 } };" });
  for (let n = 0; n < 4; n++) await story.at(`${n}s`).report(aSignal({ symbol: `C${n}USDT`, strength: 70 + n }));
  await story.at("10m").report(aSignal({ symbol: "LATEUSDT", strength: 60 }));
  const ask = async (patch: object): Promise<Preview> =>
    (await story.post("/api/dashboard/config/preview", patch)).json() as Promise<Preview>;
  const stricter = await ask({ signals: { min_score: 72 } });
  expect(
    [stricter.lost, stricter.gained].map(({ count, items }) => [count, items.map(({ symbol }) => symbol)]),
  ).toEqual([
    [2, ["C1USDT", "C0USDT"]],
    [0, []],
  ]);
  const looser = await ask({ signals: { min_score: 55 } });
  expect(looser.gained.items.map(({ symbol }) => symbol)).toEqual(["LATEUSDT"]);
  const capped = await ask({ monitoring: { max_alerts: 3 } });
  expect(capped.proposed.by_word["cap"]).toBe(2);
  expect(capped.gained.items.map(({ type }) => type)).toEqual(["SYSTEM"]);
  expect(capped.complete).toBe(true);
});

test("health looks at what there is, and says of the rest that it is skipped or unknown", async () => {
  await using story = await Story.begin();
  const { status, checks } = await story.get<HealthShape>("/api/dashboard/health");
  expect(checks["exchanges"]?.status).toBe("skipped");
  expect(checks["quarantine"]?.status).toBe("healthy");
  expect(checks["source:reports"]?.status).toBe("unknown");
  expect(status).toBe("degraded");
});
