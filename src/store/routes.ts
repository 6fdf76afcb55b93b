import { eq } from "drizzle-orm";
import type { Database } from "./db";
import { meta } from "./schema";

export const storedRoutesKey = "routes";

/** The routes set at run time, as JSON; null where the config's hold. */
export function storedRoutes({ db }: Database): string | null {
  return db.select().from(meta).where(eq(meta.key, storedRoutesKey)).get()?.value || null;
}
