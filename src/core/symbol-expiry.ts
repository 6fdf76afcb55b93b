import type { Market } from "./signal";

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
/** `-251226`, `_20251226`, `-26DEC25`, and of an option its strike and side. */
const EXPIRY =
  /^(.+?)[-_](?:(?:20)?(\d{2})(\d{2})(\d{2})|(\d{1,2})([A-Z]{3})(\d{2}))(?:-(\d+(?:[.D]\d+)?)-([CP]))?(?:-(USDT|USDC|USD))?$/;

/** What of a symbol expires, and when: a future or an option is not the perpetual of the same pair. Null where nothing does. */
export function expiryOf(
  text: string,
): { head: string; tail: string; quote: string | null; market: Extract<Market, "future" | "option"> } | null {
  const [, head, year, month, day, dayBefore, monthName, yearAfter, strike, side, quote] = EXPIRY.exec(text) ?? [];
  if (head === undefined) return null;
  const named = monthName === undefined ? month : String(months.indexOf(monthName) + 1).padStart(2, "0");
  const at = dayBefore?.padStart(2, "0") ?? day;
  if (
    named === undefined ||
    at === undefined ||
    !/^(?:0[1-9]|1[0-2])$/.test(named) ||
    !/^(?:0[1-9]|[12]\d|3[01])$/.test(at)
  )
    return null;
  const date = `${year ?? yearAfter ?? ""}${named}${at}`;
  if (strike === undefined) return { head, tail: date, quote: quote ?? null, market: "future" };
  return { head, tail: `${date}-${strike.replace("D", ".")}-${side ?? ""}`, quote: quote ?? null, market: "option" };
}
