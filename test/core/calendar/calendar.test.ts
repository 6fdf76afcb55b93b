import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import {
  closesAt,
  isOpen,
  knownUntil,
  neverOpen,
  nextOpening,
  openMs,
  openSpans,
  type Calendar,
} from "../../../src/core/calendar/calendar";
import { exchangeCalendars } from "../../../src/core/calendar/exchanges";
import { dayMs, hourMs, minuteMs } from "../../../src/core/duration";

/** Calendars: sessions, closures, special sessions, and nights on which the clock changes. */

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const night: Calendar = {
  ...neverOpen,
  zone: "Europe/Berlin",
  weekly: [{ days: everyDay, from: 22 * 60, to: 7 * 60 }],
};
const nse = calendarOf("XNSE");
const always = calendarOf("24x7");

function calendarOf(code: string): Calendar {
  const calendar = exchangeCalendars[code];
  if (calendar === undefined) throw new Error(`there is no calendar ${code}`);
  return calendar;
}

const at = (text: string): number => Date.parse(text);
const shown = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

describe("the NSE's 2026", () => {
  test.each([
    ["2026-11-27T03:44:59.999Z", false, "before 09:15 in Kolkata"],
    ["2026-11-27T03:45:00Z", true, "09:15"],
    ["2026-11-27T09:59:59.999Z", true, "before 15:30"],
    ["2026-11-27T10:00:00Z", false, "15:30"],
    ["2026-11-28T05:00:00Z", false, "a Saturday"],
    ["2026-11-24T05:00:00Z", false, "Guru Nanak's birthday, a Tuesday"],
    ["2026-12-25T05:00:00Z", false, "Christmas, a Friday"],
    ["2026-12-24T05:00:00Z", true, "the day before"],
  ])("%s: open %p, %s", (when, open) => {
    expect(isOpen(nse, at(when))).toBe(open);
  });

  test("has a session on each weekday that is no closure", () => {
    const sessions = openSpans(nse, at("2026-01-01T00:00:00+05:30"), at("2027-01-01T00:00:00+05:30"));
    const weekdays = Array.from({ length: 365 }, (_, n) =>
      new Date(at("2026-01-01T12:00:00Z") + n * dayMs).getUTCDay(),
    ).filter((day) => day !== 0 && day !== 6).length;
    expect(sessions).toHaveLength(weekdays - 16);
    expect(new Set(sessions.map(({ from, to }) => to - from))).toEqual(new Set([6.25 * hourMs]));
  });

  test("over a closure and a weekend the next opening is days away, and a day's close is known", () => {
    expect(shown(nextOpening(nse, at("2026-11-23T10:00:00Z")))).toBe("2026-11-25T03:45:00.000Z");
    expect(shown(nextOpening(nse, at("2026-11-27T10:00:00Z")))).toBe("2026-11-30T03:45:00.000Z");
    expect(shown(closesAt(nse, at("2026-11-27T05:00:00Z")))).toBe("2026-11-27T10:00:00.000Z");
    expect(closesAt(nse, at("2026-11-27T10:00:00Z"))).toBeNull();
  });

  test("a special session stands on a closed day, in place of the day's own hours", () => {
    const withSpecial = {
      ...nse,
      special: [{ date: "2026-11-08", from: 18 * 60, to: 19 * 60 + 15, why: "Muhurat trading" }],
    };
    expect(isOpen(nse, at("2026-11-08T18:30:00+05:30"))).toBe(false);
    expect(openSpans(withSpecial, at("2026-11-08T00:00:00+05:30"), at("2026-11-09T00:00:00+05:30"))).toEqual([
      { from: at("2026-11-08T18:00:00+05:30"), to: at("2026-11-08T19:15:00+05:30") },
    ]);
    const early = { ...nse, special: [{ date: "2026-11-27", from: 9 * 60 + 15, to: 12 * 60, why: "early close" }] };
    expect(shown(closesAt(early, at("2026-11-27T05:00:00Z")))).toBe("2026-11-27T06:30:00.000Z");
  });

  test("is known until its year ends in Kolkata", () => {
    expect(shown(knownUntil(nse))).toBe("2026-12-31T18:30:00.000Z");
    expect(knownUntil(always)).toBeNull();
  });
});

