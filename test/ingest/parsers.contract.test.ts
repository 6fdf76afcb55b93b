import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { refusalReasons } from "../../src/core/reading";
import { parsers } from "../../src/ingest/parsers";
import { readReport } from "../../src/ingest/read-report";
import { readName } from "../../src/ingest/read/name";
import type { Entry } from "../../src/ingest/read/entry";
import { keysFor, usualKeys } from "../../src/ingest/read/keys";
import { readJson } from "../../src/ingest/read/json";
import { Notes } from "../../src/ingest/read/notes";
import { ParseError } from "../../src/ingest/read/parse-error";
import { isObject, type JsonObject, type JsonValue } from "../../src/ingest/read/value";
import { inventedIn, leavesOf } from "./invented";
import { fixture, fixtureNames, MTIME, NOW, read, readBytes } from "./read/given";

/** Folders of fixtures and the parser that claims each of them; a file that is another's is named. A new parser adds a line. */
const claimed: Readonly<Record<string, string>> = {
  reports: "signal",
  twice: "signal",
  variants: "signal",
  "variants/market_report_1747022239.json": "market report",
  opportunities: "opportunity",
};
const fixtures = Object.keys(claimed)
  .filter((folder) => !folder.includes("/"))
  .flatMap((folder) => fixtureNames(folder).map((name) => ({ folder, name })))
  .map(({ folder, name }) => ({ folder, name, parser: claimed[`${folder}/${name}`] ?? claimed[folder] ?? "" }));

test("every parser of the index has a name of its own and a fixture", () => {
  const names = parsers.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
  expect(names.filter((name) => !fixtures.some(({ parser }) => parser === name))).toEqual([]);
});

test.each(fixtures)(
  "$folder/$name is claimed by the $parser parser, which refuses nothing of it",
  ({ folder, name, parser }) => {
    const reading = readBytes(fixture(folder, name), { path: name });
    expect({ parsers: reading.parsers, refusals: reading.refusals }).toEqual({ parsers: [parser], refusals: [] });
  },
);

const literal = fc.constantFrom<JsonValue>(
  null,
  true,
  0,
  1,
  50,
  71.5,
  100,
  170,
  -3,
  0.4,
  1753493200,
  1753493200000,
  4102444800000,
  "",
  "BUY",
  "sell",
  "Exit Long",
  "NEUTRAL",
  "70.5",
  "92%",
  "BTC/USDT:USDT",
  "BYBIT:ETHUSDT.P",
  "<circular_reference:dict>",
  "<script>",
  "2025-07-26 01:26:40",
  "2025-07-26T01:26:40+02:00",
  "🚀 up",
  "perp",
  "5m",
  "Bullish",
  "High",
);
/** Every key a parser may look for: the usual ones, and those of the fixtures. */
const keys = fc.constantFrom(
  ...new Set([
    ...Object.values(usualKeys)
      .flat()
      .flatMap((key) => key.split(".")),
    ...fixtures
      .filter(({ folder }) => folder !== "reports")
      .flatMap(({ folder, name }) => keysOf(bodyOf(folder, name))),
    "__proto__",
    "constructor",
    "toString",
    "score",
    "impact",
    "interpretation",
    "severity",
  ]),
);
const { tree } = fc.letrec<{ tree: JsonValue; list: JsonValue; object: JsonValue }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    { weight: 4, arbitrary: literal },
    fc.string({ unit: "binary" }),
    fc.double(),
    tie("list"),
    tie("object"),
  ),
  list: fc.array(tie("tree"), { maxLength: 4 }),
  object: fc.dictionary(keys, tie("tree"), { maxKeys: 8 }),
}));
const body = fc.dictionary(keys, tree, { maxKeys: 12 });

