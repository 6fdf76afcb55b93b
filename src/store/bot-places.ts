import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "./db";
import { storedJson } from "./fault";
import { meta } from "./schema";

/** Up to where what was written to a bot has been taken: `next` is the number of the update to go on with, `at` epoch ms. */
const placeShape = z.object({ next: z.number(), at: z.number() });
type Place = z.output<typeof placeShape>;

/** Null before the first. `bot`: its key, which holds no secret. */
export function botPlace(database: Database, bot: string): Place | null {
  return read(database, `place ${bot}`, placeShape);
}

/** Runs inside the writer's commit. */
export function putBotPlace(database: Database, bot: string, place: Place): void {
  put(database, `place ${bot}`, place);
}

const movesShape = z.record(z.string(), z.string());

/** Groups that became supergroups: the ids they have by those they had. */
export function chatMoves(database: Database, bot: string): Readonly<Record<string, string>> {
  return read(database, `moves ${bot}`, movesShape) ?? {};
}

/** Runs inside the writer's commit. */
export function putChatMoves(database: Database, bot: string, moves: Readonly<Record<string, string>>): void {
  put(database, `moves ${bot}`, moves);
}

function read<T>({ db }: Database, key: string, shape: z.ZodType<T>): T | null {
  const row = db.select().from(meta).where(eq(meta.key, key)).get();
  return row ? storedJson(row.value, shape) : null;
}

function put({ db }: Database, key: string, kept: object): void {
  const value = JSON.stringify(kept);
  db.insert(meta).values({ key, value }).onConflictDoUpdate({ target: meta.key, set: { value } }).run();
}
