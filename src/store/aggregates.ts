import { and, count, desc, eq, getTableColumns, gte, inArray, sql, type SQL } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { AlertType, Priority } from "../core/alert";
import type { Word } from "../core/decide/decision";
import type { Component } from "../core/signal";
import { storedJson } from "./fault";
import type { Database } from "./db";
import { newestRows, TooFar, type Reach } from "./reach";
import type { AlertRow, SignalRow } from "./rows";
import * as schema from "./schema";
import { unindexed } from "./unindexed";

/** From when on, epoch ms, and of which symbol or source. */
export interface Stretch {
  readonly since: number;
  readonly symbol?: string | undefined;
  readonly source?: string | undefined;
}

export interface AlertKind {
  readonly type?: AlertType | undefined;
  readonly priority?: Priority | undefined;
}

/** What became of the alerts of one fingerprint: the newest, and how many there were. */
export interface AlertGroup {
  readonly newest: AlertRow;
  readonly count: number;
  readonly firstAt: number;
}

/** The columns a source's habits are read from. */
export interface SignalHabit {
  readonly source: string;
  readonly score: number | null;
  readonly strength: number | null;
  readonly reliability: number | null;
  readonly observedAt: number;
  readonly receivedAt: number;
  readonly datedBy: string;
  readonly twins: number;
  readonly revisions: number;
}

const { alerts, decisions, files, quarantine, signals } = schema;

/** Each of them is a body to be read: so many take a few milliseconds. */
const historyRowsNear = 120;

/** Counts and series over what is stored; beside the reader, which hands out rows. */
export class Aggregates {
  /** `near`: where more than a few rows would have to be counted, TooFar is thrown. */
  constructor(
    private readonly database: Database,
    private readonly reach: Reach = "far",
  ) {}

