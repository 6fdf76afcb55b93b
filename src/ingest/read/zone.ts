import { dayMs, hourMs, minuteMs } from "../../core/duration";
import { FixedOffsetZone, IANAZone, type Zone } from "luxon";

const quarterHourMs = 15 * minuteMs;
const offsetsMax = 2000;
const OFFSET = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?$/i;

const zones = new Map<string, Zone>();
const offsets = new Map<string, number>();

/** How near its arrival a report must be for that to say which of two hours it means. */
const liveWithinMs = 2 * hourMs;

/**
 * The moment a clock on the wall of this zone shows, epoch ms; null where it never shows it or the zone is unknown.
 * In an hour shown twice it is the one nearest to the report's arrival, and the first where that is long past.
 */
export function momentInZone(wallMs: number, name: string, arrivedAt: number | null = null): number | null {
  const zone = zoneNamed(name);
  if (!zone.isValid) return null;
  const dayBefore = wallMs - offsetMs(zone, wallMs - dayMs);
  const dayAfter = wallMs - offsetMs(zone, wallMs + dayMs);
  if (dayBefore === dayAfter) return dayBefore;
  // Clocks change nearby: an hour shown twice is first that of the day before; an hour skipped is no time at all.
  const [first, second] = [dayBefore, dayAfter].filter((at) => at + offsetMs(zone, at) === wallMs);
  if (first === undefined || second === undefined || arrivedAt === null) return first ?? null;
  const [toFirst, toSecond] = [Math.abs(arrivedAt - first), Math.abs(arrivedAt - second)];
  return toSecond < toFirst && toSecond <= liveWithinMs ? second : first;
}

/** Offset from UTC in ms of `+05:30`, `-0400`, `UTC+1`; null where the text is none. */
export function offsetMsOf(text: string): number | null {
  const [, sign, hours, minutes] = OFFSET.exec(text) ?? [];
  if (hours === undefined) return null;
  const offset = Number(hours) * 60 + Number(minutes ?? 0);
  return offset > 14 * 60 || Number(minutes ?? 0) > 59 ? null : (sign === "-" ? -offset : offset) * minuteMs;
}

/** A look into the zone's calendar is slow, and offsets change on the quarter hour. */
function offsetMs(zone: Zone, at: number): number {
  const key = `${zone.name} ${Math.floor(at / quarterHourMs)}`;
  const ready = offsets.get(key);
  if (ready !== undefined) return ready;
  if (offsets.size >= offsetsMax) offsets.clear();
  const offset = zone.offset(at) * minuteMs;
  offsets.set(key, offset);
  return offset;
}

function zoneNamed(name: string): Zone {
  const ready = zones.get(name);
  if (ready !== undefined) return ready;
  const zone = fixed(name) ?? IANAZone.create(name);
  zones.set(name, zone);
  return zone;
}

function fixed(name: string): Zone | null {
  if (/^(?:UTC|Z|GMT)$/i.test(name)) return FixedOffsetZone.utcInstance;
  const offset = offsetMsOf(name);
  return offset === null ? null : FixedOffsetZone.instance(offset / minuteMs);
}
