import { afterAll, beforeAll, expect, test } from "bun:test";
import { DataOnDisk } from "./data-on-disk";
import { virtuoso } from "./program";

let disk: DataOnDisk;

beforeAll(async () => {
  disk = await DataOnDisk.make();
  disk.at("2h");
  await disk.watched();
  const content = {
    symbol: "BTC/USDT",
    signal: "BUY",
    score: 82,
    reliability: 0.9,
    signal_id: "one",
    timestamp: Date.now() - 7_200_000,
  };
  await disk.report(content, "btc.json");
  await disk.report({ ...content, price: 43_000 }, "btc-twin.json");
  await disk.report({ ...content, score: 95 }, "btc-repainted.json");
  disk.at("1h");
  await disk.report({ symbol: "LOWUSDT", signal: "BUY", score: 51 }, "low.json");
  await disk.report(
    { symbol: "AVAXUSDT", divergence_type: "beta_expansion", confidence: 0.892, risk_level: "High" },
    "alpha.json",
  );
});

afterAll(() => disk[Symbol.dispose]());

const ask = (words: string) => virtuoso([...words.split(" "), "--data", disk.data]);
const idOf = async (words: string) => (await ask(`${words} -o ids`)).out.trim().split("\n").at(-1) ?? "";

test("a signal: what was read, every check with its numbers, each twin and revision", async () => {
  const { code, out, err } = await ask(`why ${await idOf("signals --symbol BTCUSDT")}`);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^s\d+ {2}BTCUSDT ↑ long, strength 95\.0, reliability 90\.0 %\n/);
  expect(out).toMatch(
    /reported in btc\.json of reports, read .* r\d+ in the log\n {2}strong-signal: raised as a\d+ \(medium\)/,
  );
  expect(out).toMatch(/passed {3}good enough: strength 82, threshold 65/);
  expect(out).toMatch(
    /reported again in btc-twin\.json .*\n {2}strong-signal: no alert, seen before[^\n]*\n {4}> stopped {2}seen before: the same signal as s\d+/,
  );
  expect(out).toMatch(/reported again in btc-repainted\.json .*\n {2}strong-signal: raised/);
  expect(out).toContain("reported differently 1 time since");
});

test("a signal that raised nothing: the check that stopped it", async () => {
  const { out } = await ask(`why ${await idOf("signals --symbol LOWUSDT")}`);
  expect(out).toMatch(/strong-signal: no alert, below the threshold \(low\)/);
  expect(out).toMatch(/> stopped {2}below the threshold: strength 51, threshold 65/);
});

test("an alert and an opportunity", async () => {
  const [alert, opportunity] = await Promise.all([
    idOf("alerts --symbol BTCUSDT").then((id) => ask(`why ${id}`)),
    idOf("opportunities").then((id) => ask(`why ${id}`)),
  ]);
  expect(alert.out).toMatch(
    /^a\d+ {2}BTCUSDT Long[^]*rule strong-signal[^]*about +s\d+[^]*passed {3}room left: place \d of 3/,
  );
  expect(opportunity.out).toMatch(
    /^o\d+ {2}AVAXUSDT beta_expansion[^]*> stopped {2}risk too high: risk high, at most medium/,
  );
});

test("as data: the whole trace, or the ids it ties together", async () => {
  const id = await idOf("signals --symbol BTCUSDT");
  const [json, jsonl, ids] = await Promise.all(["json", "jsonl", "ids"].map((format) => ask(`why ${id} -o ${format}`)));
  const content = JSON.parse(json?.out ?? "") as { id: string; trace: { checks: unknown[] }[] };
  expect(content).toMatchObject({
    id,
    revisions: 1,
    raw: { filename: "btc.json" },
    trace: [{ decision: { word: "raised" } }, { decision: { word: "duplicate" } }, { decision: { word: "raised" } }],
  });
  expect(content.trace[0]?.checks).toHaveLength(10);
  expect(JSON.parse(jsonl?.out ?? "")).toEqual(content);
  expect(ids?.out.trim().split("\n")).toEqual([id, expect.stringMatching(/^a\d+$/), expect.stringMatching(/^a\d+$/)]);
});

test("an id that is not there", async () => {
  expect(await ask("why s999999")).toEqual({
    code: 1,
    out: "",
    err: "error: there is no s999999 here, or it is older than what is kept\n",
  });
});
