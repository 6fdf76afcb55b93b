import { deskNow } from "./desk-clock";

/** How times stand in a table. */
export const timeStyles = ["relative", "local", "utc"] as const;
export type TimeStyle = (typeof timeStyles)[number];

/** A time, ISO 8601 or epoch ms, as a person reads it. */
export type FormatTime = (time: string | number) => string;

/** As asked for: relative, and local where rows stand on the screen for long. */
export function timeFormatFor({ time, watch }: { readonly time?: TimeStyle; readonly watch?: boolean }): FormatTime {
  return timeFormat(time ?? (watch === true ? "local" : "relative"), deskNow);
}

/** `relative`: 12 min ago. `local`, `utc`: 11-27 14:03:12, with the year where it is not this one; utc ends in Z. */
export function timeFormat(style: TimeStyle, now: () => number): FormatTime {
  if (style === "relative") return (time) => agoOf(time, now());
  return (time) => clockOf(new Date(time), new Date(now()), style);
}

/** How long before `now`, in its largest unit: `12 s ago`, `3 h ago`, `in 2 d`. */
export function agoOf(time: string | number, now: number): string {
  const ms = now - (typeof time === "number" ? time : Date.parse(time));
  return ms < -999 ? `in ${inLargestUnit(-ms, true)}` : `${inLargestUnit(Math.max(0, ms))} ago`;
}

export function secondsAgo(seconds: number): string {
  return `${inLargestUnit(seconds * 1000)} ago`;
}

/** Each unit with the one below it. */
const units = [
  [86_400_000, "d", 3_600_000],
  [3_600_000, "h", 60_000],
  [60_000, "min", 1000],
] as const;

/** The largest of which there are two at least: one and a half hours are 90 min. To the nearest, two hours less a second are 2 h. */
function inLargestUnit(ms: number, toNearest = false): string {
  for (const [length, name, finer] of units) {
    const rounded = toNearest ? ms + finer / 2 : ms;
    if (rounded >= 2 * length) return `${Math.floor(rounded / length)} ${name}`;
  }
  return `${Math.round(ms / 1000)} s`;
}

function clockOf(at: Date, now: Date, style: "local" | "utc"): string {
  const stamp = stampOf(at, style);
  const sameYear = stamp.slice(0, 4) === stampOf(now, style).slice(0, 4);
  return `${stamp.slice(sameYear ? 5 : 0, 10)} ${stamp.slice(11, 19)}${style === "utc" ? "Z" : ""}`;
}

/** ISO 8601, as the clock on the wall has it or as UTC. */
function stampOf(at: Date, style: "local" | "utc"): string {
  return new Date(at.getTime() - (style === "local" ? at.getTimezoneOffset() * 60_000 : 0)).toISOString();
}
