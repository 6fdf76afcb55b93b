import {
  and,
  asc,
  count,
  desc,
  eq,
  getTableColumns,
  gt,
  gte,
  inArray,
  isNull,
  lt,
  lte,
  or,
  sql,
  type SQL,
} from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { AlertState, AlertType, Priority } from "../core/alert";
import type { Check, Word } from "../core/decide/decision";
import type { Subject } from "../core/subject";
import type { MarketView, Regime } from "../core/market";
import type { Direction } from "../core/signal";
import { writeCursor, type Cursor } from "./cursor";
import { newestRows, TooFar, type Reach } from "./reach";
import { storedJson, uncompressed } from "./fault";
import type { Database } from "./db";
import type { AlertRow, MarketRow, OpportunityRow, SignalRow } from "./rows";
import * as schema from "./schema";
import { matchExpression } from "./search";
import { seqBounds } from "./seq-bounds";
import { unindexed } from "./unindexed";

/** Which part of a list: newest first, after `cursor`, at most `limit`. Times are epoch ms. */
interface Page {
  readonly limit: number;
  readonly cursor?: Cursor | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

export interface AlertFilter extends Page {
  readonly priorities?: readonly Priority[] | undefined;
  readonly type?: AlertType | undefined;
  readonly symbol?: string | undefined;
  readonly source?: string | undefined;
  readonly state?: AlertState | undefined;
  readonly q?: string | undefined;
}

const signalOrders = ["received", "observed", "strength", "score", "reliability", "price"] as const;
type SignalOrder = (typeof signalOrders)[number];

export interface SignalFilter extends Page {
  readonly symbol?: string | undefined;
  readonly source?: string | undefined;
  readonly direction?: Direction | undefined;
  readonly timeframe?: string | undefined;
  readonly minStrength?: number | undefined;
  readonly words?: readonly Word[] | undefined;
  /** What they are ordered by; a row without the value comes last either way. */
  readonly by?: SignalOrder | undefined;
  readonly order?: "asc" | "desc" | undefined;
  readonly q?: string | undefined;
}

export interface OpportunityFilter extends Page {
  /** received: in the order of seq. Newest first either way. */
  readonly by?: "received" | "observed" | undefined;
  readonly words?: readonly Word[] | undefined;
  readonly source?: string | undefined;
  readonly q?: string | undefined;
  readonly symbol?: string | undefined;
  readonly pattern?: string | undefined;
  /** 0 to 1. */
  readonly minConfidence?: number | undefined;
}

export interface DecisionFilter extends Page {
  readonly words?: readonly Word[] | undefined;
  readonly symbol?: string | undefined;
  readonly source?: string | undefined;
  readonly q?: string | undefined;
  /** Only what a first look found too late and would have been raised, read in this time of this source; epoch ms, both ends included. */
  readonly missed?: { readonly source: string; readonly since: number; readonly until: number } | undefined;
}

export interface QuarantineFilter extends Page {
  readonly source?: string | undefined;
  readonly reason?: string | undefined;
  /** Part of the file's name or of the detail. */
  readonly q?: string | undefined;
}

export interface Rows<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export type DecisionRow = typeof schema.decisions.$inferSelect;
export type QuarantineRow = typeof schema.quarantine.$inferSelect;
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

/** One look at a list that goes by seq. */
interface Look {
  readonly page: Page;
  readonly seq: SQLiteColumn;
  readonly time: SQLiteColumn;
  /** What is asked of columns with an index of their own; those that leave least come first. */
  readonly indexed: readonly (readonly [SQLiteColumn, string | undefined])[];
  readonly others: readonly (SQL | undefined)[];
  readonly q: string | undefined;
  /** The seq of what a search finds. */
  readonly about: SQLiteColumn;
}

/** The reading side of the store: works beside a running daemon and without one. */
export class Reader {
  /** `near`: what would need a look at more than the newest rows is not looked for: TooFar is thrown. */
  constructor(
    private readonly database: Database,
    private readonly reach: Reach = "far",
  ) {}

