import { dayMs } from "../duration";

/** Hours of a day that come again every week, minutes after midnight; to 1440. Where `to` is not after `from`, they end on the next day. */
export interface WeeklyHours {
  /** 1 is Monday, 7 Sunday: the days on which they begin. */
  readonly days: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** One day's own hours, in place of the weekly ones and of a closure. */
export interface SpecialSession extends Omit<WeeklyHours, "days"> {
  /** The day as its zone has it, such as 2026-11-08. */
  readonly date: string;
  readonly why: string;
}

/** One time, epoch ms; `to` is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A time that comes once, such as maintenance. */
interface Window extends Span {
  readonly why: string;
}

/** When something is open: an exchange's sessions, a person's quiet hours, the windows of maintenance. Plain data. */
export interface Calendar {
  /** IANA name; the hours and days are its own. */
  readonly zone: string;
  readonly weekly: readonly WeeklyHours[];
  /** Days on which no hours begin, such as 2026-12-25. */
  readonly closed: readonly string[];
  readonly special: readonly SpecialSession[];
  readonly windows: readonly Window[];
  /** Where its days come from; null where its author needs no source. */
  readonly source: string | null;
  /** The last day its closures are known for; null where it has no end. */
  readonly validThrough: string | null;
}

/** What others are made from. */
export const neverOpen: Calendar = {
  zone: "UTC",
  weekly: [],
  closed: [],
  special: [],
  windows: [],
  source: null,
  validThrough: null,
};

/** How far ahead an opening is looked for: no calendar is closed for longer. */
const searchedMs = 400 * dayMs;

/** When it is open between two times, in order, joined where they meet, cut to what was given. */
export function openSpans(calendar: Calendar, from: number, to: number): Span[] {
  if (to <= from) return [];
  // Hours that began on the day before may reach into this one.
  let day = localDay(calendar, from - dayMs);
  const last = localDay(calendar, to);
  const spans: Span[] = [...calendar.windows];
  for (; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 }))
    spans.push(...sessionsOn(calendar, day));
  return joined(spans)
    .map((span) => ({ from: Math.max(span.from, from), to: Math.min(span.to, to) }))
    .filter((span) => span.to > span.from);
}

export function isOpen(calendar: Calendar, at: number): boolean {
  return openSpans(calendar, at, at + 1).length > 0;
}

/** How much of the time between two it is open, ms. */
export function openMs(calendar: Calendar, from: number, to: number): number {
  return openSpans(calendar, from, to).reduce((sum, span) => sum + span.to - span.from, 0);
}

/** The next time it opens, epoch ms; null where none is in sight. */
export function nextOpening(calendar: Calendar, after: number): number | null {
  return nextSpan(calendar, after, ({ from }) => from > after)?.from ?? null;
}

/** When what is open now closes, epoch ms; null where it is closed, or does not close in sight. */
export function closesAt(calendar: Calendar, at: number): number | null {
  const now = nextSpan(calendar, at, (span) => span.from <= at && at < span.to);
  return now === null || now.to >= at + searchedMs ? null : now.to;
}

/** Looks ahead in widening steps, for most calendars open within days. */
function nextSpan(calendar: Calendar, at: number, wanted: (span: Span) => boolean): Span | null {
  for (let ahead = 8 * dayMs; ; ahead = Math.min(ahead * 4, searchedMs)) {
    const end = at + ahead;
    const span = openSpans(calendar, at - 1, end).find(wanted);
    // What reaches the end of the look may last beyond it.
    if (span !== undefined && (span.to < end || ahead === searchedMs)) return span;
    if (ahead === searchedMs) return null;
  }
}

/** The end of the last day it knows, epoch ms; null where it has no end. */
export function knownUntil({ validThrough, zone }: Calendar): number | null {
  return validThrough === null ? null : instant(Temporal.PlainDate.from(validThrough).add({ days: 1 }), 0, zone);
}

/** The next time a clock on the wall of this zone shows so many minutes after midnight, epoch ms. */
export function nextTimeOfDay(zone: string, minutes: number, after: number): number {
  const day = localDay({ zone }, after);
  const today = instant(day, minutes, zone);
  return today > after ? today : instant(day.add({ days: 1 }), minutes, zone);
}

function localDay({ zone }: Pick<Calendar, "zone">, at: number): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
}

/** What begins on a day. */
function sessionsOn({ weekly, closed, special, zone }: Calendar, day: Temporal.PlainDate): Span[] {
  const date = day.toString();
  const own = special.filter((session) => session.date === date);
  const hours =
    own.length > 0 ? own : closed.includes(date) ? [] : weekly.filter(({ days }) => days.includes(day.dayOfWeek));
  return hours.map(({ from, to }) => ({
    from: instant(day, from, zone),
    to: to > from ? instant(day, to, zone) : instant(day.add({ days: 1 }), to, zone),
  }));
}

/**
 * A wall clock's time on a day, epoch ms. A time that a change of the clock leaves out is as much later, one that comes
 * twice is the first: as RFC 5545 has it.
 */
function instant(day: Temporal.PlainDate, minutes: number, timeZone: string): number {
  const date = day.add({ days: Math.floor(minutes / 1440) });
  const plainTime = new Temporal.PlainTime(Math.floor((minutes % 1440) / 60), minutes % 60);
  return date.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
}

function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last !== undefined && span.from <= last.to)
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else result.push({ from: span.from, to: span.to });
  }
  return result;
}
