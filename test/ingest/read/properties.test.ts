import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { symbolOf } from "../../../src/core/symbol";
import { readJson } from "../../../src/ingest/read/json";
import { ParseError } from "../../../src/ingest/read/parse-error";

test("what JSON.parse reads is read, where that is not too deep", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 20 }), (text) => {
      const json = readJson(new TextEncoder().encode(text));
      expect(json instanceof ParseError ? json : json.value).toEqual(JSON.parse(text));
    }),
  );
});

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
