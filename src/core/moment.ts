import { parseDuration } from "./duration";

const isoPattern = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/i;

/** Before it no date can be written, epoch ms. */
const earliest = -8.64e15;

/** What `parseMoment` takes, for whoever wrote something else. */
export const momentWords =
  "a duration before now such as 30m, 4h or 2d, or an ISO 8601 time such as 2026-01-31T08:00:00Z";

/**
 * `4h`, `2d` before now, or an ISO 8601 time (UTC where it names no zone), as epoch ms; null where it is neither. The
 * API and the command line take the same.
 */
export function parseMoment(text: string, now: number): number | null {
  const given = text.trim();
  const before = parseDuration(given);
  if (before !== null) return now - before < earliest ? null : now - before;
  const match = isoPattern.exec(given);
  if (!match) return null;
  const at = Date.parse(/T/i.test(given) && match[1] === undefined ? `${given}Z` : given);
  return Number.isNaN(at) ? null : at;
}
