import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "./db";
import { storedJson } from "./fault";
import { meta } from "./schema";

/** Up to where what was written to a bot has been taken: `next` is the number of the update to go on with, `at` epoch ms. */
const placeShape = z.object({ next: z.number(), at: z.number() });
type Place = z.output<typeof placeShape>;

/** Null before the first. `bot`: its key, which holds no secret. */
export function botPlace({ db }: Database, bot: string): Place | null {
  const row = db
    .select()
    .from(meta)
    .where(eq(meta.key, keyOf(bot)))
    .get();
  return row ? storedJson(row.value, placeShape) : null;
}

/** Runs inside the writer's commit. */
export function putBotPlace({ db }: Database, bot: string, place: Place): void {
  const value = JSON.stringify(place);
  db.insert(meta)
    .values({ key: keyOf(bot), value })
    .onConflictDoUpdate({ target: meta.key, set: { value } })
    .run();
}

function keyOf(bot: string): string {
  return `place ${bot}`;
}
