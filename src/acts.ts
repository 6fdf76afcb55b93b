import type { ActOutcome, WantedAct } from "./core/act";
import type { Unsequenced } from "./core/observation";
import { alertsAt, targetOf } from "./store/alerts";
import type { Database } from "./store/db";
import type { Recorded } from "./store/writer";
import type { Writer } from "./writer";

export interface ActDeps {
  readonly database: Database;
  readonly writer: Writer;
  readonly now: () => number;
}

/** One commit holds the loop no longer than this many take. */
const alertsAtOnce = 250;

/** Does it with each of the alerts, by their seqs; null where the store does not take it. */
export async function actOn(
  { database, writer, now }: ActDeps,
  seqs: readonly number[],
  { forMs, ...act }: WantedAct,
): Promise<ReadonlyMap<number, ActOutcome> | null> {
  const outcomes = new Map<number, ActOutcome>(seqs.map((seq) => [seq, "unknown"]));
  const targets = alertsAt(database, [...outcomes.keys()]).map(targetOf);
  for (let at = 0; at < targets.length; at += alertsAtOnce) {
    const receivedAt = now();
    const recorded = await record(writer, {
      kind: "act",
      ...act,
      alerts: targets.slice(at, at + alertsAtOnce),
      until: forMs === null ? null : receivedAt + forMs,
      receivedAt,
    });
    if (recorded === null) return null;
    for (const { alertSeq, outcome } of recorded.decided.acted) outcomes.set(alertSeq, outcome);
  }
  return outcomes;
}

/** Submits it, and answers what became of it; null where the store did not take it. */
export async function record(writer: Writer, observation: Unsequenced): Promise<Recorded | null> {
  let became: Recorded | null = null;
  const stored = await writer.submit({ observation, file: null, recorded: (recorded) => (became = recorded) });
  return stored ? became : null;
}
