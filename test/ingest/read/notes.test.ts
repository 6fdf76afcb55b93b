import { expect, test } from "bun:test";
import { aReport, read } from "./given";

const notesOf = (body: unknown, path?: string) =>
  read(body, path === undefined ? {} : { path }).notes.map(
    ({ key, field, value, outcome }) => `${outcome} ${key} ${field}: ${value}`,
  );

test("each value says where it came from, and what was left unread is said too", () => {
  const text =
    '{"symbol":"BTC/USDT","type":"LONG","score":NaN,"confluence_score":"71","timestamp":"2025-07-26 ' +
    '01:26:40","price":"<x:y>","mood":"calm","stop_loss":null}';
  expect(notesOf(text)).toEqual([
    'read timestamp observedAt: "2025-07-26 01:26:40" -> 2025-07-26T01:26:40.000Z, in zone UTC',
    'read symbol symbol: "BTC/USDT" -> BTCUSDT',
    'read type direction: "LONG" -> long',
    "missing score score: NaN or Infinity: not a number",
    'read confluence_score score: "71"',
    'missing price price: "<x:y>": not a price',
    'ignored mood null: "calm"',
  ]);
});

test("names and mtimes are sources as well", () => {
  expect(notesOf({ price: 1 }, "xrpusdt_BUY_70p5_20250726_012640.json").map((note) => note.split(":")[0])).toEqual([
    "read (name) observedAt",
    "read (name) symbol",
    "read (name) direction",
    "read (name) score",
    "read price price",
  ]);
  expect(notesOf({ ...aReport, timestamp: null })[0]).toBe('read (mtime) observedAt: "2025-12-31T23:59:00.000Z"');
});

test("paths lead into envelopes, plans and components", () => {
  const notes = notesOf({
    signal: { ...aReport, trade_params: { entry_price: 1 }, components: { a: "x" } },
    sender: "bot",
  });
  expect(notes).toContain("read signal.trade_params.entry_price entry: 1");
  expect(notes).toContain('missing signal.components.a score: "x": not usable');
  expect(notes).toContain('ignored sender null: "bot"');
  expect(notes.some((note) => note.startsWith("ignored signal"))).toBe(false);
});

test("they are bounded", () => {
  const many = Object.fromEntries(Array.from({ length: 9000 }, (_, i) => [`k${i}`, "v".repeat(200)]));
  const { notes, signals } = read({ ...aReport, ...many });
  expect(signals).toHaveLength(1);
  expect(notes).toHaveLength(400);
  expect(read(Array.from({ length: 300 }, () => aReport)).notes).toHaveLength(400);
  expect(Math.max(...notes.map((note) => note.value.length))).toBeLessThan(120);
});
