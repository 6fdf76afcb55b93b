import type { Opened } from "./open";

/** Up to when each is let go of, epoch ms; null keeps it for ever. */
export interface Cutoffs {
  readonly signals: number | null;
  readonly raw: number | null;
  readonly decisions: number | null;
  readonly events: number | null;
  readonly alerts: number | null;
}

const stepRows = 500;

/** Lets go of the oldest rows past their time, a few of each table; answers how many went. Small steps keep commits short. */
export function pruneStep({ raw }: Opened, cutoffs: Cutoffs): number {
  // Rows are numbered in order of time: the oldest so many are the only ones that need a look.
  const prune = (table: string, key: string, time: string, cutoff: number | null, also = "1"): number => {
    if (cutoff === null) return 0;
    const oldest = `SELECT ${key} FROM (SELECT ${key}, ${time} AS at FROM ${table} WHERE ${also} ORDER BY ${key} LIMIT ${stepRows}) WHERE at < ?`;
    return raw.query(`DELETE FROM ${table} WHERE ${key} IN (${oldest})`).run(cutoff).changes;
  };
  return raw
    .transaction(() => {
      const forgotten = cutoffs.signals === null ? [] : [...oldSeqs(raw, "signals", "received_at", "1", cutoffs.signals), ...oldSeqs(raw, "opportunities", "received_at", "1", cutoffs.signals)];
      const alertsGone = cutoffs.alerts === null ? [] : oldSeqs(raw, "alerts", "raised_at", "state IN ('resolved', 'expired')", cutoffs.alerts);
      const unindex = raw.query("DELETE FROM search WHERE rowid = ?");
      for (const seq of [...forgotten, ...alertsGone]) unindex.run(seq);
      return (
        prune("events", "seq", "at", cutoffs.events) +
        prune("decisions", "id", "at", cutoffs.decisions) +
        prune("reports", "seq", "received_at", cutoffs.raw) +
        prune("alerts", "seq", "raised_at", cutoffs.alerts, "state IN ('resolved', 'expired')") +
        prune("signals", "seq", "received_at", cutoffs.signals) +
        prune("opportunities", "seq", "received_at", cutoffs.signals) +
        prune("markets", "seq", "received_at", cutoffs.signals) +
        prune("observations", "seq", "received_at", cutoffs.signals) +
        // The ledger's row lives as long as its file: only files long gone are forgotten.
        (cutoffs.raw === null ? 0 : raw.query(`DELETE FROM files WHERE rowid IN (SELECT rowid FROM files WHERE gone_at < ? LIMIT ${stepRows})`).run(cutoffs.raw).changes)
      );
    })
    .immediate();
}

function oldSeqs(raw: Opened["raw"], table: string, time: string, also: string, cutoff: number): number[] {
  return raw
    .query<{ seq: number }, [number]>(`SELECT seq FROM (SELECT seq, ${time} AS at FROM ${table} WHERE ${also} ORDER BY seq LIMIT ${stepRows}) WHERE at < ?`)
    .all(cutoff)
    .map(({ seq }) => seq);
}
