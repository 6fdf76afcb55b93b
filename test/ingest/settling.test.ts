import { describe, expect, test } from "bun:test";
import type { Reading, RefusalReason } from "../../src/core/reading";
import { Settling } from "../../src/ingest/settling";

const start = Date.parse("2026-03-02T12:00:00Z");

function file(size: number, modifiedAt: number, reason: RefusalReason | null = "not-json") {
  const refusals =
    reason === null
      ? []
      : [{ reason, detail: "It ends too early.", element: null, observedAt: null, zoneAssumed: false }];
  const reading: Reading = { signals: [], opportunities: [], market: null, refusals, parsers: [], notes: [] };
  return { size, modifiedAt, reading };
}

describe("a file that may be half-written", () => {
  test("is looked at again after 50, 200 and 1000 ms, and given up two seconds after it last changed", () => {
    const settling = new Settling();
    const retryAt = (ms: number) => settling.retryAfter("x.json", file(10, start), true, start + ms);
    expect(retryAt(0)).toBe(50);
    expect(retryAt(50)).toBe(200);
    expect(retryAt(250)).toBe(1000);
    expect(retryAt(1250)).toBe(750);
    expect(settling.waiting).toBe(1);
    expect(retryAt(2000)).toBeNull();
    expect(settling.waiting).toBe(0);
  });

  test("is waited for as long as it changes, by size or by time", () => {
    const settling = new Settling();
    for (let second = 0; second < 60; second++)
      expect(settling.retryAfter("x.json", file(second, start), true, start + second * 1000)).toBe(50);
    for (let second = 60; second < 90; second++)
      expect(settling.retryAfter("x.json", file(59, start + second), true, start + second * 1000)).toBe(50);
    expect(settling.retryAfter("x.json", file(59, start + 89), true, start + 92_000)).toBeNull();
  });

  test("an old one found by a look is not waited for", () => {
    expect(new Settling().retryAfter("x.json", file(10, start - 2000), false, start)).toBeNull();
    expect(new Settling().retryAfter("x.json", file(10, start - 1500), false, start)).toBe(50);
    expect(new Settling().retryAfter("x.json", file(10, start - 2000), true, start)).toBe(50);
  });

  test("one whose time is in the future is given up all the same", () => {
    const settling = new Settling();
    expect(settling.retryAfter("x.json", file(10, start + 3_600_000), false, start)).toBe(50);
    expect(settling.retryAfter("x.json", file(10, start + 3_600_000), false, start + 2000)).toBeNull();
  });

  test.each(["no-symbol", "bad-time", "too-big", "future"] as const)(
    "refused as %s it is complete, and refused at once",
    (reason) => {
      expect(new Settling().retryAfter("x.json", file(10, start, reason), true, start)).toBeNull();
    },
  );

  test("read at last it is waited for no longer, and gone neither", () => {
    const settling = new Settling();
    settling.retryAfter("x.json", file(10, start), true, start);
    settling.retryAfter("y.json", file(10, start), true, start);
    expect(settling.awaits("x.json")).toBe(true);
    expect(settling.retryAfter("x.json", file(20, start, null), true, start + 50)).toBeNull();
    settling.forget("y.json");
    expect([settling.awaits("x.json"), settling.awaits("y.json"), settling.waiting]).toEqual([false, false, 0]);
  });
});
