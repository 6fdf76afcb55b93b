import { eq } from "drizzle-orm";
import type { Database } from "./db";
import { channels } from "./schema";

/** A channel made at run time: `settings` is JSON without secrets, `sealed` its secrets, "" where it has none. */
export type ChannelRow = typeof channels.$inferSelect;

/** By name. Writing runs inside the writer's commit. */
export function storedChannels({ db }: Database): ChannelRow[] {
  return db.select().from(channels).orderBy(channels.name).all();
}

export function putChannel({ db }: Database, row: ChannelRow): void {
  db.insert(channels).values(row).onConflictDoUpdate({ target: channels.name, set: row }).run();
}

export function removeChannel({ db }: Database, name: string): void {
  db.delete(channels).where(eq(channels.name, name)).run();
}
