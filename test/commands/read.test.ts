import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataOnDisk } from "./data-on-disk";
import { virtuoso } from "./program";

const fixtures = join(import.meta.dir, "../fixtures");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-read-"));
  writeFileSync(
    join(folder, "virtuoso.config.ts"),
    `export default { sources: [{ kind: "reports", name: "desk", dir: "reports" }, { kind: "reports", ` +
      `name: "india", dir: "india", zone: "+05:30", score: "strength", map: { score: "my_score" } }] };`,
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

const read = (...words: string[]) => virtuoso(["read", ...words], { cwd: folder });
const variant = (name: string) => join(fixtures, "variants", name);

test("each value, from which key, in which zone and scale, and what would be decided", async () => {
  const { code, out, err } = await read(variant("naive-timestamp.json"));
  expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining("no database yet") });
  expect(out).toMatch(/claimed by the parser "signal"\n +as desk writes: zone UTC, score auto, reliability auto/);
  expect(out).toMatch(/timestamp +observedAt +"2025-07-26 01:26:40" -> 2025-07-26T01:26:40\.000Z, in zone UTC/);
  expect(out).toMatch(/signal_type +direction +"LONG" -> long/);
  expect(out).toMatch(/would be decided now:\n +XRPUSDT strong-signal: late/);
});

test("as the source writes that is named", async () => {
  const report = {
    symbol: "BTCUSDT",
    signal: "SELL",
    my_score: 30,
    score: 99,
    timestamp: "2026-01-01 10:00:00",
    mood: "good",
  };
  const { out } = await virtuoso(["read", "-", "--source", "india", "-o", "json"], {
    cwd: folder,
    stdin: JSON.stringify(report),
  });
  expect(JSON.parse(out)).toMatchObject([
    {
      source: "india",
      signals: [
        {
          symbol: "BTCUSDT",
          direction: "short",
          score: 30,
          strength: 30,
          observedAt: Date.parse("2026-01-01T04:30:00Z"),
        },
      ],
      notes: expect.arrayContaining([
        expect.objectContaining({ key: "my_score", field: "score", outcome: "read" }),
        expect.objectContaining({ key: "mood", outcome: "ignored" }),
      ]),
    },
  ]);
});

test("reports read together are decided one after the other", async () => {
  const twice = ["xrpusdt_20250726_012638.json", "xrpusdt_LONG_70p5_20250726_012640.json"].map((name) =>
    join(fixtures, "twice", name),
  );
  const { out } = await read(...twice, "-o", "json");
  const words = (JSON.parse(out) as { decisions: { word: string }[] }[]).map(({ decisions }) =>
    decisions.map(({ word }) => word),
  );
  expect(words).toEqual([["late"], ["duplicate"]]);
});

test("which parser claimed a file, whether it has what is needed or not", async () => {
  const files = [
    variant("market_report_1747022239.json"),
    variant("array-root.json"),
    join(fixtures, "broken", "no-symbol.json"),
    join(fixtures, "broken", "not-json.json"),
  ];
  const { out } = await read(...files, "-o", "json");
  expect((JSON.parse(out) as { parsers: string[] }[]).map(({ parsers }) => parsers)).toEqual([
    ["market report"],
    ["signal"],
    ["signal"],
    [],
  ]);
  const mixed = [
    { symbol: "BTCUSDT", signal: "BUY" },
    { symbol: "AVAXUSDT", divergence_type: "beta_expansion" },
    { mood: "good" },
  ];
  const { out: printed } = await virtuoso(["read", "-"], { cwd: folder, stdin: JSON.stringify(mixed) });
  expect(printed).toContain('claimed by the parsers "signal" and "opportunity"');
  expect((await virtuoso(["read", "-"], { cwd: folder, stdin: '{"mood":"good"}' })).out).toContain(
    "claimed by no parser",
  );
});

test("every broken report is refused with its reason, and that is exit 1", async () => {
  const names = readdirSync(join(fixtures, "broken")).filter((name) => name !== "proto.json");
  const { code, out } = await read(...names.map((name) => join(fixtures, "broken", name)), "-o", "jsonl");
  expect(code).toBe(1);
  const refused = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { file: string; refusals: { reason: string }[] });
  expect(refused).toHaveLength(names.length);
  for (const { file, refusals } of refused)
    expect({ file, refused: refusals.length > 0 }).toEqual({ file, refused: true });
});

test("a file that is not there is said, and the others are read", async () => {
  const { code, out, err } = await read("nowhere.json", variant("bom.json"), "-o", "ids");
  expect({ code, out }).toEqual({ code: 1, out: `${variant("bom.json")}\n` });
  expect(err).toContain("no such file: nowhere.json");
});

test("it is decided on what the desk remembers, and nothing is stored", async () => {
  using disk = await DataOnDisk.make();
  await disk.watched();
  await disk.report({ symbol: "BTCUSDT", signal: "BUY", score: 82 });
  const words = ["read", "-", "--data", disk.data, "-o", "json"];
  const again = {
    stdin: JSON.stringify({ symbol: "BTCUSDT", signal: "BUY", score: 83, timestamp: Date.now() }),
    cwd: disk.folder,
  };
  for (const round of [1, 2]) {
    const { code, out } = await virtuoso(words, again);
    expect({ round, code, printed: JSON.parse(out) }).toMatchObject({
      round,
      code: 0,
      printed: [{ decisions: [{ word: "cooldown" }] }],
    });
  }
});

test("rules of one's own are run, and it is said; one that hangs is left out", async () => {
  const config = join(folder, "rules.config.ts");
  writeFileSync(
    config,
    `import { defineConfig, rule } from "virtuoso";
     export default defineConfig({ rules: [rule("loop", () => { for (;;); }), rule("mine", ({ report }) => ({ message: "mood " + report.mood }))] });`,
  );
  const report = { symbol: "BTCUSDT", signal: "BUY", score: 90, mood: "good", timestamp: new Date().toISOString() };
  const { code, out } = await virtuoso(["read", "-", "--config", config], {
    cwd: folder,
    stdin: JSON.stringify(report),
  });
  expect(code).toBe(0);
  expect(out).toContain(
    "your rules were run, each with 1 s to answer: loop, mine; loop fails: it did not answer within 1 s",
  );
  expect(out).toMatch(/BTCUSDT mine: raised/);
});
