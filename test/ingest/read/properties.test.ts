import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { refusalReasons, type Reading } from "../../../src/core/reading";
import { strengthOf, type Signal } from "../../../src/core/signal";
import { directionOf } from "../../../src/ingest/read/direction-words";
import { ParseError } from "../../../src/ingest/read/parse-error";
import { readJson } from "../../../src/ingest/read/json";
import { usualKeys } from "../../../src/ingest/read/keys";
import { momentOf } from "../../../src/ingest/read/moment";
import { numberOf } from "../../../src/ingest/read/number";
import { symbolOf } from "../../../src/core/symbol";
import { cleanText } from "../../../src/ingest/read/text";
import { MTIME, NOW, read, readBytes } from "./given";

const literal = fc.constantFrom<unknown>(
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
  "BTC/USDT:USDT",
  "BYBIT:ETHUSDT.P",
  "<circular_reference:dict>",
  "<script>",
  "2025-07-26 01:26:40",
  "2025-07-26T01:26:40+02:00",
  "🚀 up",
  "perp",
  "5m",
);
const keys = fc.constantFrom(
  ...Object.values(usualKeys)
    .flat()
    .flatMap((key) => key.split(".")),
  "__proto__",
  "constructor",
  "toString",
  "score",
  "impact",
  "interpretation",
  "price",
  "size",
  "name",
  "severity",
  "divergence_type",
  "market_overview",
);
const { tree } = fc.letrec<{ tree: unknown; list: unknown; object: unknown }>((tie) => ({
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
const report = fc
  .record({
    symbol: fc.oneof(literal, fc.constant("BTCUSDT")),
    signal: fc.oneof(literal, fc.constant("SELL")),
    score: fc.oneof(literal, fc.constant(30)),
    rest: fc.dictionary(keys, tree, { maxKeys: 12 }),
  })
  .map(({ rest, ...required }) => ({ ...required, ...rest }));
const path = fc.oneof(
  fc.constant("report.json"),
  fc.constant("btc/usdt_SELL_70p5_20250726_012640.json"),
  fc.constant("xrpusdt_20250726_012640_data.json"),
  fc.string({ unit: "binary" }),
);

function survives(reading: Reading): void {
  const { signals, opportunities, market, refusals } = reading;
  expect(signals.length + opportunities.length + refusals.length + (market === null ? 0 : 1)).toBeGreaterThan(0);
  for (const { reason } of refusals) expect(refusalReasons).toContain(reason);
}

describe("the reader survives", () => {
  test("any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => survives(readBytes(bytes))),
      { numRuns: 500 },
    );
  });

  test("any text, and any report cut or changed in the middle", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => survives(read(text))));
    fc.assert(
      fc.property(report, fc.nat(), fc.string(), (body, at, text) => {
        const whole = JSON.stringify(body);
        survives(read(whole.slice(0, at % whole.length)));
        survives(read(whole.slice(0, at % whole.length) + text + whole.slice(at % whole.length)));
      }),
    );
  });

  test("any JSON under any name", () => {
    fc.assert(
      fc.property(fc.oneof(tree, report), path, (body, path) =>
        survives(read(body ?? null, { path, parseOptions: { zone: "Europe/Berlin" } })),
      ),
      { numRuns: 1000 },
    );
  });

  test("any depth", () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.constantFrom("[", '{"a":'), (levels, opener) =>
        survives(read(opener.repeat(levels))),
      ),
      { numRuns: 50 },
    );
  });

  test("and reads what JSON.parse reads, where that is not too deep", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 20 }), (text) => {
        const json = readJson(new TextEncoder().encode(text));
        expect(json instanceof ParseError ? json : json.value).toEqual(JSON.parse(text));
      }),
    );
  });

  test("any __proto__, without passing it on", () => {
    fc.assert(
      fc.property(tree, (polluted) => {
        const text = `{"symbol":"BTCUSDT","signal":"BUY","__proto__":${JSON.stringify({ score: 99, polluted })},"components":{"__proto__":{"score":1,"polluted":1}}}`;
        expect(read(text).signals[0]).toMatchObject({ score: null });
        expect(Reflect.has({}, "polluted")).toBe(false);
      }),
    );
  });
});

