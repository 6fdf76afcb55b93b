import { afterAll, beforeAll, expect, test } from "bun:test";
import { DataOnDisk } from "./data-on-disk";
import { virtuoso } from "./program";

let disk: DataOnDisk;
const buy = { signal: "BUY", score: 82, reliability: 0.9, price: 43_000.1 };

beforeAll(async () => {
  disk = await DataOnDisk.make();
  disk.at("3d");
  await disk.watched();
  await disk.report({ ...buy, symbol: "ETHUSDT", score: 90 }, "eth.json");
  disk.at("3h");
  await disk.report({ ...buy, symbol: "BTC/USDT" }, "btc.json");
  disk.at("160m");
  await disk.report({ ...buy, symbol: "BTC/USDT", price: 43_100, score: 83 }, "btc-again.json");
  disk.at("1h");
  await disk.report({ ...buy, symbol: "SOLUSDT", signal: "SELL", score: 20, price: null }, "sol.json");
  await disk.report({ ...buy, symbol: "LOWUSDT", score: 51 }, "low.json");
  disk.at("30m");
  await disk.report("{nope", "half.json");
  disk.at("20m");
  await disk.report(
    {
      symbol: "AVAXUSDT",
      divergence_type: "beta_expansion",
      confidence: 0.892,
      alpha_potential: 0.124,
      risk_level: "Medium",
    },
    "alpha.json",
  );
});

afterAll(() => disk[Symbol.dispose]());

const ask = (words: string) => virtuoso([...words.split(" "), "--data", disk.data]);
const idsOf = async (words: string) => (await ask(`${words} -o ids`)).out.trim().split("\n").filter(Boolean);
const symbolsOf = async (words: string) =>
  (JSON.parse((await ask(`${words} -o json`)).out) as { symbol: string }[]).map(({ symbol }) => symbol);

test("alerts, newest first, by every filter", async () => {
  const asked: [string, string[]][] = [
    ["alerts", ["AVAXUSDT", "SOLUSDT", "BTCUSDT", "ETHUSDT"]],
    ["alerts --since 4h --limit 2", ["AVAXUSDT", "SOLUSDT"]],
    [`alerts --since ${new Date(Date.now() - 2 * 3_600_000).toISOString()}`, ["AVAXUSDT", "SOLUSDT"]],
    ["alerts --symbol btc/usdt", ["BTCUSDT"]],
    ["alerts --priority medium", ["SOLUSDT", "BTCUSDT"]],
    ["alerts --min-priority high", ["AVAXUSDT", "ETHUSDT"]],
    ["alerts --priority medium --min-priority high", []],
    ["alerts --type ALPHA", ["AVAXUSDT"]],
    ["alerts --source reports --state open --type SIGNAL", ["SOLUSDT", "BTCUSDT", "ETHUSDT"]],
    ["alerts --state resolved", []],
  ];
  const answers = await Promise.all(asked.map(([words]) => symbolsOf(words)));
  for (const [index, answer] of answers.entries())
    expect([asked[index]?.[0], answer]).toEqual([asked[index]?.[0], asked[index]?.[1]]);
});

test("signals, with what was decided of each", async () => {
  const [all, short, strong, undecided] = await Promise.all([
    symbolsOf("signals"),
    symbolsOf("signals --direction short"),
    symbolsOf("signals --min-strength 85"),
    ask("signals --symbol LOWUSDT -o jsonl"),
  ]);
  expect(all).toEqual(["LOWUSDT", "SOLUSDT", "BTCUSDT", "BTCUSDT", "ETHUSDT"]);
  expect(short).toEqual(["SOLUSDT"]);
  expect(strong).toEqual(["ETHUSDT"]);
  expect(JSON.parse(undecided.out)).toMatchObject({
    symbol: "LOWUSDT",
    decision: "below-threshold",
    strength: 51,
    price: 43_000.1,
  });
});

test("what was held back, with its reason and the numbers", async () => {
  const { out } = await ask("held -o json");
  expect(JSON.parse(out)).toMatchObject([
    {
      word: "cooldown",
      symbol: "BTCUSDT",
      subject_id: expect.stringMatching(/^s\d+$/),
      note: expect.stringContaining("1 h"),
    },
  ]);
  expect(await symbolsOf("held --reason cap")).toEqual([]);
  expect((await ask("held")).out).toMatch(/cooldown +medium +BTCUSDT/);
});

test("choices in any case, and a span of time with an end", async () => {
  expect(await symbolsOf("alerts --priority HIGH --type alpha")).toEqual(["AVAXUSDT"]);
  expect(await symbolsOf("alerts --since 4h --until 30m")).toEqual(["SOLUSDT", "BTCUSDT"]);
  expect((await ask("held -o JSONL")).out).toContain('"cooldown"');
});

