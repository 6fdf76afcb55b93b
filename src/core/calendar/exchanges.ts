import { neverOpen, type Calendar } from "./calendar";

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const weekdays = [1, 2, 3, 4, 5];

const nse: Calendar = {
  ...neverOpen,
  zone: "Asia/Kolkata",
  weekly: [{ days: weekdays, from: 9 * 60 + 15, to: 15 * 60 + 30 }],
  closed: [
    "2026-01-15",
    "2026-01-26",
    "2026-03-03",
    "2026-03-26",
    "2026-03-31",
    "2026-04-03",
    "2026-04-14",
    "2026-05-01",
    "2026-05-28",
    "2026-06-26",
    "2026-09-14",
    "2026-10-02",
    "2026-10-20",
    "2026-11-10",
    "2026-11-24",
    "2026-12-25",
  ],
  source: "exchange_calendars, XBOM (Apache-2.0)",
  validThrough: "2026-12-31",
};

const always: Calendar = { ...neverOpen, weekly: [{ days: everyDay, from: 0, to: 1440 }] };

/**
 * Sessions of exchanges by their market identifier code (ISO 10383), and `24x7`. A year's list is edited within its
 * year: it says how long it holds, and a config may add what it does not know.
 */
export const exchangeCalendars: Readonly<Record<string, Calendar>> = { XNSE: nse, XBOM: nse, "24x7": always };
