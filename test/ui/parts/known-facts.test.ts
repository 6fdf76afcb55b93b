import { expect, test } from "bun:test";
import { factText, labelOf } from "../../../ui/parts/known-facts";

test.each([
  ["quietMs", 720_000, "Quiet", "12 min"],
  ["Age of the quote on bybit ms limit", 10_000, "Age of the quote on bybit limit", "10 s"],
  ["Age of the quote on bybit ms", 33, "Age of the quote on bybit", "33 ms"],
  ["Net % with 8 h of funding", 0.6812, "Net with 8 h of funding", "0.6812 %"],
  ["symbolAsWritten", "BTC/USDT", "Symbol as written", "BTC/USDT"],
  ["alpha_potential", 0.12345, "Alpha potential", "0.1235"],
  ["modifiedAt", "2026-11-20T09:42:08.000Z", "Modified at", "20 Nov 2026 09:42:08 UTC"],
  ["backlog", false, "Backlog", "no"],
  ["price", null, "Price", null],
] as const)("%s of %p is %s: %s", (name, value, label, text) => {
  expect(labelOf(name)).toBe(label);
  expect(factText(name, value)).toBe(text);
});
