/** How long an answer wants us to stay away, ms; null where it does not say. Retry-After in seconds or as a date beside its own Date. */
export function retryAfterMs(headers: Headers): number | null {
  const given = headers.get("retry-after")?.trim();
  if (given === undefined || given === "") return null;
  if (/^\d+(\.\d+)?$/.test(given)) return Math.ceil(Number(given) * 1000);
  // Measured by the clock that wrote it: ours may be wrong.
  const waitMs = Date.parse(given) - Date.parse(headers.get("date") ?? "");
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : null;
}
