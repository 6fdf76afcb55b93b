import { expect, test } from "bun:test";
import { Pacer } from "../../src/notify/pace";

/** When so many tries begin where each begins as soon as it may, ms after the first. */
function beginnings(pacer: Pacer, tries: number, from: number): number[] {
  const begun: number[] = [];
  let now = from;
  for (let each = 0; each < tries; each++) {
    now = pacer.readyAt(now);
    pacer.take();
    begun.push(now - from);
  }
  return begun;
}

test("so many at once, then one more each time; what was not used comes back", () => {
  const pacer = new Pacer({ burst: 3, everyMs: 5000 });
  expect(beginnings(pacer, 6, 1000)).toEqual([0, 0, 0, 5000, 10_000, 15_000]);
  expect(beginnings(pacer, 4, 1_000_000)).toEqual([0, 0, 0, 5000]);
});

test("a clock that is set back gives nothing and takes nothing; without a pace nothing waits", () => {
  const pacer = new Pacer({ burst: 1, everyMs: 5000 });
  expect(beginnings(pacer, 1, 100_000)).toEqual([0]);
  expect(pacer.readyAt(50_000)).toBe(55_000);
  expect(pacer.readyAt(55_000)).toBe(55_000);
  expect(beginnings(new Pacer(null), 100, 0)).toEqual(Array(100).fill(0));
});
