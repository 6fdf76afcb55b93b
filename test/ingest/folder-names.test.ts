import { describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathOnDisk, textOfDecoded, textOfName } from "../../src/ingest/file-path";
import { until } from "../support/daemon";
import { startTestSource } from "../support/report-source";

const report = JSON.stringify({ symbol: "BTCUSDT", signal: "BUY", score: 80, timestamp: 1_700_000_000_000 });

/** `caf\xE9` as Latin-1 has it: no UTF-8. */
const latin1 = (name: string) => Buffer.from(name, "latin1");

function write(dir: string, name: Buffer): void {
  writeFileSync(Buffer.concat([Buffer.from(`${dir}/`), name]), report);
}

describe("a name of any bytes is text that leads back to its file", () => {
  test.each([
    [latin1("café.json"), String.raw`caf\xE9.json`],
    [Buffer.from("café.json"), "café.json"],
    [Buffer.from([0xff, 0xfe]), String.raw`\xFF\xFE`],
    [Buffer.from("𝄞.json").subarray(1), String.raw`\x9D\x84\x9E.json`],
    [Buffer.from(String.raw`a\xE9.json`), String.raw`a\x5CxE9.json`],
    [Buffer.from(String.raw`a\b.json`), String.raw`a\b.json`],
    [Buffer.from("two\nlines �.json"), "two\nlines �.json"],
    [Buffer.from("﻿bom.json"), "﻿bom.json"],
  ])("%p", (name, text) => {
    expect(textOfName(name)).toBe(text);
    expect(Buffer.from(pathOnDisk("/d", text))).toEqual(Buffer.concat([Buffer.from("/d/"), name]));
    if (Buffer.from(name.toString()).equals(name)) expect(textOfDecoded(name.toString())).toBe(text);
  });
});

test.each(["auto", "poll"] as const)(
  "every report is read or refused with its reason, whatever it and its folder are called, watched by %s",
  async (watch) => {
    await using reports = await startTestSource({ folder: { watch } });
    const { dir } = reports;
    const below = Buffer.concat([Buffer.from(`${dir}/`), latin1("añb")]);
    for (const folder of [below, join(dir, "btc.usdt"), join(dir, "folder.json"), join(dir, "a", "b", "c")])
      mkdirSync(folder, { recursive: true });
    await reports.source.scan();
    write(dir, latin1("café.json"));
    write(dir, Buffer.from("UPPER.JSON"));
    write(dir, Buffer.from(String.raw`back\xE9slash.json`));
    writeFileSync(Buffer.concat([below, Buffer.from("/x.json")]), report);
    for (const path of ["btc.usdt/x.json", "folder.json/x.json", "a/b/deep.json"])
      writeFileSync(join(dir, path), report);
    await reports.source.scan();
    const read = await until("all of them", () => (reports.reports().length >= 7 ? reports.reports() : null));
    expect(Object.fromEntries(read.map(({ file, refusals }) => [file, refusals[0]?.reason ?? "read"]))).toEqual({
      "UPPER.JSON": "read",
      "a/b/deep.json": "too-far-down",
      [String.raw`a\xF1b/x.json`]: "read",
      [String.raw`back\x5CxE9slash.json`]: "read",
      "btc.usdt/x.json": "read",
      [String.raw`caf\xE9.json`]: "read",
      "folder.json/x.json": "read",
    });
    expect(reports.source.progress.skipped).toMatchObject([{ folder: "a/b/c", isFault: false }]);
  },
);

test.each(["btc", "btc.usdt", "btc.json"])("a folder called %s is noticed as it is made", async (name) => {
  await using reports = await startTestSource();
  mkdirSync(join(reports.dir, name));
  writeFileSync(join(reports.dir, name, "x.json"), report);
  await until("its report", () => reports.reports().some(({ file }) => file === `${name}/x.json`), 10_000);
});

test("a report whose name is no text is noticed as it is written", async () => {
  await using reports = await startTestSource();
  write(reports.dir, latin1("café.json"));
  await until("it", () => reports.reports().length === 1, 10_000);
});

test("a report whose name only reads like bytes is found by a first look", async () => {
  await using reports = await startTestSource({
    before: (dir) => writeFileSync(join(dir, String.raw`a\xE9.json`), report),
  });
  expect(reports.reports().map(({ file }) => file)).toEqual([String.raw`a\x5CxE9.json`]);
});
