import { eq } from "drizzle-orm";
import type { ChannelHealth, ChannelState } from "../core/notify/channel-health";
import { channelState } from "./channel-figures";
import type { Database } from "./db";
import { channelStates } from "./schema";

/** How each channel fares, kept over restarts. Writing runs inside the writer's commit. */
export class ChannelStateStore {
  constructor(private readonly database: Database) {}

  put(name: string, health: ChannelHealth): void {
    this.database.db
      .insert(channelStates)
      .values({ name, ...health, lastTest: null })
      .onConflictDoUpdate({ target: channelStates.name, set: { ...health } })
      .run();
  }

  of(name: string): ChannelHealth | null {
    const row = channelState(this.database, name);
    if (!row) return null;
    const { state, since, pausedUntil, failures, lastAnswer, lastDeliveredAt } = row;
    return { state: state as ChannelState, since, pausedUntil, failures, lastAnswer, lastDeliveredAt };
  }

  names(): string[] {
    return this.database.db
      .select({ name: channelStates.name })
      .from(channelStates)
      .all()
      .map(({ name }) => name);
  }

  remove(name: string): void {
    this.database.db.delete(channelStates).where(eq(channelStates.name, name)).run();
  }
}
