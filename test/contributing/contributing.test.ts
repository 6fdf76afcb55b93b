import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyBlock, contributingBlocks, copyTree } from "./blocks";

/** What the README says of contributing is true: its code, added to a copy of the tree, compiles and works there. */

const tree = mkdtempSync(join(tmpdir(), "virtuoso-contributing-"));
const blocks = contributingBlocks();
beforeAll(() => {
  copyTree(tree);
  for (const block of blocks) applyBlock(tree, block);
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

async function inTheCopy(...words: string[]): Promise<{ code: number; output: string }> {
  const child = Bun.spawn(words, { cwd: tree, stdout: "pipe", stderr: "pipe" });
  const [stdout, stderr] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
  const code = await child.exited;
  return { code, output: code === 0 ? stdout : stdout + stderr };
}

test("it compiles, is formatted, and keeps to who may import whom", async () => {
  const added = blocks.filter(({ kind, path }) => kind === "file" && path.endsWith(".ts")).map(({ path }) => path);
  const passed = { code: 0, output: "" };
  expect(await inTheCopy("node", "node_modules/typescript/bin/tsc", "--noEmit")).toEqual(passed);
  expect(await inTheCopy("node", "node_modules/oxfmt/bin/oxfmt", "--check", ...added)).toMatchObject({ code: 0 });
  const tidy = [process.execPath, "test", "test/tidy.test.ts", "-t", "imports only whom it may"];
  expect(await inTheCopy(...tidy)).toMatchObject({ code: 0 });
}, 60_000);

test("each addition works", async () => {
  const { code, output } = await inTheCopy(process.execPath, "test/contributing/in-the-copy.ts");
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
  const { module, readBy, ...found } = JSON.parse(output) as { module: string; readBy: string };
  expect(found).toMatchObject({
    signals: [{ symbol: "BTCUSDT", score: 91 }],
    scanned: true,
    counted: true,
    gauge: true,
    check: { status: "healthy" },
    list: { items: [{ file: "ticket.json" }], next_cursor: null },
    byCommand: "ticket.json\n",
    byAddress: "ticket.json\n",
    page: 200,
  });
  expect(readBy).toContain("order ticket");
  expect(module).toContain("api/files");
}, 60_000);

test("the parsers' contract suite runs over the added one", async () => {
  const suite = [process.execPath, "test", "test/ingest/parsers.contract.test.ts", "-t", "order ticket|of the index"];
  expect(await inTheCopy(...suite)).toMatchObject({ code: 0 });
}, 60_000);

test("the channels' contract suite runs over the added one", async () => {
  const suite = [
    process.execPath,
    "test",
    "test/notify/channels/contract.test.ts",
    "-t",
    "channel gotify|has a script",
  ];
  expect(await inTheCopy(...suite)).toMatchObject({ code: 0 });
}, 60_000);
