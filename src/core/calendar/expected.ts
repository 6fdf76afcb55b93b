import { settingsFor, type Settings } from "../settings";
import { formatDay } from "../text";
import { closesAt, isOpen, nextOpening, openSpans, type Calendar, type Span } from "./calendar";

/** The calendar of this name is a time in which nothing is expected of any source. */
const maintenance = "maintenance";

type Calendars = Pick<Settings, "calendars" | "sources" | "defaults">;

/** How much of the time between two a source was expected to speak, ms: its sessions, less maintenance. */
export function expectedMs(settings: Calendars, source: string, from: number, to: number): number {
  const calendar = calendarOf(settings, source);
  const open = calendar === null ? [{ from, to }] : openSpans(calendar, from, to);
  const shut = maintenanceOf(settings);
  const spans = shut === null ? open : open.flatMap((span) => without(span, openSpans(shut, span.from, span.to)));
  return spans.reduce((sum, span) => sum + Math.max(0, span.to - span.from), 0);
}

/** Why nothing is expected of a source now, and until when, for a person; null where something is. */
export function idleReason(settings: Calendars, source: string, now: number): string | null {
  const shut = maintenanceOf(settings);
  if (shut !== null && isOpen(shut, now)) return `maintenance${until(closesAt(shut, now))}`;
  const calendar = calendarOf(settings, source);
  if (calendar === null || isOpen(calendar, now)) return null;
  const { calendar: name } = settingsFor(settings, source);
  return `closed by the calendar ${name}${until(nextOpening(calendar, now))}`;
}

function until(at: number | null): string {
  return at === null ? "" : ` until ${formatDay(at)}`;
}

/** Null: it is expected to speak at any time. */
function calendarOf(settings: Calendars, source: string): Calendar | null {
  const { calendar } = settingsFor(settings, source);
  return calendar === undefined ? null : (settings.calendars[calendar] ?? null);
}

function maintenanceOf({ calendars }: Pick<Settings, "calendars">): Calendar | null {
  return calendars[maintenance] ?? null;
}

function without(span: Span, holes: readonly Span[]): Span[] {
  const edges = [span.from, ...holes.flatMap(({ from, to }) => [from, to]), span.to];
  return Array.from({ length: edges.length / 2 }, (_, n) => ({ from: edges[2 * n] ?? 0, to: edges[2 * n + 1] ?? 0 }));
}
