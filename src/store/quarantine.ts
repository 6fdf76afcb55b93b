import { and, asc, desc, getTableColumns, sql } from "drizzle-orm";
import type { Database } from "./db";
import type { QuarantineFilter } from "./filters/quarantine";
import { assertFar, equal, isSmall } from "./look";
import { after, between, paged, type Rows } from "./paging";
import type { Reach } from "./reach";
import { quarantine } from "./schema";

export type QuarantineRow = typeof quarantine.$inferSelect;

const places = {
  "last-seen": { in: quarantine.lastSeen, of: (row: QuarantineRow) => row.lastSeen },
  "first-seen": { in: quarantine.firstSeen, of: (row: QuarantineRow) => row.firstSeen },
  "attempts": { in: quarantine.attempts, of: (row: QuarantineRow) => row.attempts },
};

/** The last seen first, or as asked. */
export function listQuarantine(
  database: Database,
  filter: QuarantineFilter,
  reach: Reach = "far",
): Rows<QuarantineRow> {
  if (!isSmall(database, quarantine)) assertFar(reach, "the quarantine");
  const { q, limit, cursor, by = "last-seen", order = "desc" } = filter;
  const place = places[by];
  const direction = order === "desc" ? desc : asc;
  const like = q === undefined ? undefined : `%${q.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const rowid = sql<number>`${quarantine}.rowid`;
  const where = [
    equal(quarantine.source, filter.source),
    equal(quarantine.reason, filter.reason),
    // LIKE reads a text up to its first NUL; no file and no detail has one.
    q?.includes("\0") === true ? sql`0` : undefined,
    like === undefined
      ? undefined
      : sql`(${quarantine.path} LIKE ${like} ESCAPE '\\' OR ${quarantine.detail} LIKE ${like} ESCAPE '\\')`,
    ...between(quarantine.lastSeen, filter),
    cursor && after(place.in, rowid, cursor, order),
  ];
  const rows = database.db
    .select({ ...getTableColumns(quarantine), rowid })
    .from(quarantine)
    .where(and(...where))
    .orderBy(direction(place.in), direction(rowid))
    .limit(limit + 1)
    .all();
  return paged(rows, limit, (row) => ({ at: place.of(row), seq: row.rowid }));
}

/** All of them, the last seen first. */
export function wholeQuarantine({ db }: Database): QuarantineRow[] {
  return db.select().from(quarantine).orderBy(desc(quarantine.lastSeen)).all();
}
