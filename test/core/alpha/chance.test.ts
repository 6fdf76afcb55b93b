import { expect, test } from "bun:test";
import { normalOf, normalTail, studentTails } from "../../../src/core/alpha/chance";
import { unitRootTail } from "../../../src/core/alpha/dickey-fuller";
import { compareCorrelations, compareRobustly, correlationAt, fisherZ } from "../../../src/core/alpha/fisher";
import { rankSumTail } from "../../../src/core/alpha/rank-sum";
import scipy from "../../fixtures/alpha/scipy.json";

test.each([
  [0, 0.5],
  [1.959963984540054, 0.025],
  [3.090232306167813, 0.001],
  [5, 2.866515718791939e-7],
  [-1.959963984540054, 0.975],
])("beyond z %f lies %f of a normal distribution", (z, tail) => {
  expect(normalTail(z) / tail).toBeCloseTo(1, 9);
});

test.each([
  [1, 1, 0.5], // Cauchy: 1 - 2/pi x atan 1
  [4, 2, 0.057190958417936], // 1 - 4 / sqrt(2 + 16)
  [4, 4, 0.016130089900093], // 1 - 3/4 x 4/sqrt 5 x (1 - 16/60)
  [2.010634757624232, 48, 0.05], // the usual table
])("beyond t %f with %i degrees lies %f, either side", (t, degrees, tails) => {
  expect(studentTails(t, degrees) / tails).toBeCloseTo(1, 7);
  expect(studentTails(-t, degrees)).toBe(studentTails(t, degrees));
});

test("far out, t becomes the normal value as unlikely", () => {
  for (const t of [1.5, 3, 6, 8]) expect((2 * normalTail(normalOf(t, 48))) / studentTails(t, 48)).toBeCloseTo(1, 1);
});

// atanh .8 = ln(1.8 / .2) / 2 = 1.098612, atanh .5 = ln 3 / 2 = .549306; sqrt(1/200 + 1/50) = .158114
test("two correlations apart by 3.474 standard errors, as worked out by hand", () => {
  expect(fisherZ(0.5)).toBeCloseTo(0.549306144334, 10);
  expect(compareCorrelations(0.8, 203, 0.5, 53).z).toBeCloseTo(3.474117, 5);
});

// Beta 1, deviations 1 and .75 beside it: correlation 1 / sqrt(1 + .5625) = .8. With the benchmark at .5: .5 / sqrt(.25 + .5625) = .554700.
test("a quiet benchmark lowers a correlation by itself, as worked out by hand", () => {
  expect(correlationAt(0.8, 0.5)).toBeCloseTo(0.554_700_196, 9);
  expect(correlationAt(0.8, 1)).toBe(0.8);
});

// The usual table: 5 % at -2.86, 1 % at -3.43.
test("Dickey and Fuller's table", () => {
  expect(unitRootTail(-2.86)).toBeCloseTo(0.05, 3);
  expect(unitRootTail(-3.43)).toBeCloseTo(0.01, 3);
  expect(unitRootTail(0)).toBe(1);
  expect(unitRootTail(Number.NaN)).toBe(1);
});

// 3 is above two of 1 2 4 and 5 above all three: 5, where 2 x 3 / 2 = 3 is usual with variance 2 x 3 x 6 / 12 = 3
test("ranks, as worked out by hand", () => {
  expect(rankSumTail(Float64Array.of(3, 5), Float64Array.of(1, 2, 4)).z).toBeCloseTo(2 / Math.sqrt(3), 12);
  expect(rankSumTail(Float64Array.of(2, 2), Float64Array.of(2, 2)).z).toBe(0);
});

test.each(scipy.rankSums.map((each) => [each.name, each] as const))(
  "ranks with ties as scipy has them: %s",
  (_, { recent, before, p }) => {
    expect(rankSumTail(Float64Array.from(recent), Float64Array.from(before)).p / p).toBeCloseTo(1, 9);
  },
);

test("ranks of one value say nothing", () => {
  expect(rankSumTail(new Float64Array(20), new Float64Array(200))).toEqual({ z: 0, p: 0.5 });
});

test.each(scipy.studentTails)("Student's t as scipy has it: %o", ({ t, degrees, p }) => {
  expect(studentTails(t, degrees) / p).toBeCloseTo(1, 9);
});

test("one wild candle carries a correlation, and is not believed", () => {
  const quiet = Array.from({ length: 50 }, (_, index) => ((index * 7) % 11) / 11 - 0.5);
  const unrelated = quiet.map((_, index) => ((index * 5) % 13) / 13 - 0.5);
  const wild = { xs: Float64Array.from([...quiet, 100]), ys: Float64Array.from([...unrelated, 100]) };
  const tame = { xs: Float64Array.from(quiet), ys: Float64Array.from(unrelated) };
  expect(compareRobustly(wild, tame)).toBeGreaterThan(0.01);
});
