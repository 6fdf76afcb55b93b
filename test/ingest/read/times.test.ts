import { describe, expect, test } from "bun:test";
import { offsetMsOf } from "../../../src/ingest/read/zone";
import { aReport, MTIME, NOW, refusalOf, signalOf } from "./given";

const timed = (timestamp: unknown, zone = "UTC") => signalOf({ ...aReport, timestamp }, { parseOptions: { zone } });

describe("times with a zone of their own", () => {
  test.each([
    [1753493200000, "2025-07-26T01:26:40Z"],
    [1753493200, "2025-07-26T01:26:40Z"],
    [1753493200.25, "2025-07-26T01:26:40.250Z"],
    ["1753493200000", "2025-07-26T01:26:40Z"],
    ["1753493200", "2025-07-26T01:26:40Z"],
    ["2025-07-26T01:26:40Z", "2025-07-26T01:26:40Z"],
    ["2025-07-26T01:26:40.123456+00:00", "2025-07-26T01:26:40.123Z"],
    ["2025-07-26T06:56:40+05:30", "2025-07-26T01:26:40Z"],
    ["2025-07-26 06:56:40 +0530", "2025-07-26T01:26:40Z"],
    ["2025-07-25T21:26:40-04", "2025-07-26T01:26:40Z"],
    ["2025-07-26 01:26:40 UTC", "2025-07-26T01:26:40Z"],
  ])("%p is %s", (timestamp, iso) => {
    expect(timed(timestamp, "America/New_York")).toMatchObject({
      observedAt: Date.parse(iso),
      datedBy: "body",
      zoneAssumed: false,
    });
  });
});

describe("times in the source's zone", () => {
  test.each([
    ["2025-07-26 01:26:40", "UTC", "2025-07-26T01:26:40Z"],
    ["2025-07-26T01:26:40", "UTC", "2025-07-26T01:26:40Z"],
    ["2025-07-26 01:26", "UTC", "2025-07-26T01:26:00Z"],
    ["2025-07-26 01:26:40", "+05:30", "2025-07-25T19:56:40Z"],
    ["2025-07-26 01:26:40", "-03:30", "2025-07-26T04:56:40Z"],
    ["2025-07-26 01:26:40", "UTC+2", "2025-07-25T23:26:40Z"],
    ["2025-07-26 01:26:40", "Asia/Kolkata", "2025-07-25T19:56:40Z"],
    ["2025-07-26 01:26:40", "Europe/Berlin", "2025-07-25T23:26:40Z"],
    ["2025-01-26 01:26:40", "Europe/Berlin", "2025-01-26T00:26:40Z"],
    ["2025-03-30 01:59:59", "Europe/Berlin", "2025-03-30T00:59:59Z"],
    ["2025-03-30 03:00:00", "Europe/Berlin", "2025-03-30T01:00:00Z"],
    // Shown twice that night: the first time counts.
    ["2025-10-26 02:30:00", "Europe/Berlin", "2025-10-26T00:30:00Z"],
    ["2025-11-02 01:30:00", "America/New_York", "2025-11-02T05:30:00Z"],
    ["2025-10-05 02:00:00", "Australia/Lord_Howe", null],
    ["2025-10-05 02:30:00", "Australia/Lord_Howe", "2025-10-04T15:30:00Z"],
  ])("%s in %s", (timestamp, zone, iso) => {
    if (iso === null)
      return expect(refusalOf({ ...aReport, timestamp }, { parseOptions: { zone } }).reason).toBe("bad-time");
    expect(timed(timestamp, zone)).toMatchObject({ observedAt: Date.parse(iso), zoneAssumed: true });
  });

  test.each([
    ["2025-10-26 02:30:00", "Europe/Berlin", "2025-10-26T00:31:00Z", "2025-10-26T00:30:00Z"],
    ["2025-10-26 02:30:00", "Europe/Berlin", "2025-10-26T01:30:02Z", "2025-10-26T01:30:00Z"],
    ["2025-10-26 02:59:59", "Europe/Berlin", "2025-10-26T01:00:05Z", "2025-10-26T00:59:59Z"],
    ["2025-10-26 02:00:01", "Europe/Berlin", "2025-10-26T01:00:02Z", "2025-10-26T01:00:01Z"],
    ["2025-11-02 01:30:00", "America/New_York", "2025-11-02T06:30:01Z", "2025-11-02T06:30:00Z"],
    ["2025-04-06 01:45:00", "Australia/Lord_Howe", "2025-04-05T15:15:00Z", "2025-04-05T15:15:00Z"],
    // Long past, nothing says which: the first.
    ["2025-10-26 02:30:00", "Europe/Berlin", "2025-10-27T01:30:00Z", "2025-10-26T00:30:00Z"],
  ])(
    "in an hour shown twice the time nearest to the report's arrival counts: %s in %s, arrived %s",
    (timestamp, zone, arrived, iso) => {
      const mtimeMs = Date.parse(arrived);
      const path = `btcusdt_${timestamp.replaceAll(/[-:]/g, "").replace(" ", "_")}.json`;
      // Read as it arrives, or a week later by the time of its file.
      for (const readAfterMs of [40, 7 * 86_400_000]) {
        const circumstances = { parseOptions: { zone }, mtimeMs, now: mtimeMs + readAfterMs };
        expect(signalOf({ ...aReport, timestamp }, circumstances)).toMatchObject({
          observedAt: Date.parse(iso),
          zoneAssumed: true,
        });
        expect(signalOf({ ...aReport, timestamp: null }, { ...circumstances, path })).toMatchObject({
          observedAt: Date.parse(iso),
          datedBy: "name",
        });
      }
    },
  );

  test.each([
    ["+14:00", 14 * 3_600_000],
    ["-0330", -3.5 * 3_600_000],
    ["UTC+1", 3_600_000],
    ["GMT-12", -12 * 3_600_000],
    ["+14:01", null],
    ["+15", null],
    ["+05:60", null],
    ["05:30", null],
  ])("the offset %s", (text, ms) => expect(offsetMsOf(text)).toBe(ms));

  test("an hour the clocks skip does not exist", () => {
    expect(
      refusalOf({ ...aReport, timestamp: "2025-03-30 02:30:00" }, { parseOptions: { zone: "Europe/Berlin" } }),
    ).toMatchObject({ reason: "bad-time", observedAt: null });
  });

  test("an unknown zone is refused, not taken for UTC", () => {
    expect(
      refusalOf({ ...aReport, timestamp: "2025-07-26 01:26:40" }, { parseOptions: { zone: "Mars/Olympus" } }).reason,
    ).toBe("bad-time");
  });
});

