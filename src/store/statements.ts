import { eq, sql } from "drizzle-orm";
import { prepareInsert, prepareUpsert } from "./insert";
import type { Database } from "./db";
import type { SignalRow } from "./rows";
import * as schema from "./schema";

export type Statements = ReturnType<typeof prepareStatements>;

interface Refused {
  readonly source: string;
  readonly path: string;
  readonly element: number;
  readonly reason: string;
  readonly detail: string;
  readonly at: number;
}

/** Every statement of the hot path, prepared once. */
export function prepareStatements({ db, raw }: Database) {
  const dropCell = raw.query("DELETE FROM cells WHERE kind = ? AND key = ?");
  const touch = raw.query("UPDATE files SET size = ?, modified_at = ?, gone_at = NULL WHERE source = ? AND path = ?");
  const gone = raw.query("UPDATE files SET gone_at = ? WHERE source = ? AND path = ?");
  const known = raw.query(
    "SELECT 1 FROM files WHERE source = ? AND digest = ? AND path <> ? AND outcome = 'read' LIMIT 1",
  );
  const knownUndated = raw.query(
    `SELECT 1 FROM files WHERE source = ?1 AND digest = ?2 AND path <> ?3 AND outcome = 'read' AND read_at >= ?4
     AND NOT EXISTS (SELECT 1 FROM files WHERE source = ?1 AND path = ?3 AND gone_at IS NULL) LIMIT 1`,
  );
  const quarantined = raw.query<{ element: number }, [string, string]>(
    "SELECT element FROM quarantine WHERE source = ? AND path = ?",
  );
  // Nearly every report was never refused: what may stand in quarantine is known without asking. Only ever added to,
  // as a commit may come to nothing.
  const everRefused = new Set(
    raw
      .query<{ source: string; path: string }, []>("SELECT DISTINCT source, path FROM quarantine")
      .all()
      .map(({ source, path }) => fileKey(source, path)),
  );
  const release = raw.query("DELETE FROM quarantine WHERE source = ? AND path = ? AND element = ?");
  const refuse = raw.query(
    `INSERT INTO quarantine (source, path, element, reason, detail, first_seen, last_seen, attempts) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, 1)
     ON CONFLICT (source, path, element) DO UPDATE SET reason = ?4, detail = ?5, last_seen = ?6, attempts = attempts + 1`,
  );
  const signalBySeq = db
    .select()
    .from(schema.signals)
    .where(eq(schema.signals.seq, sql.placeholder("seq")))
    .prepare();
  return {
    meta: prepareUpsert(db, schema.meta),
    observation: prepareInsert(db, schema.observations),
    file: prepareUpsert(db, schema.files),
    report: prepareInsert(db, schema.reports),
    signal: prepareUpsert(db, schema.signals),
    identity: prepareUpsert(db, schema.identities),
    opportunity: prepareInsert(db, schema.opportunities),
    market: prepareInsert(db, schema.markets),
    decision: prepareInsert(db, schema.decisions, "id"),
    alert: prepareInsert(db, schema.alerts),
    act: prepareInsert(db, schema.acts),
    silence: prepareUpsert(db, schema.silences),
    cell: prepareUpsert(db, schema.cells),
    event: prepareInsert(db, schema.events),
    settings: prepareInsert(db, schema.settingsHistory),
    dropCell: (kind: string, key: string) => void dropCell.run(kind, key),
    touch: (source: string, path: string, size: number, modifiedAt: number) =>
      void touch.run(size, modifiedAt, source, path),
    gone: (source: string, path: string, at: number | null) => void gone.run(at, source, path),
    knowsContent: (source: string, path: string, digest: string) => known.get(source, digest, path) !== null,
    knowsUndated: (source: string, path: string, digest: string, since: number) =>
      knownUndated.get(source, digest, path, since) !== null,
    signalBySeq: (seq: number): SignalRow | undefined => signalBySeq.get({ seq }),
    quarantine: ({ source, path, element, reason, detail, at }: Refused) => {
      everRefused.add(fileKey(source, path));
      refuse.run(source, path, element, reason, detail, at);
    },
    /** Lets go of what is no longer refused: every element but those named. */
    releaseQuarantine: (source: string, path: string, stillRefused: readonly number[]) => {
      if (!everRefused.has(fileKey(source, path))) return;
      for (const { element } of quarantined.all(source, path)) {
        if (!stillRefused.includes(element)) release.run(source, path, element);
      }
    },
  };
}

function fileKey(source: string, path: string): string {
  return `${source} ${path}`;
}
