import { formatDuration } from "../../core/text";

/** How long before `now` a time was: `12 s ago`, `3 h 5 min ago`. */
export function agoOf(time: string | number, now: number): string {
  const ms = now - (typeof time === "number" ? time : Date.parse(time));
  return ms < -999 ? `in ${formatDuration(ms)}` : `${formatDuration(ms)} ago`;
}

export function secondsAgo(seconds: number): string {
  return `${formatDuration(seconds * 1000)} ago`;
}
