import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { JoinedReturns, recentReturns, returnsBefore } from "../../../src/core/alpha/joined-returns";
import { PairSums } from "../../../src/core/alpha/pair-sums";
import { regress } from "../../../src/core/alpha/regression";
import { robustErrors } from "../../../src/core/alpha/robust";

// Worked by hand. x is the benchmark's return, y the symbol's, both in percent.
//    x   y    x²   xy   y²      y - .4 - 1.6 x
//   -2  -3    4    6    9      -.2
//   -1  -1    1    1    1       .2
//    0   1    0    0    1       .6
//    1   1    1    1    1     -1.0
//    2   4    4    8   16       .4
//    0   2   10   16   28      squares 1.6
// mean x 0, mean y .4, Sxx 10, Sxy 16, Syy 28 - 5 x .16 = 27.2
const centred = { xs: [-2, -1, 0, 1, 2], ys: [-3, -1, 1, 1, 4] };
const centredByHand = {
  n: 5,
  beta: 1.6, // 16 / 10
  alpha: 0.4, // .4 - 1.6 x 0
  excess: 2, // .4 x 5
  correlation: 0.970142500145332, // 16 / sqrt(10 x 27.2)
  betaError: 0.23094010767585, // sqrt(1.6 / 3 / 10)
  t: 1.224744871391589, // .4 / sqrt(1.6 / 3 / 5)
  deviation: 2.60768096208106, // sqrt(27.2 / 4)
  benchmarkDeviation: 1.58113883008419, // sqrt(10 / 4)
};

//    x   y    x²   xy   y²
//    1   2    1    2    4
//    2   3    4    6    9
//    3   7    9   21   49
//    4   8   16   32   64
//   10  20   30   61  126
// mean x 2.5, mean y 5, Sxx 30 - 25 = 5, Sxy 61 - 50 = 11, Syy 126 - 100 = 26
const shifted = { xs: [1, 2, 3, 4], ys: [2, 3, 7, 8] };
const shiftedByHand = {
  n: 4,
  beta: 2.2, // 11 / 5
  alpha: -0.5, // 5 - 2.2 x 2.5
  excess: -2, // -.5 x 4
  correlation: 0.964763821237732, // 11 / sqrt(5 x 26)
  betaError: 0.424264068711929, // residuals 26 - 2.2 x 11 = 1.8; sqrt(1.8 / 2 / 5)
  t: -0.430331482911935, // -.5 / sqrt(.9 x (1 / 4 + 6.25 / 5))
  deviation: 2.943920288775949, // sqrt(26 / 3)
  benchmarkDeviation: 1.290994448735806, // sqrt(5 / 3)
};

test.each([
  ["returns around zero", centred, centredByHand],
  ["returns away from zero", shifted, shiftedByHand],
] as const)("%s, as worked out by hand", (_, { xs, ys }, byHand) => {
  const regression = regress(sumsOf(xs, ys));
  expect(regression).not.toBeNull();
  for (const [name, value] of Object.entries(byHand))
    expect(regression?.[name as keyof typeof byHand]).toBeCloseTo(value, 12);
});

// Leverage .2 + x²/10: .6 .3 .2 .3 .6; residuals over 1 - leverage: -.5 .285714 .75 -1.428571 1.
// beta: sum of (x/10 x that)² = .01 + .00081633 + 0 + .02040816 + .04; alpha: .04 x (.25 + .08163265 + .5625 + 2.04081633 + 1).
test("errors that withstand a noisy candle, as worked out by hand", () => {
  const regression = regress(sumsOf(centred.xs, centred.ys));
  const errors = regression && robustErrors(Float64Array.from(centred.xs), Float64Array.from(centred.ys), regression);
  expect(errors?.beta).toBeCloseTo(Math.sqrt(0.071224489795918), 12);
  expect(errors?.alpha).toBeCloseTo(Math.sqrt(0.157397959183673), 12);
});

