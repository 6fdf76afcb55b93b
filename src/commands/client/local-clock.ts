import { existsSync } from "node:fs";
import { controlSocketPath } from "../../daemon/control-socket";
import type { Database } from "../../store/db";
import { learnPast } from "../print/desk-clock";

/**
 * Finds out what time it is where the data is: the daemon that runs on it says so; without one it is now, or the time of
 * the newest that is stored where that is later.
 */
export async function learnLocalClock(data: string, database: Database): Promise<void> {
  learnNewest(database);
  if (!existsSync(controlSocketPath(data))) return;
  const { SocketConnection } = await import("./socket-connection");
  await new SocketConnection(data).learnClock();
}

/** Nothing that was received was received later than now. */
export function learnNewest(database: Database): void {
  const newest = database.raw.query<{ at: number | null }, []>("SELECT max(received_at) AS at FROM observations").get();
  if (newest?.at) learnPast(newest.at);
}