describe("the reader never invents", () => {
  test("every value of a signal stands in the report, its name, or is the file's time", () => {
    let signals = 0;
    fc.assert(
      fc.property(report, (body) => {
        const text = JSON.stringify(body);
        for (const signal of read(text).signals) {
          signals++;
          expect(invented(signal, leavesOf(JSON.parse(text)))).toEqual([]);
        }
      }),
      { numRuns: 2000 },
    );
    expect(signals).toBeGreaterThan(100);
  });
});

/** Every scalar of a document, its keys among them. */
function leavesOf(value: unknown): readonly (string | number)[] {
  if (typeof value === "string" || typeof value === "number") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...leavesOf(inner)]);
}

function invented(signal: Signal, leaves: readonly (string | number)[]): string[] {
  const numbers = new Set(
    leaves.flatMap((leaf) => numberOf(typeof leaf === "string" ? leaf.replace(/%$/, "") : leaf) ?? []),
  );
  const texts = new Set(leaves.map((leaf) => cleanText(String(leaf), 1000)));
  const times = new Set([MTIME, NOW, ...leaves.flatMap((leaf) => momentOf(leaf, "UTC")?.at ?? [])]);
  // Rounding dust beyond a border is the border.
  const number = (value: number | null) =>
    value === null ||
    numbers.has(value) ||
    (Number.isInteger(value) && [...numbers].some((one) => Math.abs(one - value) <= 1e-7));
  const text = (value: string | null) =>
    value === null ||
    texts.has(value) ||
    value.split("; ").every((phrase) => texts.has(phrase.split(": ").slice(1).join(": ")));
  const { plan } = signal;
  const honest: Readonly<Record<string, boolean>> = {
    symbol: texts.has(signal.symbolAsWritten) && symbolOf(signal.symbolAsWritten)?.symbol === signal.symbol,
    direction: texts.has(signal.word) && directionOf(signal.word) === signal.direction,
    score: number(signal.score),
    strength: signal.strength === strengthOf(signal.direction, signal.score),
    reliability: number(signal.reliability) || number((signal.reliability ?? 0) * 100),
    price: number(signal.price),
    observedAt: times.has(signal.observedAt),
    expiresAt: signal.expiresAt === null || times.has(signal.expiresAt),
    plan:
      plan === null ||
      [plan.entry, plan.stop, plan.riskReward, ...plan.targets.flatMap(({ price, size }) => [price, size])].every(
        number,
      ),
    components: signal.components.every(({ score, weight, impact }) => [score, weight, impact].every(number)),
    texts: [
      signal.strategy,
      signal.timeframe,
      signal.signalId,
      signal.transactionId,
      ...(plan?.targets ?? []).map(({ name }) => name),
      ...signal.components.flatMap(({ name, interpretation }) => [name, interpretation]),
      ...signal.words.flatMap((word) => [word.text, word.component, word.severity]),
    ].every(text),
    exchange: signal.exchange === null || [...texts].some((one) => one.toLowerCase().includes(signal.exchange ?? "")),
  };
  return Object.keys(honest).filter((field) => honest[field] !== true);
}

test("a canonical symbol is its own canonical form", () => {
  const written = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc
      .tuple(
        fc.stringMatching(/^[A-Z0-9]{1,8}$/),
        fc.constantFrom("", "/", "-", "_"),
        fc.constantFrom("USDT", "BTC", "ABC"),
        fc.constantFrom("", ":USDT", ".P", "-251226"),
      )
      .map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(written, (text) => {
      const { symbol } = symbolOf(text) ?? { symbol: null };
      if (symbol === null) return;
      expect(symbol).toMatch(/^(?=.{1,40}$)\^?[A-Z0-9][A-Z0-9._:/&-]*(?:!|=F)?$/);
      expect(symbolOf(symbol)?.symbol).toBe(symbol);
    }),
    { numRuns: 1000 },
  );
});
