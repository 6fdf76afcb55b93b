import { numberOf } from "./number";
import type { JsonValue } from "./value";
import { momentInZone, offsetMsOf } from "./zone";

/** A moment in epoch ms. */
export interface Moment {
  readonly at: number;
  /** True where it was written without a zone and one was applied. */
  readonly zoneAssumed: boolean;
}

/** 1973 to 2286. Less is a second count gone wrong or a placeholder 0, more is microseconds. */
const epochMsMin = 1e11;
const epochMsMax = 1e13;
const epochSecondsMin = 1e8;

const WALL =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/i;

/**
 * The moment a value gives: epoch ms, epoch s, ISO, `YYYY-MM-DD HH:MM[:SS]`; null where it gives none. `arrivedAt`: of
 * the report, for an hour shown twice.
 */
export function momentOf(value: JsonValue, zone: string, arrivedAt: number | null = null): Moment | null {
  const number = numberOf(value);
  if (number !== null) return fromEpoch(number);
  return typeof value === "string" ? fromWall(value.trim(), zone, arrivedAt) : null;
}

/** A count of seconds or of milliseconds, set apart by its size. */
export function fromEpoch(count: number): Moment | null {
  if (count >= epochSecondsMin && count < epochMsMin) return { at: Math.round(count * 1000), zoneAssumed: false };
  return count >= epochMsMin && count < epochMsMax ? { at: Math.round(count), zoneAssumed: false } : null;
}

/** The UTC count a calendar date and time would have, epoch ms; null for a day or hour no calendar has. */
export function wallMsOf(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | null {
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(ms);
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && hour < 24 && minute < 60 && second < 60 ? ms : null;
}

function fromWall(text: string, zone: string, arrivedAt: number | null): Moment | null {
  const parts = WALL.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second = "0", fraction = "", suffix] = parts;
  const whole = wallMsOf(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second));
  if (whole === null) return null;
  const wallMs = whole + Number(fraction.slice(0, 3).padEnd(3, "0"));
  const at = suffix === undefined ? momentInZone(wallMs, zone, arrivedAt) : atOffset(wallMs, suffix);
  return at === null || at < epochMsMin || at >= epochMsMax ? null : { at, zoneAssumed: suffix === undefined };
}

function atOffset(wallMs: number, suffix: string): number | null {
  const offset = /^[a-z]/i.test(suffix) ? 0 : offsetMsOf(suffix);
  return offset === null ? null : wallMs - offset;
}
