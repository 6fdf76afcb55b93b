import { expect, test } from "bun:test";
import { numberOf } from "../../src/exchange/ccxt/reading";

test.each([
  ["1.50", 1.5],
  ["-0.0001", -0.0001],
  [".5", 0.5],
  ["5.", 5],
  ["1e-8", 1e-8],
  ["+3", 3],
  [0, 0],
  ["", null],
  [" ", null],
  ["\t", null],
  ["0x10", null],
  ["0b1", null],
  ["1_000", null],
  ["1,5", null],
  [" 1", null],
  ["Infinity", null],
  ["NaN", null],
  ["1e999", null],
  [null, null],
  [undefined, null],
  [true, null],
  [[], null],
  [["1"], null],
  [{}, null],
  [Number.NaN, null],
  [Infinity, null],
])("%p as a number of an exchange is %p", (written, read) => {
  expect(numberOf(written)).toBe(read);
});