describe.each(parsers.map((parser) => [parser.name, parser] as const))("the %s parser", (name, parser) => {
  /** Bodies of its own fixtures, with some values replaced and some added: near enough that it reads on. */
  const own = fixtures
    .filter((each) => each.parser === name)
    .map(({ folder, name: file }) => bodyOf(folder, file))
    .filter(isObject);
  const near = fc
    .tuple(
      fc.constantFrom(...own),
      fc.dictionary(keys, tree, { maxKeys: 4 }),
      fc.array(fc.tuple(fc.nat(60), tree), { maxLength: 3 }),
    )
    .map(([given, added, replaced]) =>
      replaced.reduce<JsonObject>((whole, [at, value]) => withLeaf(whole, at, value), { ...given, ...added }),
    );

  test("neither claims nor reads with a throw, whatever it is shown, also what it does not claim", () => {
    fc.assert(
      fc.property(fc.oneof(body, near), fc.constantFrom(null, 1), (given, element) => {
        const entry = entryOf(given, element);
        parser.claims(entry);
        const { signals, opportunities, market, refusals } = parser.read(entry);
        expect(signals.length + opportunities.length + refusals.length + Number(market !== null)).toBeGreaterThan(0);
        for (const { reason, detail } of refusals)
          expect([refusalReasons.includes(reason), detail.endsWith(".")]).toEqual([true, true]);
      }),
      { numRuns: 500 },
    );
  });

  test("answers no number and no text that is not in the report, its name or its time, or follows from them by a rule", () => {
    let answered = 0;
    fc.assert(
      fc.property(near, (given) => {
        const plain = JSON.parse(JSON.stringify(given)) as JsonObject;
        const { signals, opportunities, market } = parser.read(entryOf(plain, null));
        const items = [...signals, ...opportunities, ...(market ? [market] : [])];
        answered += items.length;
        expect(inventedIn(items, leavesOf(plain))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
    expect(answered).toBeGreaterThan(200);
  });

  test("is not fooled by a prototype, and leaves none behind", () => {
    fc.assert(
      fc.property(fc.constantFrom(...own), tree, (given, polluted) => {
        const prototype = JSON.stringify({ score: 99, confidence: 0.99, regime: "Bearish", polluted });
        const text = `{"__proto__":${prototype},${JSON.stringify(given).slice(1)}`;
        expect({ ...read(text), notes: [] }).toEqual({ ...read(given), notes: [] });
        expect(Reflect.has({}, "polluted")).toBe(false);
      }),
    );
  });
});

describe("of whatever is found", () => {
  const path = fc.oneof(
    fc.constantFrom(
      "report.json",
      "market_report_1747022239.json",
      "btc/usdt_SELL_70p5_20250726_012640.json",
      "xrpusdt_20250726_012640_data.json",
    ),
    fc.string({ unit: "binary" }),
  );
  const options = { zone: "Europe/Berlin", score: "auto", reliability: "auto", strategy: null, map: {} } as const;
  const known = new Set(parsers.map(({ name }) => name));
  function survives(bytes: Uint8Array, name = "report.json"): void {
    const {
      signals,
      opportunities,
      market,
      refusals,
      parsers: by,
    } = readReport({ path: name, bytes, mtimeMs: MTIME }, options, NOW);
    expect(signals.length + opportunities.length + refusals.length + Number(market !== null)).toBeGreaterThan(0);
    for (const { reason } of refusals) expect(refusalReasons).toContain(reason);
    expect(by.filter((each) => !known.has(each))).toEqual([]);
    if (by.length === 0)
      expect({ signals, opportunities, market }).toEqual({ signals: [], opportunities: [], market: null });
  }
  const utf8 = new TextEncoder();

  test("any bytes, and any report cut or changed in the middle, is read or refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => survives(bytes)),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => survives(utf8.encode(text))));
    fc.assert(
      fc.property(fc.constantFrom(...fixtures), fc.nat(), fc.nat(), fc.string(), ({ folder, name }, at, to, text) => {
        const whole = new TextDecoder().decode(fixture(folder, name));
        survives(utf8.encode(whole.slice(0, at % whole.length)), name);
        survives(utf8.encode(whole.slice(0, at % whole.length) + text + whole.slice(to % whole.length)), name);
      }),
    );
  });

  test("any JSON under any name", () => {
    fc.assert(
      fc.property(fc.oneof(tree, body, fc.array(body)), path, (given, name) =>
        survives(utf8.encode(JSON.stringify(given)), name),
      ),
      { numRuns: 1000 },
    );
  });

  test("any depth", () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.constantFrom("[", '{"a":', '{"signal":'), (levels, opener) =>
        survives(utf8.encode(opener.repeat(levels))),
      ),
      { numRuns: 50 },
    );
  });

  test.each([
    ['{"mood":"good"}', "no-symbol"],
    ["{}", "not-a-report"],
    ["[[]]", "not-a-report"],
    ["7", "not-a-report"],
    ["{", "not-json"],
    ["", "empty"],
  ] as const)("%p is claimed by no parser and refused: %s", (text, reason) => {
    const { parsers: by, refusals } = read(text);
    expect({ by, reasons: refusals.map((refusal) => refusal.reason) }).toEqual({ by: [], reasons: [reason] });
  });

  test("an array may be of several formats", () => {
    const mixed = [
      { symbol: "BTCUSDT", signal: "BUY" },
      { symbol: "AVAXUSDT", divergence_type: "beta_expansion" },
      { mood: "good" },
    ];
    const { parsers: by, signals, opportunities, refusals } = read(mixed);
    expect([by, signals.length, opportunities.length, refusals.map(({ element }) => element)]).toEqual([
      ["signal", "opportunity"],
      1,
      1,
      [3],
    ]);
  });
});

function entryOf(given: JsonObject, element: number | null): Entry {
  const parseOptions = { zone: "UTC", score: "auto", reliability: "auto", strategy: null, map: {} } as const;
  const inner = Object.hasOwn(given, "signal") ? given["signal"] : undefined;
  const envelope = { object: given, prefix: "" };
  return {
    layers: isObject(inner) ? [{ object: inner, prefix: "signal." }, envelope] : [envelope],
    element,
    hints: () => readName("report.json", "UTC"),
    mtimeMs: MTIME,
    now: NOW,
    parseOptions,
    keys: keysFor(parseOptions.map),
    notes: new Notes([], element),
    unread: [],
  };
}

/** As JSON has it, whatever Python wrote into it. */
function bodyOf(folder: string, name: string): JsonValue {
  const json = readJson(fixture(folder, name));
  if (json instanceof ParseError) throw new Error(`${folder}/${name} is not JSON`);
  return json.value;
}

function keysOf(value: JsonValue): string[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => keysOf(each));
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}

/** The same with the leaf at this place, counted through and round, replaced. */
function withLeaf(whole: JsonObject, at: number, value: JsonValue): JsonObject {
  const count =
    JSON.stringify(whole, (_, each: unknown) => (typeof each === "object" ? each : 0)).split("0").length - 1;
  let left = count === 0 ? 0 : at % count;
  const walk = (each: JsonValue): JsonValue => {
    if (typeof each !== "object" || each === null) return left-- === 0 ? value : each;
    if (Array.isArray(each)) return each.map((inner: JsonValue) => walk(inner));
    return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, walk(inner)]));
  };
  return walk(whole) as JsonObject;
}
