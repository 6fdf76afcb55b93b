import { expect, test } from "bun:test";
import { calendarsSchema, exchangeCalendar, hours } from "../../src/config/calendars";
import { isOpen } from "../../src/core/calendar/calendar";
import { inPlainWords, plainIssues } from "../../src/core/plain-words";

function read(calendars: unknown) {
  const parsed = calendarsSchema.safeParse(calendars, inPlainWords);
  if (!parsed.success)
    throw new Error(
      plainIssues(parsed.error)
        .map(({ path, message }) => `${path}: ${message}`)
        .join(),
    );
  return parsed.data;
}

const openAt = (calendar: unknown, ...times: string[]) => {
  const { one } = read({ one: calendar });
  return times.map((time) => one !== undefined && isOpen(one, Date.parse(time)));
};

test("hours of every day, of some, and in parts", () => {
  expect(openAt(hours("22:00-07:00", "Europe/Berlin"), "2026-11-28T21:00:00Z", "2026-11-28T06:00:00Z")).toEqual([
    true,
    false,
  ]);
  const office = hours("09:00-12:00, 13:00-17:30", "UTC", { days: "mon-fri", closed: ["2026-11-26"] });
  expect(
    openAt(office, "2026-11-27T12:30:00Z", "2026-11-27T13:30:00Z", "2026-11-28T10:00:00Z", "2026-11-26T10:00:00Z"),
  ).toEqual([false, true, false, false]);
  expect(
    openAt(
      hours("00:00-24:00", "UTC", { days: "sat-mon" }),
      "2026-11-29T23:59:59Z",
      "2026-11-30T12:00:00Z",
      "2026-12-01T00:00:00Z",
    ),
  ).toEqual([true, true, false]);
});

test("an exchange's list, and what its user knows beside it", () => {
  const holiday = "2026-11-24T05:00:00Z";
  const session = "2026-11-08T13:00:00Z";
  expect(openAt(exchangeCalendar("XNSE"), holiday, session, "2026-11-27T05:00:00Z")).toEqual([false, false, true]);
  const mended = exchangeCalendar("XNSE", {
    open: ["2026-11-24"],
    closed: ["2026-11-27"],
    special: [{ date: "2026-11-08", hours: "18:00-19:15", why: "Muhurat trading" }],
    validThrough: "2027-03-31",
  });
  expect(openAt(mended, holiday, session, "2026-11-27T05:00:00Z")).toEqual([true, true, false]);
  expect(read({ nse: mended })["nse"]?.validThrough).toBe("2027-03-31");
  expect(openAt(exchangeCalendar("24x7"), holiday, session)).toEqual([true, true]);
});

test("windows of maintenance", () => {
  const windows = [{ from: "2026-12-05T02:00:00Z", to: "2026-12-05T06:00:00+02:00", why: "a new disk" }];
  expect(openAt(windows, "2026-12-05T03:59:59Z", "2026-12-05T04:00:00Z")).toEqual([true, false]);
});

test.each([
  [{ night: hours("22-07", "Europe/Berlin") }, "night.hours: expected hours such as"],
  [{ night: hours("22:00-25:00", "Europe/Berlin") }, "night.hours: expected hours such as"],
  [{ night: hours("22:00-07:00", "Berlin") }, "night.zone: expected an IANA zone"],
  [{ night: hours("22:00-07:00", "UTC", { days: "monday" }) }, "night.days: expected days such as"],
  [{ nse: exchangeCalendar("XNYS") }, "nse.exchange: expected one of XNSE"],
  [{ "A b": hours("22:00-07:00", "UTC") }, "lower-case"],
  [{ maintenance: [{ from: "2026-12-05T04:00:00Z", to: "2026-12-05T02:00:00Z", why: "a" }] }, "`to` after `from`"],
  [{ maintenance: [{ from: "tonight", to: "2026-12-05T02:00:00Z", why: "a" }] }, "maintenance.windows[0].from: "],
])("%j is refused, with where and what was expected", (calendars, expected) => {
  expect(() => read(calendars)).toThrow(expected);
});
