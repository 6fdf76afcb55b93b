import { parseDuration } from "../config/duration";

const isoPattern = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** `4h`, `2d` before now, or an ISO 8601 time (UTC where it names no zone), as epoch ms; null where it is neither. */
export function parseSince(text: string, now: number): number | null {
  const before = parseDuration(text);
  if (before !== null) return now - before;
  const match = isoPattern.exec(text.trim());
  if (!match) return null;
  const zoned = text.includes("T") && match[1] === undefined ? `${text.trim()}Z` : text.trim();
  const at = Date.parse(zoned);
  return Number.isNaN(at) ? null : at;
}
