import type { Database } from "./db";
import type { Cursor } from "./cursor";
import { assertFar, newestFirst, type Look } from "./look";
import type { Reach } from "./reach";

/** So many rows are looked at at once for those that match. */
const matchedAtOnce = 500;

/** One more than the page holds, where there are more. No index knows a matcher: rows are looked at newest first. */
export function newestMatching<T>(
  database: Database,
  look: Look,
  {
    matching,
    placeOf,
  }: { readonly matching: (rows: readonly T[]) => readonly T[]; readonly placeOf: (row: T) => Cursor },
  reach: Reach,
): T[] {
  assertFar(reach, "a list by matchers");
  const found: T[] = [];
  let cursor = look.page.cursor;
  for (;;) {
    const rows = newestFirst<T>(database, { ...look, page: { ...look.page, limit: matchedAtOnce, cursor } }, reach);
    found.push(...matching(rows));
    const last = rows.at(-1);
    if (found.length > look.page.limit || rows.length <= matchedAtOnce || last === undefined)
      return found.slice(0, look.page.limit + 1);
    cursor = placeOf(last);
  }
}
