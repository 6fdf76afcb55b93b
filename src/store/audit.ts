import { createHash } from "node:crypto";
import { and, desc, eq, gt, gte, lt, sql, type SQL } from "drizzle-orm";
import type { Database } from "./db";
import type { AuditFilter } from "./filters/audit";
import { paged, type Rows } from "./paging";
import { newestRows, TooFar, type Reach } from "./reach";
import { auditEntries } from "./schema";
import { seqBounds } from "./seq-bounds";
import { unindexed } from "./unindexed";

export type AuditRow = typeof auditEntries.$inferSelect;

/** One line of the audit log: who did what to whom. Values before and after are anything JSON can say, and never a secret. */
export interface AuditEntry {
  /** Epoch ms. */
  readonly at: number;
  /** The account, the token (`token NAME`), `owner`, or the user at the command line. */
  readonly who: string;
  /** The address it came from, or `command line`. */
  readonly from: string;
  /** `sign-in`, `sign-in.refused`, `account.added`, `token.revoked`, `settings.changed`, ... */
  readonly what: string;
  /** The account, the token, the session it was done to; null where it is about none. */
  readonly subject: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

/** The newest row: its number and its hash, which stands for all before it. */
export interface AuditHead {
  readonly id: number;
  readonly hash: string;
}

export const nothingYet: AuditHead = { id: 0, hash: "0".repeat(64) };
const wordMax = 300;
const valueMax = 16_384;

/** Adds a row to the chain, in the commit that is under way where there is one. Throws what SQLite throws. */
export function appendAudit(database: Database, entry: AuditEntry): AuditHead {
  return database.raw
    .transaction(() => {
      const head = auditHead(database);
      const row = {
        id: head.id + 1,
        at: entry.at,
        who: entry.who.slice(0, wordMax),
        from: entry.from.slice(0, wordMax),
        what: entry.what.slice(0, wordMax),
        subject: entry.subject?.slice(0, wordMax) ?? null,
        before: valueText(entry.before),
        after: valueText(entry.after),
      };
      const hash = hashOf(head.hash, row);
      database.db
        .insert(auditEntries)
        .values({ ...row, hash })
        .run();
      return { id: row.id, hash };
    })
    .immediate();
}

export function auditHead(database: Database): AuditHead {
  return newestEntry(database).get() ?? nothingYet;
}

/** The head, to be asked now or prepared. */
export function newestEntry({ db }: Database) {
  const { id, hash } = auditEntries;
  return db.select({ id, hash }).from(auditEntries).orderBy(desc(id)).limit(1);
}

/** Whether the row is there: it is not where the commit it was added in failed. */
export function isKept({ db }: Database, { id, hash }: AuditHead): boolean {
  return db.select({ hash: auditEntries.hash }).from(auditEntries).where(eq(auditEntries.id, id)).get()?.hash === hash;
}

/** Newest first. */
export function listAudit(
  database: Database,
  { limit, cursor, since, until, id: number, who, what }: AuditFilter,
  reach: Reach = "far",
): Rows<AuditRow> {
  const { db } = database;
  const { id, at } = auditEntries;
  if (
    reach === "near" &&
    db
      .select({ one: sql`1` })
      .from(auditEntries)
      .limit(1)
      .offset(newestRows)
      .get() !== undefined
  )
    throw new TooFar("the audit log");
  const wanted: (SQL | undefined)[] = [
    cursor && lt(id, cursor.seq),
    number === undefined ? undefined : eq(id, Number(number)),
    ...seqBounds(database, auditEntries, id, at, { since, until, cursor }),
    since === undefined ? undefined : gte(unindexed(at), since),
    until === undefined ? undefined : lt(unindexed(at), until),
    who === undefined ? undefined : eq(auditEntries.who, who),
    what === undefined ? undefined : eq(auditEntries.what, what),
  ];
  const found = db
    .select()
    .from(auditEntries)
    .where(and(...wanted))
    .orderBy(desc(id))
    .limit(limit + 1)
    .all();
  return paged(found, limit, (row) => ({ at: row.at, seq: row.id }));
}

/** Where the chain does not hold. */
interface AuditBreak {
  readonly id: number;
  /** `changed`: the row, or one before it that was hashed again. `missing`: rows up to here are gone. `cut`: the newest are gone. */
  readonly what: "changed" | "missing" | "cut";
}

export interface AuditVerdict {
  readonly head: AuditHead;
  readonly breaks: readonly AuditBreak[];
}

const verifyAtOnce = 200;

/**
 * Goes along the whole chain, and lets others on between its steps. `known`: a head that was noted elsewhere, in a log or a
 * metric, which no hand on the database can take back.
 */
export async function verifyAudit(database: Database, known: AuditHead | null = null): Promise<AuditVerdict> {
  // Asked first: what is added meanwhile is found at the end of the way, and never missing.
  const handedOut =
    database.raw.query<{ seq: number }, []>("SELECT seq FROM sqlite_sequence WHERE name = 'audit'").get()?.seq ?? 0;
  const breaks: AuditBreak[] = [];
  let head = nothingYet;
  for (;;) {
    const rows = rowsAfter(database, head.id);
    if (rows.length === 0) break;
    for (const row of rows) {
      if (row.id !== head.id + 1) breaks.push({ id: row.id, what: "missing" });
      else if (row.hash !== hashOf(head.hash, row)) breaks.push({ id: row.id, what: "changed" });
      if (known?.id === row.id && !row.hash.startsWith(known.hash)) breaks.push({ id: row.id, what: "changed" });
      // After a break the rest is judged by itself: one wrong row is one break.
      head = { id: row.id, hash: row.hash };
    }
    await new Promise<void>((resume) => setImmediate(resume));
  }
  if (Math.max(handedOut, known?.id ?? 0) > head.id) breaks.push({ id: head.id + 1, what: "cut" });
  return { head, breaks };
}

function rowsAfter({ db }: Database, id: number): AuditRow[] {
  return db
    .select()
    .from(auditEntries)
    .where(gt(auditEntries.id, id))
    .orderBy(auditEntries.id)
    .limit(verifyAtOnce)
    .all();
}

function hashOf(
  before: string,
  { id, at, who, from, what, subject, before: was, after: is }: Omit<AuditRow, "hash">,
): string {
  return createHash("sha256")
    .update(`${before}\n${JSON.stringify([id, at, who, from, what, subject, was, is])}`)
    .digest("hex");
}

function valueText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const text = JSON.stringify(value);
  return text.length <= valueMax ? text : JSON.stringify({ too_long: `${text.length} characters` });
}

/** `12:ab34...`: how many there are, and the hash over all of them. */
export function nameOfHead({ id, hash }: AuditHead): string {
  return `${id}:${hash}`;
}

/** The hash as a gauge can hold it: its first 48 bits. */
export function headAsNumber({ hash }: AuditHead): number {
  return Number.parseInt(hash.slice(0, 12), 16);
}
