import { gates } from "../core/decide/decision";
import type { Priority } from "../core/alert";
import type { Day } from "../core/notify/digest";
import type { Database } from "./db";

const namedMax = 10;

/**
 * What became of the time between two, epoch ms, for one channel's digest. `waited`: seqs of alerts that waited for it.
 */
export function dayOf(
  { raw }: Database,
  { channel, from, to, waited }: { channel: string; from: number; to: number; waited: readonly number[] },
): Day {
  const raised = raw
    .query<{ priority: Priority; count: number }, [number, number]>(
      "SELECT priority, count(*) AS count FROM alerts WHERE raised_at >= ? AND raised_at < ? GROUP BY priority",
    )
    .all(from, to);
  const held = raw
    .query<{ word: string; count: number }, [number, number, string]>(
      `SELECT word, count(*) AS count FROM decisions
       WHERE at >= ? AND at < ? AND word IN (SELECT value FROM json_each(?)) GROUP BY word ORDER BY count DESC`,
    )
    .all(from, to, JSON.stringify(gates));
  const sent = raw
    .query<{ count: number }, [string, number, number]>(
      "SELECT count(*) AS count FROM deliveries WHERE channel = ? AND accepted_at >= ? AND accepted_at < ?",
    )
    .get(channel, from, to);
  const failed = raw
    .query<{ count: number }, [string, number, number]>(
      "SELECT count(*) AS count FROM deliveries WHERE channel = ? AND state = 'failed' AND ended_at >= ? AND ended_at < ?",
    )
    .get(channel, from, to);
  const unsaid = raw
    .query<{ priority: Priority; message: string }, [string, number, number, string]>(
      `SELECT priority, message FROM alerts a
       WHERE seq IN (SELECT value FROM json_each(?1)) OR (raised_at >= ?2 AND raised_at < ?3 AND priority = 'low'
         AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.alert_seq = a.seq AND d.channel = ?4 AND d.state <> 'due'))
       ORDER BY CASE priority WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END, seq DESC`,
    )
    .all(JSON.stringify(waited), from, to, channel);
  return {
    raised: Object.fromEntries(raised.map(({ priority, count }) => [priority, count])),
    heldBack: Object.fromEntries(held.map(({ word, count }) => [word, count])),
    sent: sent?.count ?? 0,
    failed: failed?.count ?? 0,
    named: unsaid.slice(0, namedMax),
    more: Math.max(0, unsaid.length - namedMax),
  };
}

/** Of what a route sent to a channel between two times, epoch ms: how many messages, and the rule that made most of them. */
export function spentOf(
  { raw }: Database,
  { channel, route, from, to }: { channel: string; route: string; from: number; to: number },
): { readonly sent: number; readonly most: { readonly rule: string; readonly count: number } | null } {
  const rules = raw
    .query<{ rule: string; count: number }, [string, string, number, number]>(
      `SELECT a.rule, count(*) AS count FROM deliveries d JOIN alerts a ON a.seq = d.alert_seq
       WHERE d.channel = ? AND d.route = ? AND d.accepted_at >= ? AND d.accepted_at < ?
         AND d.purpose IN ('raise', 'escalate', 'remind')
       GROUP BY a.rule ORDER BY count DESC, a.rule`,
    )
    .all(channel, route, from, to);
  return { sent: rules.reduce((sum, { count }) => sum + count, 0), most: rules[0] ?? null };
}
