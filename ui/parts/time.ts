/** How long ago, or how soon, in the largest unit that still says something. Takes ms. */
export function ageText(ageMs: number): string {
  const words = durationText(Math.abs(ageMs));
  // Clocks are only known to about a second, so neither side of now is worth a number.
  if (Math.abs(ageMs) < 1000) return "now";
  return ageMs < 0 ? `in ${words}` : `${words} ago`;
}

/** One unit, rounded down: 41 s, 12 min, 3 h, 9 d. Takes ms. */
export function durationText(lengthMs: number): string {
  const seconds = Math.floor(lengthMs / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** Two units: 24 h 15 min, 3 min 12 s, 9 d 4 h. */
export function uptimeText(seconds: number): string {
  const whole = Math.floor(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 48 * 3600) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  return `${Math.floor(whole / 86_400)} d ${Math.floor((whole % 86_400) / 3600)} h`;
}

/** 20 Nov 2026 09:42:08 UTC */
export function momentText(at: number): string {
  return `${dayAndTime.format(at).replace(",", "")} UTC`;
}

/** 20 Nov 09:42 UTC, where the year goes without saying. */
export function dayText(at: number): string {
  return `${dayAndMonth.format(at)} ${clockText(at)}`;
}

/** 09:42 UTC */
export function clockText(at: number): string {
  return `${hourAndMinute.format(at)} UTC`;
}

const dayAndTime = new Intl.DateTimeFormat("en-GB", {
  day: "2-digit",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
});
const dayAndMonth = new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "short", timeZone: "UTC" });
const hourAndMinute = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
});

/** 09:42:04.913, UTC */
export function clockWithMs(at: number): string {
  return new Date(at).toISOString().slice(11, 23);
}