describe("a night in Berlin", () => {
  test.each([
    ["an ordinary night", "2026-11-27T12:00:00Z", "2026-11-27T21:00:00.000Z", "2026-11-28T06:00:00.000Z", 9],
    [
      "the night the clock leaps ahead",
      "2026-03-28T12:00:00Z",
      "2026-03-28T21:00:00.000Z",
      "2026-03-29T05:00:00.000Z",
      8,
    ],
    [
      "the night the clock goes back",
      "2026-10-24T12:00:00Z",
      "2026-10-24T20:00:00.000Z",
      "2026-10-25T06:00:00.000Z",
      10,
    ],
  ])("%s", (_, noon, from, to, hours) => {
    expect(openSpans(night, at(noon), at(noon) + dayMs).map((span) => [shown(span.from), shown(span.to)])).toEqual([
      [from, to],
    ]);
    expect(openMs(night, at(noon), at(noon) + dayMs)).toBe(hours * hourMs);
  });

  test("hours within the hour that does not exist, or that comes twice, are as long as the wall says", () => {
    const small = { ...night, weekly: [{ days: everyDay, from: 2 * 60 + 15, to: 2 * 60 + 45 }] };
    expect(openSpans(small, at("2026-03-29T00:00:00Z"), at("2026-03-29T12:00:00Z"))).toEqual([
      { from: at("2026-03-29T01:15:00Z"), to: at("2026-03-29T01:45:00Z") },
    ]);
    expect(openMs(small, at("2026-10-25T00:00:00Z") - hourMs, at("2026-10-25T12:00:00Z"))).toBe(30 * minuteMs);
  });
});

test("what never closes has neither an opening nor an end, and one-time windows are just themselves", () => {
  expect(isOpen(always, at("2026-12-25T00:00:00Z"))).toBe(true);
  expect(nextOpening(always, at("2026-12-25T00:00:00Z"))).toBeNull();
  expect(closesAt(always, at("2026-12-25T00:00:00Z"))).toBeNull();
  const window = { from: at("2026-12-05T02:00:00Z"), to: at("2026-12-05T04:00:00Z"), why: "new disk" };
  const maintenance = { ...neverOpen, windows: [window, { ...window, from: window.to, to: window.to + hourMs }] };
  expect(openSpans(maintenance, window.from - dayMs, window.to + dayMs)).toEqual([
    { from: window.from, to: window.to + hourMs },
  ]);
  expect(nextOpening(neverOpen, window.from)).toBeNull();
});

const calendars = fc.record({
  zone: fc.constantFrom("UTC", "Europe/Berlin", "Asia/Kolkata", "America/St_Johns", "Australia/Lord_Howe"),
  weekly: fc.array(
    fc.record({
      days: fc.uniqueArray(fc.constantFrom(...everyDay), { minLength: 1 }),
      from: fc.integer({ min: 0, max: 1439 }),
      to: fc.integer({ min: 0, max: 1440 }),
    }),
    { maxLength: 3 },
  ),
  closed: fc.uniqueArray(fc.constantFrom("2026-03-29", "2026-10-25", "2026-04-05", "2026-11-01"), { maxLength: 3 }),
  special: fc.array(
    fc.record({
      date: fc.constantFrom("2026-03-29", "2026-10-24"),
      from: fc.constant(60),
      to: fc.constant(600),
      why: fc.constant("x"),
    }),
    { maxLength: 1 },
  ),
  windows: fc.constant([]),
  source: fc.constant(null),
  validThrough: fc.constant(null),
});

/** Around the days on which the clocks of these zones change. */
const moments = fc
  .tuple(
    fc.constantFrom("2026-03-29", "2026-10-25", "2026-04-05", "2026-11-01"),
    fc.integer({ min: -3 * 1440, max: 3 * 1440 }),
  )
  .map(([day, minutes]) => at(`${day}T00:00:00Z`) + minutes * minuteMs);

test("time open adds up, spans are apart and in order, and what opens next was closed before and is open then", () => {
  fc.assert(
    fc.property(calendars, moments, moments, moments, (calendar, a, b, c) => {
      const [first, second, third] = [a, b, c].toSorted((x, y) => x - y) as [number, number, number];
      expect(openMs(calendar, first, second) + openMs(calendar, second, third)).toBe(openMs(calendar, first, third));
      const spans = openSpans(calendar, first, third);
      for (const [n, span] of spans.entries()) {
        expect(span.to).toBeGreaterThan(span.from);
        expect(span.from).toBeGreaterThan(spans[n - 1]?.to ?? -Infinity);
        expect(isOpen(calendar, span.from)).toBe(true);
        expect(isOpen(calendar, span.to - 1)).toBe(true);
      }
      const opening = nextOpening(calendar, first);
      if (opening !== null) expect([isOpen(calendar, opening - 1), isOpen(calendar, opening)]).toEqual([false, true]);
      const closing = closesAt(calendar, first);
      expect(closing === null || isOpen(calendar, first)).toBe(true);
      if (closing !== null) expect([isOpen(calendar, closing - 1), isOpen(calendar, closing)]).toEqual([true, false]);
    }),
    { numRuns: 300 },
  );
});