  listAlerts(filter: AlertFilter): Rows<AlertRow> {
    const { priorities, ...rest } = filter;
    const [priority] = priorities?.length === 1 ? priorities : [];
    const rows = this.#look<AlertRow>(alerts, {
      page: filter,
      seq: alerts.seq,
      time: alerts.raisedAt,
      indexed: [
        [alerts.symbol, rest.symbol],
        [alerts.source, rest.source],
        [alerts.state, rest.state],
        [alerts.type, rest.type],
        [alerts.priority, priority],
      ],
      others: [
        priorities && priorities.length !== 1 ? inArray(unindexed(alerts.priority), [...priorities]) : undefined,
      ],
      q: rest.q,
      about: alerts.seq,
    });
    return paged(rows, filter.limit, (row) => ({ at: row.raisedAt, seq: row.seq }));
  }

  listSignals(filter: SignalFilter): Rows<SignalRow> {
    const { by = "received", order = "desc" } = filter;
    const look: Look = {
      page: filter,
      seq: signals.seq,
      time: signals.receivedAt,
      indexed: [
        [signals.symbol, filter.symbol],
        [signals.source, filter.source],
      ],
      others: [
        equal(unindexed(signals.direction), filter.direction),
        equal(unindexed(signals.timeframe), filter.timeframe),
        filter.minStrength === undefined ? undefined : gte(signals.strength, filter.minStrength),
        filter.words && inArray(signals.decision, [...filter.words]),
      ],
      q: filter.q,
      about: signals.seq,
    };
    const rows =
      by === "received" && order === "desc"
        ? this.#look<SignalRow>(signals, look)
        : this.#sorted<SignalRow>(signals, look, { place: placeOf(by, order), order });
    return paged(rows, filter.limit, (row) => ({ at: valueOf(row, by) ?? missing[order], seq: row.seq }));
  }

  listOpportunities(filter: OpportunityFilter): Rows<OpportunityRow> {
    const look: Look = {
      page: filter,
      seq: opportunities.seq,
      time: opportunities.receivedAt,
      indexed: [
        [opportunities.symbol, filter.symbol],
        [opportunities.source, filter.source],
        [opportunities.pattern, filter.pattern],
      ],
      others: [
        filter.minConfidence === undefined ? undefined : gte(opportunities.confidence, filter.minConfidence),
        filter.words && inArray(opportunities.decision, [...filter.words]),
      ],
      q: filter.q,
      about: opportunities.seq,
    };
    const place = filter.by === "observed" ? opportunities.observedAt : null;
    const rows =
      place === null
        ? this.#look<OpportunityRow>(opportunities, look)
        : this.#sorted<OpportunityRow>(opportunities, look, { place, order: "desc" });
    return paged(rows, filter.limit, (row) => ({ at: place === null ? row.receivedAt : row.observedAt, seq: row.seq }));
  }

  listDecisions(filter: DecisionFilter): Rows<DecisionRow> {
    const [word] = filter.words?.length === 1 ? filter.words : [];
    const rows = this.#look<DecisionRow>(decisions, {
      page: filter,
      seq: decisions.id,
      time: decisions.at,
      indexed: [
        [decisions.symbol, filter.symbol],
        [decisions.source, filter.source],
        [decisions.word, word],
      ],
      others: [
        filter.words && filter.words.length !== 1 ? inArray(unindexed(decisions.word), [...filter.words]) : undefined,
        ...missedIn(filter.missed),
      ],
      q: filter.q,
      about: decisions.subjectSeq,
    });
    return paged(rows, filter.limit, (row) => ({ at: row.at, seq: row.id }));
  }

  /** Newest first by seq: first among the newest rows, which are few whatever is asked for; what is not found there, by an index. */
  #look<T>(table: SQLiteTable, look: Look): T[] {
    const { page, seq, time } = look;
    const before = page.cursor && lt(seq, page.cursor.seq);
    const given = look.indexed.filter(([, value]) => value !== undefined);
    const {
      q,
      page: { since, until },
    } = look;
    const plain =
      look.others.every((each) => each === undefined) && q === undefined && since === undefined && until === undefined;
    const find = (where: (SQL | undefined)[], order: SQL) =>
      this.database.db
        .select()
        .from(table)
        .where(and(...where, ...look.others, before))
        .orderBy(order)
        .limit(page.limit + 1)
        .all() as T[];
    // The table, or one index of it, is in this order already: no row is looked at in vain.
    if (plain && given.length <= 1)
      return find(
        given.map(([column, value]) => equal(column, value)),
        desc(seq),
      );

    const newest = this.#newest(table, seq, page.cursor?.seq);
    // How long a search takes is told by all that could be found, of whatever kind.
    if (q === undefined || this.#searchesFew()) {
      const floor = newest.floor === null ? undefined : gte(seq, newest.floor);
      const found = find(
        [
          floor,
          ...look.indexed.map(([column, value]) => equal(unindexed(column), value)),
          matches(look.about, q),
          ...between(unindexed(time), page),
        ],
        desc(seq),
      );
      if (newest.all || found.length > page.limit) return found;
    }
    this.#goFar("a list");
    // One index is enough, the one that leaves least: SQLite would have to guess which.
    const [driving, ...rest] = given;
    const checked = [...rest.map(([column, value]) => equal(unindexed(column), value)), matches(look.about, q)];
    if (driving === undefined && since !== undefined)
      return find([...checked, ...between(time, page)], desc(unindexed(seq)));
    const bounds = seqBounds(this.database, table, seq, time, page);
    return find(
      [driving && equal(driving[0], driving[1]), ...checked, ...bounds, ...between(unindexed(time), page)],
      desc(seq),
    );
  }

  /** By anything else than seq: all rows have to be looked at, but for those an index has in that order already. */
  #sorted<T>(
    table: SQLiteTable,
    look: Look,
    { place, order }: { readonly place: SQLiteColumn | SQL; readonly order: "asc" | "desc" },
  ): T[] {
    const { page, seq, time } = look;
    if (!this.#isSmall(table) || (look.q !== undefined && !this.#searchesFew())) this.#goFar("a list in another order");
    const direction = order === "desc" ? desc : asc;
    const where = [
      ...look.indexed.map(([column, value]) => equal(column, value)),
      ...look.others,
      matches(look.about, look.q),
      ...between(time, page),
      page.cursor && after(place, seq, page.cursor, order),
    ];
    return this.database.db
      .select()
      .from(table)
      .where(and(...where))
      .orderBy(direction(place), direction(seq))
      .limit(page.limit + 1)
      .all() as T[];
  }

  /** The newest rows before a place: the last of them, null where there is none, and whether they are all there are. */
  #newest(table: SQLiteTable, seq: SQLiteColumn, before: number | undefined): { floor: number | null; all: boolean } {
    const rows = this.database.db
      .select({ seq })
      .from(table)
      .where(before === undefined ? undefined : lt(seq, before))
      .orderBy(desc(seq))
      .limit(newestRows)
      .as("newest");
    const { floor, counted } = this.database.db
      .select({ floor: sql<number | null>`min(${rows.seq})`, counted: count() })
      .from(rows)
      .get() ?? { floor: null, counted: 0 };
    return { floor, all: counted < newestRows };
  }

  #goFar(what: string): void {
    if (this.reach === "near") throw new TooFar(what);
  }

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

  /** The files a signal, an opportunity or a refusal was read from. */
  filesOf(observationSeqs: readonly number[]): FileRow[] {
    return this.database.db
      .select()
      .from(files)
      .where(inArray(files.seq, [...observationSeqs]))
      .all();
  }

  listQuarantine(): QuarantineRow[] {
    return this.database.db.select().from(quarantine).orderBy(desc(quarantine.lastSeen)).all();
  }

  /** The last seen first. */
  pageOfQuarantine(filter: QuarantineFilter): Rows<QuarantineRow> {
    if (!this.#isSmall(quarantine)) this.#goFar("the quarantine");
    const like = filter.q === undefined ? undefined : `%${filter.q.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    const rowid = sql<number>`${quarantine}.rowid`;
    const where = [
      equal(quarantine.source, filter.source),
      equal(quarantine.reason, filter.reason),
      // LIKE reads a text up to its first NUL; no file and no detail has one.
      filter.q?.includes("\0") === true ? sql`0` : undefined,
      like === undefined
        ? undefined
        : sql`(${quarantine.path} LIKE ${like} ESCAPE '\\' OR ${quarantine.detail} LIKE ${like} ESCAPE '\\')`,
      ...within(quarantine.lastSeen, rowid, filter),
    ];
    const rows = this.database.db
      .select({ ...getTableColumns(quarantine), rowid })
      .from(quarantine)
      .where(and(...where))
      .orderBy(desc(quarantine.lastSeen), desc(rowid))
      .limit(filter.limit + 1)
      .all();
    return paged(rows, filter.limit, (row) => ({ at: row.lastSeen, seq: row.rowid }));
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
      if (!this.#isSmall(table)) this.#goFar("the counts");
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

  #searchesFew(): boolean {
    return this.database.raw.query("SELECT 1 FROM search_docsize LIMIT 1 OFFSET ?").get(newestRows) === null;
  }

  #isSmall(table: SQLiteTable): boolean {
    return (
      this.database.db
        .select({ one: sql`1` })
        .from(table)
        .limit(1)
        .offset(newestRows)
        .get() === undefined
    );
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

function missedIn(missed: DecisionFilter["missed"]): SQL[] {
  if (missed === undefined) return [];
  // Said as the index says it, or it is not used.
  return [
    sql`${decisions.missed} = 1`,
    eq(decisions.source, missed.source),
    gte(decisions.at, missed.since),
    lte(decisions.at, missed.until),
  ];
}

/** The checks of a decision, as they were asked. */
export function checksOf(row: DecisionRow): Check[] {
  return storedJson(row.checks) as Check[];
}

function equal(column: SQLiteColumn | SQL, value: string | undefined): SQL | undefined {
  return value === undefined ? undefined : eq(column as SQL, value);
}

function matches(seq: SQLiteColumn, q: string | undefined): SQL | undefined {
  if (q === undefined) return undefined;
  const expression = matchExpression(q);
  return expression === null ? sql`0` : sql`${seq} IN (SELECT rowid FROM search WHERE search MATCH ${expression})`;
}

function within(time: SQLiteColumn, seq: SQLiteColumn | SQL, page: Page): (SQL | undefined)[] {
  return [...between(time, page), page.cursor && after(time, seq, page.cursor, "desc")];
}

/** `until` is exclusive. */
function between(time: SQLiteColumn | SQL, { since, until }: Page): (SQL | undefined)[] {
  return [
    since === undefined ? undefined : gte(time as SQL, since),
    until === undefined ? undefined : lt(time as SQL, until),
  ];
}

function after(
  place: SQLiteColumn | SQL,
  seq: SQLiteColumn | SQL,
  cursor: Cursor,
  order: "asc" | "desc",
): SQL | undefined {
  const beyond = order === "desc" ? lt : gt;
  return or(beyond(place as SQL, cursor.at), and(eq(place as SQL, cursor.at), beyond(seq as SQL, cursor.seq)));
}

/** Stands in for a value nobody gave, so that the row comes last; within what a cursor can carry. */
const missing = { desc: -1, asc: 1e15 - 1 } as const;

function placeOf(by: SignalOrder, order: "asc" | "desc"): SQLiteColumn | SQL<number> {
  if (by === "received") return signals.seq;
  if (by === "observed") return signals.observedAt;
  return sql<number>`ifnull(${signals[by]}, ${sql.raw(String(missing[order]))})`;
}

function valueOf(row: SignalRow, by: SignalOrder): number | null {
  if (by === "received") return row.seq;
  return by === "observed" ? row.observedAt : row[by];
}

function paged<T>(rows: T[], limit: number, cursorOf: (row: T) => Cursor): Rows<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? writeCursor(cursorOf(last)) : null };
}