describe("no time at all", () => {
  test.each([
    ["yesterday"],
    ["2025-07-26"],
    ["2025-02-30 10:00:00"],
    ["2025-07-26T25:00:00Z"],
    ["2025-07-26 10:60"],
    [0],
    [-1],
    [20250726],
    [1.7534932e15],
    ["20250726012640"],
    ["0001-01-01T00:00:00Z"],
    [true],
    [{}],
    [[]],
  ])("%p is refused", (timestamp) => {
    expect(refusalOf({ ...aReport, timestamp }).reason).toBe("bad-time");
  });

  test.each([["null"], ["NaN"], ['"<serialization_error:datetime>"'], ['""']])("%s is as good as absent", (written) => {
    const text = `{"symbol": "BTCUSDT", "signal": "BUY", "timestamp": ${written}}`;
    expect(signalOf(text)).toMatchObject({ observedAt: MTIME, datedBy: "mtime" });
    expect(signalOf(text, { path: "btcusdt_20250726_012640.json" })).toMatchObject({ datedBy: "name" });
  });

  test("another key may hold it", () => {
    expect(signalOf({ ...aReport, timestamp: "soon", generated_at: "2025-12-31T11:00:00Z" }).observedAt).toBe(
      Date.parse("2025-12-31T11:00:00Z"),
    );
  });
});

describe("ahead of the clock", () => {
  test("by five minutes is accepted", () => {
    expect(timed(NOW + 5 * 60_000).observedAt).toBe(NOW + 5 * 60_000);
  });

  test("by more is refused with the time it claims", () => {
    const at = NOW + 5 * 60_000 + 1;
    expect(refusalOf({ ...aReport, timestamp: at })).toMatchObject({
      reason: "future",
      observedAt: at,
      zoneAssumed: false,
    });
    const naive = refusalOf({ ...aReport, timestamp: "2026-01-01 05:30:00" });
    expect(naive).toMatchObject({
      reason: "future",
      observedAt: Date.parse("2026-01-01T05:30:00Z"),
      zoneAssumed: true,
    });
  });

  test.each([[NOW + 1], [NOW + 1e9], [Number.NaN], [-Number.MAX_VALUE], [Infinity]])(
    "a file's mtime of %p counts as now",
    (mtimeMs) => {
      expect(signalOf({ ...aReport, timestamp: null }, { mtimeMs })).toMatchObject({
        observedAt: NOW,
        datedBy: "mtime",
      });
    },
  );
});
