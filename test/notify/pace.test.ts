import { expect, test } from "bun:test";
import { Pacer, Pacers } from "../../src/notify/pace";

/** When so many tries begin where each begins as soon as it may, ms after the first. */
function beginnings(pacer: Pick<Pacer, "readyAt" | "take">, tries: number, from: number): number[] {
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

test("channels that share a limit share what there is of it, and its pauses", () => {
  const pacers = new Pacers();
  const host = { key: "host", burst: 3, everyMs: 1000 };
  const one = pacers.for([host, { key: "one", burst: 2, everyMs: 10_000 }]);
  const other = pacers.for([host]);
  expect(beginnings(one, 2, 1000)).toEqual([0, 0]);
  expect(beginnings(other, 2, 1000)).toEqual([0, 1000]);
  expect(one.readyAt(2000)).toBe(11_000);
  pacers.rest("host", 60_000);
  pacers.rest("nothing", 90_000);
  expect([one.readyAt(12_000), other.readyAt(12_000), other.readyAt(60_000)]).toEqual([60_000, 60_000, 60_000]);
});

test("a clock that is set back gives nothing and takes nothing; without a pace nothing waits", () => {
  const pacer = new Pacer({ burst: 1, everyMs: 5000 });
  expect(beginnings(pacer, 1, 100_000)).toEqual([0]);
  expect(pacer.readyAt(50_000)).toBe(55_000);
  expect(pacer.readyAt(55_000)).toBe(55_000);
  expect(beginnings(new Pacers().for([]), 100, 0)).toEqual(Array(100).fill(0));
});
