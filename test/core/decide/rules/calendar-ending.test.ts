import { expect, test } from "bun:test";
import { calendarsSchema, exchangeCalendar } from "../../../../src/config/calendars";
import { Deciding, hours, usualSettings } from "../../../support/deciding";

const days = 24 * hours;
const end = Date.parse("2027-01-01T00:00:00+05:30");

function withCalendars(calendars: Parameters<typeof calendarsSchema.parse>[0]) {
  return { ...usualSettings(), calendars: calendarsSchema.parse(calendars) };
}

test("a calendar is spoken of 30 days before its last day, until it knows more", () => {
  const history = new Deciding(withCalendars({ nse: exchangeCalendar("XNSE"), always: exchangeCalendar("24x7") }));
  expect(history.tick(end - 30 * days - 1).raised).toEqual([]);
  expect(history.tick(end - 30 * days).raised).toMatchObject([
    {
      rule: "calendar-ending",
      priority: "medium",
      message: "The calendar nse knows its closures through 2026-12-31, 30 d from now: give it those that follow",
    },
  ]);
  history.settings = withCalendars({ nse: exchangeCalendar("XNSE", { validThrough: "2027-12-31" }) });
  expect(history.tick(end).changed).toMatchObject([{ state: "resolved", reason: "condition-over" }]);
});

test("one that is no longer configured has nothing left to say", () => {
  const history = new Deciding(withCalendars({ nse: exchangeCalendar("XNSE") }));
  history.tick(end);
  history.settings = withCalendars({});
  const configured = { kind: "configured", receivedAt: end + 1, sources: {}, scanners: [], rules: {} } as const;
  expect(history.show(configured).changed).toMatchObject([{ reason: "gone" }]);
});
