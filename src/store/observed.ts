import { firstInhibitions } from "../core/inhibition";
import type { Observation } from "../core/observation";
import type { Settings } from "../core/settings";
import { storedJson, uncompressed } from "./fault";
import type { Database } from "./db";

/** Every stored observation from a place in the order on, or received since a time. One row at a time. */
export function* storedObservations(
  { raw }: Database,
  from: { readonly seq?: number; readonly receivedSince?: number } = {},
): Iterable<Observation> {
  const rows = raw.query<{ seq: number; kind: string; received_at: number; body: string }, [number, number, number]>(
    "SELECT seq, kind, received_at, body FROM observations WHERE seq > ?1 AND received_at >= ?2 ORDER BY seq LIMIT ?3",
  );
  let after = (from.seq ?? 0) - 1;
  for (;;) {
    // In parts, so that nothing holds the database open while somebody thinks about a row.
    const part = rows.all(after, from.receivedSince ?? 0, 500);
    for (const { seq, kind, received_at: receivedAt, body } of part) {
      after = seq;
      // What this program wrote itself is read back in the shape it was written.
      yield { ...(storedJson(body) as object), seq, kind, receivedAt } as Observation;
    }
    if (part.length < 500) return;
  }
}

/** The settings that held at each place in the order. What the user's rules said stands in the observations. */
export function storedSettings({ raw }: Database): (seq: number) => Settings {
  const history = raw
    .query<{ seq: number; settings: string }, []>("SELECT seq, settings FROM settings_history ORDER BY seq DESC")
    .all()
    .map(({ seq, settings }) => ({
      seq,
      settings: {
        edition: 0,
        inhibit: firstInhibitions,
        calendars: {},
        ...(storedJson(settings) as Partial<Settings>),
      } as Settings,
    }));
  const first = history.at(-1);
  return (seq) => {
    const held = history.find((each) => each.seq <= seq) ?? first;
    if (!held) throw new Error("no settings are stored: nothing can be replayed");
    return held.settings;
  };
}

/** The bytes of an observation's report; null where there is none, or it is no longer kept. */
export function originalReports({ raw }: Database): (seq: number) => Uint8Array | null {
  const kept = raw.query<{ body: Uint8Array<ArrayBuffer> | null }, [number]>("SELECT body FROM reports WHERE seq = ?");
  return (seq) => {
    const body = kept.get(seq)?.body ?? null;
    return body === null ? null : uncompressed(new Uint8Array(body));
  };
}

/**
 * When the newest observation beyond the newest `most` of those received since came in, epoch ms; null where there
 * are no more than that.
 */
export function observedBeyond({ raw }: Database, since: number, max: number): number | null {
  return (
    raw
      .query<{ received_at: number }, [number, number]>(
        "SELECT received_at FROM observations WHERE received_at >= ? ORDER BY received_at DESC LIMIT 1 OFFSET ?",
      )
      .get(since, max)?.received_at ?? null
  );
}
