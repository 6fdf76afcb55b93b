import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { bytesOf, fitLine, fitText } from "../../../src/notify/channels/fit";

const texts = fc.string({
  unit: fc.oneof(fc.constantFrom("a", "é", "\n", "🧨", "👩‍👩‍👧", "\ud800", "\u0000"), fc.string()),
  maxLength: 200,
  size: "max",
});

test("a text is at most so long, whole or saying how much is missing", () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 60, max: 200 }), (text, max) => {
      const fitted = fitText(text, max);
      expect(bytesOf(fitted)).toBeLessThanOrEqual(max);
      expect(fitted.isWellFormed()).toBe(true);
      const whole = fitText(text, Number.MAX_SAFE_INTEGER);
      if (fitted === whole) return;
      const [, kept = "", count] = /^(.*)\n… (\d+) more characters$/s.exec(fitted) ?? [];
      expect(whole).toStartWith(kept);
      expect(Array.from(whole.slice(kept.length))).toHaveLength(Number(count));
    }),
  );
});

test("a line is one line, at most so long", () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 10, max: 100 }), (text, max) => {
      const line = fitLine(text, max);
      expect(bytesOf(line)).toBeLessThanOrEqual(max);
      expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test("no character is split", () => {
  expect(fitLine("aaaaaaaa👩‍👩‍👧", 12)).toBe("aaaaaaaa…");
  expect(fitLine("12345678901", 10)).toBe("1234567…");
  expect(fitText("é".repeat(60), 60)).toBe(`${"é".repeat(18)}\n… 42 more characters`);
});

const units = (text: string) => text.length;

test("another measure is another length", () => {
  expect(fitLine("🧨🧨🧨🧨", 8, units)).toBe("🧨🧨🧨🧨");
  expect(fitLine("🧨🧨🧨🧨🧨", 8, units)).toBe("🧨🧨🧨…");
});

test("lines stay, what no text has use for goes", () => {
  expect(fitText("one\r\ntwo\tthree\u0007\u001b[31m\u0000", 100)).toBe("one\ntwo\tthree[31m");
});
