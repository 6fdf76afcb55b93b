import { eq } from "drizzle-orm";
import type { Database } from "./db";
import { preferences } from "./schema";

/** What one account chose, as JSON; null where it chose nothing. */
export function storedPreferences({ db }: Database, account: string): string | null {
  return (
    db.select({ value: preferences.value }).from(preferences).where(eq(preferences.account, account)).get()?.value ??
    null
  );
}

export function keepPreferences(
  { db }: Database,
  row: { readonly account: string; readonly value: string; readonly updatedAt: number },
): void {
  db.insert(preferences)
    .values(row)
    .onConflictDoUpdate({ target: preferences.account, set: { value: row.value, updatedAt: row.updatedAt } })
    .run();
}
