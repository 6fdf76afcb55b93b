import { Database } from "bun:sqlite";
import { storeFaultOf } from "./fault";

/** Every table that has pages, with its indexes: what a check goes through one by one. */
export function tablesOf(path: string): string[] {
  using database = new Database(path, { readonly: true });
  return database
    .query<{ name: string }, []>("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name")
    .all()
    .map(({ name }) => name);
}

/** What SQLite finds wrong with one table and its indexes; null where they are whole. Reads all of them. Throws what is no finding. */
export function checkTable(path: string, table: string): string | null {
  using database = new Database(path, { readonly: true });
  try {
    return database.transaction(() => {
      // A partition of the search may be gone since.
      if (database.query("SELECT 1 FROM sqlite_schema WHERE name = ?").get(table) === null) return null;
      const { quick_check: found } = database
        .query<{ quick_check: string }, []>(`PRAGMA quick_check("${table.replaceAll('"', '""')}")`)
        .get() ?? { quick_check: "no answer" };
      return found === "ok" ? null : found;
    })();
  } catch (error) {
    if (storeFaultOf(error) === "corrupt") return error instanceof Error ? error.message : String(error);
    throw error;
  }
}
