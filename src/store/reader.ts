import { and, count, desc, eq, gt } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Reach } from "./reach";
import { storedJson } from "./fault";
import type { Database } from "./db";
import * as schema from "./schema";
import { assertFar, isSmall } from "./look";
import { wholeQuarantine, type QuarantineRow } from "./quarantine";

export type SettingsHistoryRow = typeof schema.settingsHistory.$inferSelect;

const { alerts, signals, opportunities, decisions, quarantine, files, events, settingsHistory, cells } = schema;

/** What the daemon itself reads of the store; what people are shown is read by the nouns. */
export class Reader {
  /** `near`: what would need a look at more than the newest rows is not looked for: TooFar is thrown. */
  constructor(
    readonly database: Database,
    private readonly reach: Reach = "far",
  ) {}

  /** Everything in quarantine, the last seen first. */
  listQuarantine(): QuarantineRow[] {
    return wholeQuarantine(this.database);
  }

  eventsAfter(seq: number, limit: number): { seq: number; topic: string; at: number; frame: string }[] {
    return this.database.db.select().from(events).where(gt(events.seq, seq)).orderBy(events.seq).limit(limit).all();
  }

  /** The oldest event still kept; undefined where there is none. */
  oldestEvent(): number | undefined {
    return this.database.db.select({ seq: events.seq }).from(events).orderBy(events.seq).limit(1).get()?.seq;
  }

  /** Counts of all that is kept. */
  counts(): {
    signals: number;
    alerts: number;
    opportunities: number;
    decisions: number;
    files: number;
    quarantined: number;
  } {
    for (const table of [signals, alerts, opportunities, decisions, files, quarantine])
      if (!isSmall(this.database, table)) assertFar(this.reach, "the counts");
    return {
      signals: this.#count(signals),
      alerts: this.#count(alerts),
      opportunities: this.#count(opportunities),
      decisions: this.#count(decisions),
      files: this.#count(files),
      quarantined: this.#count(quarantine),
    };
  }

  settingsHistory(limit: number): SettingsHistoryRow[] {
    return this.database.db.select().from(settingsHistory).orderBy(desc(settingsHistory.seq)).limit(limit).all();
  }

  knownFiles(source: string): Iterable<readonly [string, { size: number; modifiedAt: number; gone: boolean }]> {
    return this.database.raw
      .query<{ path: string; size: number; modified_at: number; gone_at: number | null }, [string]>(
        "SELECT path, size, modified_at, gone_at FROM files WHERE source = ?",
      )
      .all(source)
      .map((row) => [row.path, { size: row.size, modifiedAt: row.modified_at, gone: row.gone_at !== null }] as const);
  }

  /** Digest of what was read from a path; undefined where nothing was, or it was refused. */
  digestOf(source: string, path: string): string | undefined {
    // Asked for every report: SQLite keeps this one ready.
    return this.database.raw
      .query<{ digest: string }, [string, string]>(
        "SELECT digest FROM files WHERE source = ? AND path = ? AND outcome = 'read'",
      )
      .get(source, path)?.digest;
  }

  /** A cell of what decide remembers. */
  cell(kind: string, key: string): unknown {
    const row = this.database.db
      .select()
      .from(cells)
      .where(and(eq(cells.kind, kind), eq(cells.key, key)))
      .get();
    return row ? storedJson(row.value) : undefined;
  }

  /** Bytes of the database, its log included as far as SQLite counts it. */
  sizeBytes(): number {
    const { page_count: pages } = this.database.raw.query<{ page_count: number }, []>("PRAGMA page_count").get() ?? {
      page_count: 0,
    };
    const { page_size: size } = this.database.raw.query<{ page_size: number }, []>("PRAGMA page_size").get() ?? {
      page_size: 0,
    };
    return pages * size;
  }

  meta(key: string): string | undefined {
    return this.database.db.select().from(schema.meta).where(eq(schema.meta.key, key)).get()?.value;
  }

  #count(table: SQLiteTable): number {
    return this.database.db.select({ count: count() }).from(table).get()?.count ?? 0;
  }
}