test("times as they are asked for", async () => {
  const [relative, utc] = await Promise.all([ask("alerts --limit 1"), ask("alerts --limit 1 --time utc")]);
  expect(relative.out).toContain("20 min ago");
  expect(utc.out).toMatch(/a\d+ +(?:\d{4}-)?\d\d-\d\d \d\d:\d\d:\d\dZ +high/);
});

test("opportunities, their confidence asked for as a ratio or in percent", async () => {
  const asked = [
    "",
    "--min-confidence 0.89",
    "--min-confidence 89",
    "--min-confidence 90",
    "--pattern beta_expansion",
    "--pattern other",
  ];
  const answers = await Promise.all(asked.map((words) => idsOf(`opportunities ${words}`.trim())));
  expect(answers.map(({ length }) => length)).toEqual([1, 1, 1, 0, 1, 0]);
  expect((await ask("opportunities")).out).toContain("89.2 %");
});

test("each format, and nothing but data on stdout", async () => {
  const [table, json, jsonl, ids] = await Promise.all([
    ask("alerts"),
    ask("alerts -o json"),
    ask("alerts -o jsonl"),
    ask("alerts -o ids"),
  ]);
  for (const each of [table, json, jsonl, ids]) expect(each).toMatchObject({ code: 0, err: "" });
  const items = JSON.parse(json.out) as { id: string }[];
  expect(
    jsonl.out
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line)),
  ).toEqual(items);
  expect(ids.out).toBe(items.map(({ id }) => `${id}\n`).join(""));
  expect(table.out.split("\n")[0]).toMatch(/^ID +RAISED +PRIORITY +TYPE +SYMBOL +DIRECTION +STATE +SOURCE +MESSAGE$/);
  expect(table.out).toMatch(
    /a\d+ +60 min ago +medium +SIGNAL +SOLUSDT +↓ short +open +reports +SOLUSDT Short, strength 80\.0/,
  );
});

test("what is not known is no data, never a number", async () => {
  const { out } = await ask("signals --symbol SOLUSDT");
  expect(out).toMatch(/80\.0 +90\.0 % +no data +reports/);
});

test("nothing found is an empty answer, and says so where a person reads", async () => {
  const [table, json, jsonl, ids] = await Promise.all(
    ["table", "json", "jsonl", "ids"].map((format) => ask(`alerts --symbol NONE -o ${format}`)),
  );
  expect(table).toEqual({ code: 0, out: "", err: "no alerts match\n" });
  expect(json).toEqual({ code: 0, out: "[]\n", err: "" });
  expect(jsonl).toEqual({ code: 0, out: "", err: "" });
  expect(ids).toEqual({ code: 0, out: "", err: "" });
});

test("--exit-code exits 10 on matches and 0 on none", async () => {
  const ended = await Promise.all(
    ["alerts", "alerts --symbol NONE", "signals", "held", "opportunities --pattern other", "quarantine list"].map(
      (words) => ask(`${words} --exit-code`),
    ),
  );
  expect(ended.map(({ code }) => code)).toEqual([10, 0, 10, 10, 0, 10]);
});

test("the quarantine lists each file with its reason; a retry needs the daemon", async () => {
  const [listed, ids, retried] = await Promise.all([
    ask("quarantine"),
    ask("quarantine list -o ids"),
    ask("quarantine retry half.json"),
  ]);
  expect(listed.out).toMatch(/half\.json +reports +not-json/);
  expect(ids.out).toBe("half.json\n");
  expect(retried).toMatchObject({ code: 3, out: "", err: expect.stringContaining("no daemon runs") });
});

test("VIRTUOSO_DATA names the folder where --data does not", async () => {
  const { code, out } = await virtuoso(["alerts", "-o", "ids"], { environment: { VIRTUOSO_DATA: disk.data } });
  expect(code).toBe(0);
  expect(out.trim().split("\n")).toHaveLength(4);
});

test("a reader that leaves early ends it quietly", async () => {
  const shell = Bun.spawn(
    ["sh", "-c", `'${process.execPath}' src/cli.ts signals --data '${disk.data}' -o jsonl | head -c 10`],
    { cwd: `${import.meta.dir}/../..`, stdout: "pipe", stderr: "pipe" },
  );
  const [out, err] = await Promise.all([new Response(shell.stdout).text(), new Response(shell.stderr).text()]);
  expect({ length: out.length, err }).toEqual({ length: 10, err: "" });
});