test("what does not move, or is too little, gives nothing", () => {
  expect(regress(sumsOf([0.1, 0.1, 0.1], [1, 2, 3]))).toBeNull();
  expect(regress(sumsOf([1, 2, 3], [0.1, 0.1, 0.1]))).toBeNull();
  expect(regress(sumsOf([1, 2], [1, 2]))).toBeNull();
});

// A return in steps of a millionth, as prices have them.
const change = fc.integer({ min: -200_000, max: 200_000 }).map((millionths) => millionths / 1e6);
const pairs = (max: number) => fc.array(fc.tuple(change, change), { minLength: 60, maxLength: max });

test("twice the benchmark is beta 2, correlation 1, alpha 0, and no t without a residual", () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 5, maxLength: 300 }), (xs) => {
      const regression = regress(
        sumsOf(
          xs,
          xs.map((x) => 2 * x),
        ),
      );
      fc.pre(regression !== null);
      expect(Math.abs(regression.beta - 2)).toBeLessThan(1e-9);
      expect(Math.abs(regression.correlation - 1)).toBeLessThan(1e-9);
      expect(Math.abs(regression.alpha)).toBeLessThan(1e-9);
      expect(regression.t).toBeNull();
    }),
  );
});

test("a symbol with returns c times as large has beta, alpha and deviation c times as large, and the same correlation and t", () => {
  fc.assert(
    fc.property(pairs(120), fc.double({ min: 0.001, max: 1000, noNaN: true }), (returns, c) => {
      const xs = returns.map(([x]) => x);
      const plain = regress(
        sumsOf(
          xs,
          returns.map(([, y]) => y),
        ),
      );
      const scaled = regress(
        sumsOf(
          xs,
          returns.map(([, y]) => c * y),
        ),
      );
      fc.pre(plain !== null && scaled !== null && plain.t !== null && scaled.t !== null);
      expectClose(scaled.beta, c * plain.beta, c);
      expectClose(scaled.alpha, c * plain.alpha, c);
      expectClose(scaled.deviation, c * plain.deviation, c);
      expectClose(scaled.correlation, plain.correlation, 1);
      expectClose(scaled.t, plain.t, Math.max(1, Math.abs(plain.t)));
    }),
  );
});

test("kept up pair by pair or computed anew, the numbers are the same", () => {
  fc.assert(
    fc.property(pairs(2_600), (returns) => {
      const joined = new JoinedReturns();
      for (const [x, y] of returns) joined.push(x, y);
      const recent = returns.slice(-recentReturns);
      const before = returns.slice(-recentReturns - returnsBefore, -recentReturns);
      for (const [kept, wanted] of [
        [joined.recent, recent],
        [joined.prior, before],
      ] as const) {
        const anew = sumsOf(
          wanted.map(([x]) => x),
          wanted.map(([, y]) => y),
        );
        expect(kept.n).toBe(anew.n);
        for (const sum of ["x", "y", "xx", "yy", "xy"] as const)
          expect(Math.abs(kept[sum] - anew[sum])).toBeLessThan(1e-9);
        const [a, b] = [regress(kept), regress(anew)];
        if (a === null || b === null || b.deviation < 1e-4 || 0.2 * b.betaError > 1) continue;
        for (const name of ["beta", "alpha", "correlation", "deviation"] as const)
          expectClose(a[name], b[name], Math.max(1, Math.abs(b[name])));
      }
      expect([...joined.benchmark(recentReturns)]).toEqual(recent.map(([x]) => x));
      expect([...joined.symbol(returnsBefore, recentReturns)]).toEqual(before.map(([, y]) => y));
    }),
    { numRuns: 60 },
  );
});

function expectClose(value: number, wanted: number, scale: number): void {
  expect(Math.abs(value - wanted)).toBeLessThan(1e-9 * scale + 1e-12);
}

function sumsOf(xs: readonly number[], ys: readonly number[]): PairSums {
  const sums = new PairSums();
  xs.forEach((x, index) => sums.add(x, ys[index] ?? Number.NaN));
  return sums;
}
