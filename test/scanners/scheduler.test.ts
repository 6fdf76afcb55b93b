import { expect, test } from "bun:test";
import { NotYet, Scheduler, type Scanner, type ScanOutcome } from "../../src/scanners/scheduler";

const minute = 60_000;

/** A scheduler under a clock of the test's own, and what it published. */
function setup(...scanners: Scanner[]) {
  let at = 0;
  const ended: [string, ScanOutcome][] = [];
  const overdue: string[] = [];
  const scheduler = new Scheduler({
    now: () => at,
    elapsed: () => at,
    ended: (name, outcome) => ended.push([name, outcome]),
    overdue: (name) => overdue.push(name),
  });
  scheduler.follow(scanners);
  /** Time passes; what is due runs to its end. */
  const pass = async (ms: number, step = 1000) => {
    for (const until = at + ms; at < until;) {
      at += step;
      scheduler.tick();
      await scheduler.settled();
    }
  };
  return { scheduler, ended, overdue, pass, at: () => at };
}

function aScanner(
  name: string,
  scan: (signal: AbortSignal) => Promise<void> = async () => undefined,
  times = { intervalMs: minute, timeoutMs: 30_000 },
): Scanner & { runs: number } {
  const scanner = {
    name,
    runs: 0,
    times: () => times,
    scan: async (signal: AbortSignal) => {
      scanner.runs += 1;
      await scan(signal);
      return "looked";
    },
  };
  return scanner;
}

test("the first run is at once, then one in each interval", async () => {
  const market = aScanner("market:a");
  const { pass } = setup(market);
  await pass(1000);
  expect(market.runs).toBe(1);
  await pass(10 * minute);
  expect(market.runs).toBe(11);
});

test("two markets are read at one moment, also after one of them failed; another kind a little apart", async () => {
  let down = true;
  const moments = new Map<string, number[]>();
  const noting = (name: string, fails: () => boolean) =>
    aScanner(name, async () => {
      if (fails()) throw new Error("503");
      moments.set(name, [...(moments.get(name) ?? []), clock.at()]);
    });
  const clock = setup(
    noting("market:a", () => false),
    noting("market:b", () => down),
    noting("candles:a", () => false),
  );
  await clock.pass(20 * minute);
  down = false;
  await clock.pass(40 * minute);
  const after = (name: string) => (moments.get(name) ?? []).filter((at) => at > 50 * minute);
  expect(after("market:b").length).toBeGreaterThan(5);
  expect(after("market:b")).toEqual(after("market:a"));
  expect(after("candles:a")[0]).not.toBe(after("market:a")[0]);
});

test("another interval holds at once", async () => {
  const times = { intervalMs: 60 * minute, timeoutMs: 30_000 };
  const slow = aScanner("market:a", undefined, times);
  const { pass } = setup(slow);
  await pass(20 * minute);
  const before = slow.runs;
  expect(before).toBeLessThanOrEqual(2);
  times.intervalMs = minute;
  await pass(2 * minute);
  expect(slow.runs).toBeGreaterThanOrEqual(before + 2);
});

test("failures are tried again later and later, a quarter of an hour at most, and never stop the others", async () => {
  const broken = aScanner("market:a", async () => {
    throw new Error("503");
  });
  const sound = aScanner("market:b");
  const { pass, scheduler, ended } = setup(broken, sound);
  await pass(120 * minute);
  expect(sound.runs).toBeGreaterThan(115);
  expect(broken.runs).toBeGreaterThan(8);
  expect(broken.runs).toBeLessThan(20);
  expect(scheduler.standings()[0]).toMatchObject({ lastError: "503", lastSuccessAt: null, failures: broken.runs });
  expect(ended).toContainEqual(["market:a", "failed"]);
});

test("some of what was due is no failure, and no success either: its share stands until a run has all", async () => {
  let lacks: { share: number; why: string } | null = { share: 0.25, why: "10 of 40 series" };
  const candles: Scanner = {
    name: "candles:a",
    times: () => ({ intervalMs: minute, timeoutMs: 30_000 }),
    scan: async () => ({ saw: "30 candles", lacks, note: null }),
    filling: () => ({ done: 30, total: 40 }),
  };
  const { pass, scheduler, ended } = setup(candles);
  await pass(1000);
  expect(ended).toEqual([["candles:a", "partial"]]);
  expect(scheduler.standings()[0]).toMatchObject({
    failures: 0,
    lastSaw: "30 candles",
    lacks,
    filling: { done: 30, total: 40 },
  });
  lacks = null;
  await pass(minute);
  expect(ended.at(-1)).toEqual(["candles:a", "succeeded"]);
  expect(scheduler.standings()[0]).toMatchObject({ lacks: null });
});

test("what a scan builds on is not there yet: no failure, tried again in a second", async () => {
  let there = false;
  const alpha = aScanner("alpha", async () => {
    if (!there) throw new NotYet("no market yet");
  });
  const { pass, ended } = setup(alpha);
  await pass(5000);
  expect(ended).toEqual([]);
  there = true;
  await pass(2000);
  expect(ended).toEqual([["alpha", "succeeded"]]);
});

test("one that hangs is given up on; no other run of it begins before it ends, and the watchdog says so", async () => {
  const held = Promise.withResolvers<void>();
  const hanging = aScanner("market:a", () => held.promise, { intervalMs: minute, timeoutMs: 20 });
  const { pass, ended, overdue, scheduler } = setup(hanging);
  await pass(1000);
  expect(ended).toEqual([["market:a", "timed-out"]]);
  await pass(10 * minute, 10_000);
  expect(hanging.runs).toBe(1);
  expect(overdue).toContain("market:a");
  held.resolve();
  await Bun.sleep(0);
  await pass(3 * minute, 10_000);
  expect(hanging.runs).toBeGreaterThan(1);
  await scheduler[Symbol.asyncDispose]();
});

test("asked for by name it runs now; a run under way is joined; an unknown name is refused", async () => {
  const market = aScanner("market:a", () => Bun.sleep(5));
  const { scheduler } = setup(market);
  await Promise.all([scheduler.run("market:a"), scheduler.run("market:a")]);
  expect(market.runs).toBe(1);
  expect(scheduler.run("nowhere")).rejects.toThrow("no such scanner: nowhere; there are market:a");
});