  /** How many decisions ended with each word. */
  words({ since, symbol, source }: Stretch): { word: Word; count: number }[] {
    this.#assertFew(decisions, decisions.at, since);
    const where = and(gte(decisions.at, since), this.#of(decisions.symbol, symbol), this.#of(decisions.source, source));
    return this.database.db
      .select({ word: sql<Word>`${decisions.word}`, count: count() })
      .from(decisions)
      .where(where)
      .groupBy(unindexed(decisions.word))
      .all();
  }

  /** Symbols with a signal received since, the one with the newest first. */
  symbols(since: number, limit: number): { symbol: string; signals: number; newestAt: number }[] {
    this.#assertFew(signals, signals.receivedAt, since);
    const newestAt = sql<number>`max(${signals.receivedAt})`;
    return this.database.db
      .select({ symbol: signals.symbol, signals: count(), newestAt })
      .from(signals)
      .where(gte(signals.receivedAt, since))
      .groupBy(unindexed(signals.symbol))
      .orderBy(desc(newestAt))
      .limit(limit)
      .all();
  }

  /** The newest signals of each symbol with their components, newest first. */
  historiesOf(symbols: readonly string[], limit: number): ReturnType<Aggregates["historyOf"]>[] {
    if (this.reach === "near" && symbols.length * limit > historyRowsNear)
      throw new TooFar("the history of many symbols");
    return symbols.map((symbol) => this.historyOf(symbol, limit));
  }

  /** The newest signals of a symbol with their components, newest first. */
  historyOf(symbol: string, limit: number): { row: Omit<SignalRow, "body">; components: readonly Component[] }[] {
    const { body: _body, ...columns } = getTableColumns(signals);
    const rows = this.database.db
      .select({ ...columns, components: sql<string | null>`json_extract(${signals.body}, '$.components')` })
      .from(signals)
      .where(eq(signals.symbol, symbol))
      .orderBy(desc(signals.seq))
      .limit(limit)
      .all();
    return rows.map(({ components, ...row }) => ({
      row,
      components: components === null ? [] : (storedJson(components) as Component[]),
    }));
  }

  /** Alerts raised since, those of one fingerprint together, the newest first. */
  alertGroups(stretch: Stretch & AlertKind, limit: number): AlertGroup[] {
    this.#assertFew(alerts, alerts.raisedAt, stretch.since);
    const where = this.#alertsIn(stretch);
    const newest = sql<number>`max(${alerts.seq})`;
    const groups = this.database.db
      .select({ seq: newest, count: count(), firstAt: sql<number>`min(${alerts.raisedAt})` })
      .from(alerts)
      .where(where)
      .groupBy(unindexed(alerts.fingerprint))
      .orderBy(desc(newest))
      .limit(limit)
      .all();
    const rows = new Map(
      this.database.db
        .select()
        .from(alerts)
        .where(
          inArray(
            alerts.seq,
            groups.map(({ seq }) => seq),
          ),
        )
        .all()
        .map((row) => [row.seq, row]),
    );
    return groups.flatMap(({ seq, ...rest }) => {
      const row = rows.get(seq);
      return row ? [{ newest: row, ...rest }] : [];
    });
  }

  alertCounts(stretch: Stretch & AlertKind): { priority: Priority; count: number }[] {
    this.#assertFew(alerts, alerts.raisedAt, stretch.since);
    return this.database.db
      .select({ priority: sql<Priority>`${alerts.priority}`, count: count() })
      .from(alerts)
      .where(this.#alertsIn(stretch))
      .groupBy(unindexed(alerts.priority))
      .all();
  }

  /** The newest signals received since, at most so many: a look at a busy source stays short. */
  habits(since: number, max: number): SignalHabit[] {
    const { source, score, strength, reliability, observedAt, receivedAt, datedBy, twins, revisions } = signals;
    this.#assertFew(signals, receivedAt, since);
    return this.database.db
      .select({ source, score, strength, reliability, observedAt, receivedAt, datedBy, twins, revisions })
      .from(signals)
      .where(gte(receivedAt, since))
      .orderBy(desc(receivedAt), desc(signals.seq))
      .limit(max)
      .all();
  }

  /** Files of each source that are there, and how many of them stand in quarantine. */
  filesBySource(): { source: string; files: number; quarantined: number }[] {
    this.#assertFew(files, files.readAt, undefined);
    this.#assertFew(quarantine, quarantine.lastSeen, undefined);
    const held = new Map(
      this.database.db
        .select({ source: quarantine.source, count: sql<number>`count(DISTINCT ${quarantine.path})` })
        .from(quarantine)
        .groupBy(quarantine.source)
        .all()
        .map((row) => [row.source, row.count]),
    );
    const there = this.database.db
      .select({ source: files.source, files: count() })
      .from(files)
      .where(sql`${files.goneAt} IS NULL`)
      .groupBy(files.source)
      .all();
    return there.map((row) => ({ ...row, quarantined: held.get(row.source) ?? 0 }));
  }

  #alertsIn({ since, symbol, source, type, priority }: Stretch & AlertKind): SQL | undefined {
    return and(
      gte(alerts.raisedAt, since),
      this.#of(alerts.symbol, symbol),
      this.#of(alerts.source, source),
      this.#of(alerts.type, type),
      this.#of(alerts.priority, priority),
    );
  }

  /** Near, the time alone leaves few rows; all rows of one source may be many. */
  #of(column: SQLiteColumn, value: string | undefined): SQL | undefined {
    if (value === undefined) return undefined;
    return this.reach === "near" ? eq(unindexed(column), value) : eq(column, value);
  }

  #assertFew(table: SQLiteTable, time: SQLiteColumn, since: number | undefined): void {
    if (this.reach === "far") return;
    const where = since === undefined ? undefined : gte(time, since);
    if (
      this.database.db
        .select({ one: sql`1` })
        .from(table)
        .where(where)
        .limit(1)
        .offset(newestRows)
        .get() !== undefined
    )
      throw new TooFar("a count");
  }
}
