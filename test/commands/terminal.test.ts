import { afterAll, beforeAll, expect, test } from "bun:test";
import { DataOnDisk } from "./data-on-disk";
import { virtuoso, virtuosoOnTerminal } from "./program";

let disk: DataOnDisk;
const escape = "\u001b[";

beforeAll(async () => {
  disk = await DataOnDisk.make();
  await disk.watched();
  await disk.report({ symbol: "BTCUSDT", signal: "BUY", score: 91 }, "btc.json");
  await disk.report({ symbol: "ETHUSDT", signal: "SELL", score: 20 }, "eth.json");
  await disk.report("{", "bad\u001b]0;mine\u0007\u001b[31m\u202ename\n.json");
});

afterAll(() => disk[Symbol.dispose]());

test("a terminal gets colours, and none with NO_COLOR", async () => {
  const words = ["alerts", "--data", disk.data];
  const [coloured, plain, piped] = await Promise.all([
    virtuosoOnTerminal(words, 120),
    virtuosoOnTerminal(words, 120, { NO_COLOR: "1" }),
    virtuoso(words, { environment: { TERM: "xterm" } }),
  ]);
  expect(coloured).toContain(`${escape}1;31mhigh${escape}0m`);
  expect(coloured).toContain(`${escape}32m↑ long${escape}0m`);
  expect(coloured).toContain(`${escape}31m↓ short${escape}0m`);
  expect(plain).toContain("high");
  expect(plain).not.toContain(escape);
  expect(piped.out).not.toContain(escape);
});

test.each([60, 80])("no line is wider than a terminal of %d columns, and what matters can be read", async (columns) => {
  const lists = [
    "alerts",
    "alerts --time utc",
    "signals",
    "signals --time local",
    "held",
    "opportunities",
    "quarantine",
    "config get",
    "config history",
    "audit",
  ];
  const shown = await Promise.all(
    lists.map((words) => virtuosoOnTerminal([...words.split(" "), "--data", disk.data], columns, { NO_COLOR: "1" })),
  );
  for (const [index, text] of shown.entries()) {
    for (const line of text.split("\r\n"))
      expect({ list: lists[index], line, fits: Bun.stringWidth(line) <= columns }).toMatchObject({ fits: true });
  }
  const [alerts = "", , signals = ""] = shown;
  expect(alerts).toMatch(/high +.*BTCUSDT Long, strength/);
  expect(signals).toMatch(/BTCUSDT +↑ long .*raised/);
});

test("into a pipe nothing is cut", async () => {
  expect((await virtuoso(["alerts", "--data", disk.data])).out).toContain(
    "BTCUSDT Long, strength 91.0, reliability unknown\n",
  );
});

test("what a file is called cannot steer the terminal", async () => {
  const shown = await Promise.all(
    ["table", "ids", "json", "jsonl"].map((format) => virtuoso(["quarantine", "--data", disk.data, "-o", format])),
  );
  for (const { out } of shown) expect(out.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
  expect(shown[0]?.out).toContain("badname .json");
  expect(JSON.parse(shown[2]?.out ?? "")).toMatchObject([
    { file: "bad\u001b]0;mine\u0007\u001b[31m\u202ename\n.json" },
  ]);
});
