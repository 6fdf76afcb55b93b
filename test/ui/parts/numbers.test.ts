import { expect, test } from "bun:test";
import { figure, percent, ratePercent, signedPercent } from "../../../ui/parts/numbers";

test("what rounds to zero has no sign", () => {
  expect([signedPercent(-0.02), signedPercent(0.02), percent(-0.04), signedPercent(0)]).toEqual(Array(4).fill("0.0 %"));
  expect([signedPercent(0.06), signedPercent(-6.2), signedPercent(null)]).toEqual(["+0.1 %", "\u22126.2 %", null]);
  expect([ratePercent(0.00000001), ratePercent(0.0001)]).toEqual(["0.0000 %", "+0.0100 %"]);
});

test("a figure has four digits that count, however small: it is never rounded to 0", () => {
  expect([figure(12_040), figure(1.8401), figure(0.00031), figure(0), figure(2.24e-6)]).toEqual([
    "12,040",
    "1.84",
    "0.00031",
    "0",
    "0.00000224",
  ]);
  expect([figure(2.24e-13), figure(-2.24e-13)]).toEqual(["2.2e\u221213", "\u22122.2e\u221213"]);
});
