import { and, asc, count, desc, eq, gt, gte, inArray, isNull, lt, or, sql, type SQL } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Word } from "../core/decide/decision";
import type { Subject } from "../core/subject";
import type { MarketView, Regime } from "../core/market";
import type { Reach } from "./reach";
import { storedJson, uncompressed } from "./fault";
import type { Database } from "./db";
import type { AlertRow, MarketRow, OpportunityRow, SignalRow } from "./rows";
import * as schema from "./schema";
import { assertFar, isSmall } from "./look";
import type { DecisionRow } from "./decisions";
import { wholeQuarantine, type QuarantineRow } from "./quarantine";
import { unindexed } from "./unindexed";

export type FileRow = typeof schema.files.$inferSelect;
export type SettingsHistoryRow = typeof schema.settingsHistory.$inferSelect;
export type ObservationRow = typeof schema.observations.$inferSelect;

const {
  alerts,
  signals,
  opportunities,
  decisions,
  observations,
  quarantine,
  files,
  reports,
  events,
  markets,
  settingsHistory,
  cells,
} = schema;

/** The reading side of the store: works beside a running daemon and without one. */
export class Reader {
  /** `near`: what would need a look at more than the newest rows is not looked for: TooFar is thrown. */
  constructor(
    readonly database: Database,
    private readonly reach: Reach = "far",
  ) {}

  signal(seq: number): SignalRow | undefined {
    return this.database.db.select().from(signals).where(eq(signals.seq, seq)).get();
  }

  /** Signals of the same symbol received just before and just after, nearest first on either side. */
  neighbours({ symbol, seq }: SignalRow, each: number): { before: SignalRow[]; after: SignalRow[] } {
    const beside = (which: SQL, order: SQL) =>
      this.database.db
        .select()
        .from(signals)
        .where(and(eq(signals.symbol, symbol), which))
        .orderBy(order)
        .limit(each)
        .all();
    return {
      before: beside(lt(signals.seq, seq), desc(signals.seq)),
      after: beside(gt(signals.seq, seq), asc(signals.seq)),
    };
  }

  alert(seq: number): AlertRow | undefined {
    return this.database.db.select().from(alerts).where(eq(alerts.seq, seq)).get();
  }

  opportunity(seq: number): OpportunityRow | undefined {
    return this.database.db.select().from(opportunities).where(eq(opportunities.seq, seq)).get();
  }

  /** Every decision about one thing, oldest first; those too of which it cannot be told what they were about. */
  decisionsAbout({ kind, seq }: Subject): DecisionRow[] {
    const ofKind = or(eq(decisions.subjectKind, kind), isNull(decisions.subjectKind));
    return this.database.db
      .select()
      .from(decisions)
      .where(and(eq(decisions.subjectSeq, seq), ofKind))
      .orderBy(decisions.id)
      .all();
  }

  /** Every decision made when this was observed, about whatever it brought, in their order. */
  decisionsOn({ seq, receivedAt }: ObservationRow): DecisionRow[] {
    return this.database.db
      .select()
      .from(decisions)
      .where(and(eq(decisions.at, receivedAt), eq(decisions.observationSeq, seq)))
      .orderBy(decisions.id)
      .all();
  }

  decision(id: number): DecisionRow | undefined {
    return this.database.db.select().from(decisions).where(eq(decisions.id, id)).get();
  }

  decisionOfAlert(alertSeq: number, subjectSeq: number): DecisionRow | undefined {
    return this.database.db
      .select()
      .from(decisions)
      .where(and(eq(decisions.subjectSeq, subjectSeq), eq(decisions.alertSeq, alertSeq)))
      .get();
  }

  alertsAbout(subjectSeq: number): AlertRow[] {
    return this.database.db.select().from(alerts).where(eq(alerts.subjectSeq, subjectSeq)).orderBy(alerts.seq).all();
  }

  alertsOf(seqs: readonly number[]): AlertRow[] {
    return seqs.length === 0
      ? []
      : this.database.db
          .select()
          .from(alerts)
          .where(inArray(alerts.seq, [...seqs]))
          .orderBy(alerts.seq)
          .all();
  }

  market(seq: number): MarketRow | undefined {
    return this.database.db.select().from(markets).where(eq(markets.seq, seq)).get();
  }

  observation(seq: number): ObservationRow | undefined {
    return this.database.db.select().from(observations).where(eq(observations.seq, seq)).get();
  }

  /** The original report of an observation, uncompressed; body null where it was too large to keep or is pruned. */
  original(observationSeq: number): { path: string; size: number; digest: string; text: string | null } | undefined {
    const row = this.database.db.select().from(reports).where(eq(reports.seq, observationSeq)).get();
    if (!row) return undefined;
    const text = row.body === null ? null : new TextDecoder().decode(uncompressed(new Uint8Array(row.body)));
    return { path: row.path, size: row.size, digest: row.digest, text };
  }

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

  /** The newest view of the market, whoever told it. */
  latestMarket(): MarketRow | undefined {
    return this.database.db.select().from(markets).orderBy(desc(markets.observedAt)).limit(1).get();
  }

  latestMarketOf(source: string): MarketRow | undefined {
    return this.database.db
      .select()
      .from(markets)
      .where(eq(markets.source, source))
      .orderBy(desc(markets.observedAt))
      .limit(1)
      .get();
  }

  /** The regime a source last told; null where it told none. */
  latestRegime(source: string): Regime | null {
    const row = this.latestMarketOf(source);
    return row ? (storedJson(row.body) as MarketView).regime : null;
  }

  /** The newest opportunity of each symbol and pattern received since. */
  latestOpportunities(since: number, limit: number): OpportunityRow[] {
    const { symbol, pattern, receivedAt, seq } = opportunities;
    const newest = this.database.db
      .select({ seq: sql<number>`max(${seq})` })
      .from(opportunities)
      .where(gte(receivedAt, since))
      .groupBy(unindexed(symbol), pattern);
    return this.database.db
      .select()
      .from(opportunities)
      .where(inArray(seq, newest))
      .orderBy(desc(seq))
      .limit(limit)
      .all();
  }

  /** How many decisions of each word fell into each minute since. */
  wordsByMinute(since: number, words: readonly Word[]): { minute: number; word: Word; count: number }[] {
    const minute = sql<number>`cast(${decisions.at} / 60000 as integer)`;
    return this.database.db
      .select({ minute, word: sql<Word>`${decisions.word}`, count: count() })
      .from(decisions)
      .where(and(inArray(unindexed(decisions.word), [...words]), gte(decisions.at, since)))
      .groupBy(minute, unindexed(decisions.word))
      .all();
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

/** When the last observation in the order came in, epoch ms; null where there is none. */
export function newestReceived({ db }: Database): number | null {
  return (
    db.select({ at: observations.receivedAt }).from(observations).orderBy(desc(observations.seq)).limit(1).get()?.at ??
    null
  );
}
