import type { Priority } from "../core/alert";
import type { PlanContext } from "../core/notify/plan-context";
import { digestWord } from "../core/notify/route";
import type { Database } from "./db";

type PlanReads = Pick<PlanContext, "gatheringUntil" | "owesDigest" | "messagesBetween" | "priorityOf">;

/** What planning asks the outbox for, inside the writer's commit. */
export function planReads({ raw }: Database): PlanReads {
  const gathering = raw.prepare<{ dueAt: number | null }, [string, string, number, number]>(
    `SELECT max(due_at) AS dueAt FROM deliveries
     WHERE channel = ?1 AND state = 'due' AND folds_with = ?2 AND due_at > ?3 AND due_at <= ?4 AND attempts = 0`,
  );
  const digest = raw.prepare<{ one: number }, [string, string]>(
    "SELECT 1 AS one FROM deliveries WHERE channel = ?1 AND state = 'due' AND folds_with = ?2 AND purpose = 'digest' LIMIT 1",
  );
  // What goes together is one message.
  const messages = raw.prepare<{ count: number }, [string, string, number, number]>(
    `SELECT count(DISTINCT CASE WHEN folds_with IS NULL THEN seq ELSE folds_with || created_at END) AS count FROM deliveries
     WHERE created_at >= ?3 AND created_at < ?4 AND channel = ?1 AND route = ?2 AND state IN ('due', 'sent')
       AND purpose IN ('raise', 'escalate', 'remind') AND folds_with IS NOT '${digestWord}'`,
  );
  const priority = raw.prepare<{ priority: Priority }, [number]>("SELECT priority FROM alerts WHERE seq = ?1");
  return {
    gatheringUntil: ({ channel, foldsWith, from, to }) => gathering.get(channel, foldsWith, from, to)?.dueAt ?? null,
    owesDigest: (channel) => digest.get(channel, digestWord) !== null,
    messagesBetween: ({ channel, route, from, to }) => messages.get(channel, route, from, to)?.count ?? 0,
    priorityOf: (seq) => priority.get(seq)?.priority ?? null,
  };
}
