import { z } from "zod";
import { neverOpen, type Calendar, type SpecialSession, type WeeklyHours } from "../core/calendar/calendar";
import { exchangeCalendars } from "../core/calendar/exchanges";
import { nameSchema } from "../core/name-schema";
import { zoneSchema } from "./zone-schema";

const dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const everyDay = "mon-sun";
const hoursPattern = /^([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;
const hoursWords = 'expected hours such as "22:00-07:00", or several: "09:15-12:00, 13:00-15:30"';

type Hours = Omit<WeeklyHours, "days">;

const hoursSchema = z.string().transform((text, context): Hours[] => {
  const parts = text.split(",").map((part) => hoursPattern.exec(part.trim()));
  if (parts.every((part) => part !== null))
    return parts.map(([, fromHour, fromMinute, toHour, toMinute]) => ({
      from: Number(fromHour) * 60 + Number(fromMinute),
      to: toHour === undefined ? 1440 : Number(toHour) * 60 + Number(toMinute),
    }));
  context.addIssue({ code: "custom", message: `${hoursWords}, got ${JSON.stringify(text)}` });
  return z.NEVER;
});

const daysSchema = z.string().transform((text, context): number[] => {
  const days = text
    .toLowerCase()
    .split(",")
    .map((part) => daysBetween(part.trim().split("-")));
  if (days.every((part) => part !== null)) return [...new Set(days.flat())].toSorted((a, b) => a - b);
  context.addIssue({
    code: "custom",
    message: `expected days such as "mon-fri" or "sat, sun", got ${JSON.stringify(text)}`,
  });
  return z.NEVER;
});

/** From one day to another, also over a week's end: `sat-mon`. */
function daysBetween([first, last = first, ...more]: readonly (string | undefined)[]): number[] | null {
  const [from, to] = [dayNames.indexOf(first ?? ""), dayNames.indexOf(last ?? "")];
  if (from < 0 || to < 0 || more.length > 0) return null;
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, n) => ((from + n) % 7) + 1);
}

const dateSchema = z.iso.date();
const whySchema = z.string().min(1).max(200);

const specialSchema = z
  .strictObject({ date: dateSchema, hours: hoursSchema, why: whySchema })
  .transform(({ date, hours, why }): SpecialSession[] => hours.map((each) => ({ date, why, ...each })));

const hoursCalendarSchema = z
  .strictObject({
    kind: z.literal("hours"),
    hours: hoursSchema,
    zone: zoneSchema,
    days: daysSchema.default(() => [1, 2, 3, 4, 5, 6, 7]),
    closed: z.array(dateSchema).max(1000).default([]),
  })
  .transform(({ hours, zone, days, closed }): Calendar => ({
    ...neverOpen,
    zone,
    weekly: hours.map((each) => ({ days, ...each })),
    closed,
  }));

const exchangeCalendarSchema = z
  .strictObject({
    kind: z.literal("exchange"),
    exchange: z.string().refine((code) => Object.hasOwn(exchangeCalendars, code), {
      error: `expected one of ${Object.keys(exchangeCalendars).join(", ")}; hours(...) makes one of your own`,
    }),
    closed: z.array(dateSchema).max(1000).default([]),
    open: z.array(dateSchema).max(1000).default([]),
    special: z.array(specialSchema).max(1000).default([]),
    validThrough: dateSchema.optional(),
  })
  .transform(({ exchange, closed, open, special, validThrough }): Calendar => {
    const shipped = exchangeCalendars[exchange] ?? neverOpen;
    return {
      ...shipped,
      closed: [...shipped.closed, ...closed].filter((date) => !open.includes(date)),
      special: [...shipped.special, ...special.flat()],
      validThrough: validThrough ?? shipped.validThrough,
    };
  });

const windowSchema = z
  .strictObject({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }), why: whySchema })
  .transform(({ from, to, why }) => ({ from: Date.parse(from), to: Date.parse(to), why }))
  .refine(({ from, to }) => to > from, "expected `to` after `from`");

const windowsCalendarSchema = z
  .strictObject({ kind: z.literal("windows"), windows: z.array(windowSchema).max(1000) })
  .transform(({ windows }): Calendar => ({ ...neverOpen, windows }));

type HoursCalendar = z.input<typeof hoursCalendarSchema>;
type ExchangeCalendar = z.input<typeof exchangeCalendarSchema>;
/** A calendar as the config's author writes it; a list has windows that come once. */
type CalendarFile = HoursCalendar | ExchangeCalendar | z.input<typeof windowSchema>[];

/** By kind, so that what is wrong is said of the one that was meant. */
const calendarSchema = z.preprocess(
  (written) => (Array.isArray(written) ? { kind: "windows", windows: written } : written),
  z.discriminatedUnion("kind", [hoursCalendarSchema, exchangeCalendarSchema, windowsCalendarSchema]),
) as z.ZodType<Calendar, CalendarFile>;

/** When something is open, as the config says it. `maintenance` is the one during which no source is expected to speak. */
export const calendarsSchema = z.record(nameSchema, calendarSchema);

/** The same hours every week, such as `hours("22:00-07:00", "Europe/Berlin")` or `hours("09:00-17:30", "UTC", { days: "mon-fri" })`. */
export function hours(
  text: string,
  zone: string,
  more: Omit<HoursCalendar, "kind" | "hours" | "zone"> = {},
): HoursCalendar {
  return { days: everyDay, ...more, kind: "hours", hours: text, zone };
}

/** An exchange's sessions by its code, such as `exchangeCalendar("XNSE")`; what its list does not know stands beside it. */
export function exchangeCalendar(
  exchange: string,
  more: Omit<ExchangeCalendar, "kind" | "exchange"> = {},
): ExchangeCalendar {
  return { ...more, kind: "exchange", exchange };
}
