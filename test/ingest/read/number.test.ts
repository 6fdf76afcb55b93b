import { expect, test } from "bun:test";
import {
  clampedWithin,
  fractionOf,
  isNoNumber,
  numberOf,
  percentageOf,
  ratioOf,
} from "../../../src/ingest/read/number";

test.each([
  [50, 0, 100, 50],
  [0, 0, 100, 0],
  [100, 0, 100, 100],
  // Dust is as large as the range it is left over of.
  [100.00000001, 0, 100, 100],
  [100.000001, 0, 100, null],
  [-0.00000001, 0, 100, 0],
  [1.0000000000000002, 0, 1, 1],
  [1.00000001, 0, 1, null],
  [-1e-14, 0, 1, 0],
  [-0.00000001, 0, 1, null],
  [101, 0, 100, null],
  [1e9 + 1, 0, 1e9, null],
])("%p within %p and %p is %p", (number, min, max, clamped) => expect(clampedWithin(number, min, max)).toBe(clamped));

test.each<[(value: string | number) => number | null, string | number, number | null]>([
  [numberOf, "1e3", 1000],
  [numberOf, " .5 ", 0.5],
  [numberOf, "+7.", 7],
  [numberOf, "0x10", null],
  [numberOf, "", null],
  [numberOf, "1,5", null],
  [numberOf, "Infinity", null],
  [numberOf, Number.NaN, null],
  [ratioOf, "40%", 0.4],
  [ratioOf, 0.4, 0.4],
  [ratioOf, "0.4", 0.4],
  [ratioOf, 40, null],
  [ratioOf, "140%", null],
  [fractionOf, "-12.5%", -0.125],
  [fractionOf, "12.5", 12.5],
  [fractionOf, 3, 3],
  [fractionOf, "%", null],
  [percentageOf, "40%", 40],
  [percentageOf, 40, 40],
  [percentageOf, "140%", null],
])("%p of %p is %p", (read, value, number) => expect(read(value)).toBe(number));

test.each<[string | number, boolean]>([
  [Number.NaN, true],
  [Number.POSITIVE_INFINITY, true],
  [0, false],
  ["NaN", true],
  ["n/a", true],
  ["N.A.", true],
  ["na", true],
  ["None", true],
  ["unknown", true],
  ["-", true],
  ["—", true],
  ["", true],
  ["low", false],
  ["0", false],
  ["-1", false],
])("that %p stands for a number that is not there is %p", (value, isNone) => expect(isNoNumber(value)).toBe(isNone));
