import { expect, test } from "bun:test";
import { figuresOf } from "../../../src/core/notify/figures";
import { whyRaised } from "../../../src/core/notify/why";

const target = (price: number) => ({ name: null, price, size: null });

test.each([
  [null, null, []],
  [43_000.1, null, ["price 43000.1"]],
  [0.000_012_34, null, ["price 0.00001234"]],
  [
    143.2,
    { entry: 143, stop: 139.5, targets: [target(150)], riskReward: null },
    ["price 143.2", "entry 143", "stop 139.5", "target 150"],
  ],
  [
    null,
    { entry: null, stop: 139.5, targets: [target(150), target(156.25)], riskReward: 2 },
    ["stop 139.5", "targets 150 / 156.25"],
  ],
] as const)("price %p and plan %p", (price, plan, figures) => {
  expect(figuresOf(price, plan)).toEqual([...figures]);
});

const strength = { word: "below-threshold", passed: true, value: 82.25, limit: 65, note: "strength against min_score" };
const sure = {
  word: "unreliable",
  passed: true,
  value: "91.0 %",
  limit: "75.0 %",
  note: "reliability against min_reliability",
};
const risk = { word: "below-threshold", passed: true, value: "Low", limit: "Medium", note: "risk against risk_level" };
const fresh = { word: "late", passed: true, value: "12 s", limit: "15 min", note: null };
const unknown = { ...sure, value: null, note: "the report gives no reliability" };

test.each([
  [[], null],
  [[fresh, unknown], null],
  [[fresh, strength, unknown], "Raised because strength 82.3 is at least 65."],
  [[strength, sure], "Raised because strength 82.3 is at least 65 and reliability 91.0 % is at least 75.0 %."],
  [
    [strength, sure, risk],
    "Raised because strength 82.3 is at least 65, reliability 91.0 % is at least 75.0 % and risk low is at most medium.",
  ],
  [[{ ...strength, passed: false }], null],
])("%j", (checks, sentence) => {
  expect(whyRaised(checks)).toBe(sentence);
});
