import type { Database as SqliteDatabase } from "bun:sqlite";
import { sql, type SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { newestRows } from "./reach";
import { partitionsOf, type Partition } from "./search-partitions";
import type { SeqRange } from "./seq-bounds";

/** SQLite takes at most 500 parts of a union at once. */
const unionMax = 100;
/** So many are looked into in a few milliseconds. */
const fewPartitions = 16;

/** Whether a search for whatever is short. */
export function searchesFew(raw: SqliteDatabase): boolean {
  const partitions = partitionsOf(raw);
  if (partitions.length > fewPartitions) return false;
  let rows = 0;
  for (const { name } of partitions) {
    const few = newestRows + 1 - rows;
    using counted = raw.prepare<{ rows: number }, [number]>(
      `SELECT count(*) AS rows FROM (SELECT 1 FROM ${name}_docsize LIMIT ?)`,
    );
    rows += counted.get(few)?.rows ?? 0;
    if (rows > newestRows) return false;
  }
  return true;
}

/** Those that hold words of such seqs, the newest first. */
export function partitionsIn(raw: SqliteDatabase, range: SeqRange): Partition[] {
  return partitionsOf(raw).filter(({ from, to }) => from <= range.to && to >= range.from);
}

/** Those that hold words of these seqs. */
export function partitionsAt(raw: SqliteDatabase, seqs: readonly number[]): Partition[] {
  return partitionsOf(raw).filter(({ from, to }) => seqs.some((seq) => seq >= from && seq <= to));
}

/** `expression`: as FTS5 takes it. */
export function foundIn(
  seq: SQLiteColumn | SQL,
  partitions: readonly { readonly name: string }[],
  expression: string,
): SQL {
  if (partitions.length === 0) return sql`0`;
  // Oldest first: what is found comes in the order it is kept in, at half the cost.
  let parts = partitions
    .toReversed()
    .map(
      ({ name }) =>
        sql`SELECT rowid AS seq FROM ${sql.identifier(name)} WHERE ${sql.identifier(name)} MATCH ${expression}`,
    );
  while (parts.length > unionMax)
    parts = Array.from(
      { length: Math.ceil(parts.length / unionMax) },
      (_, index) => sql`SELECT seq FROM (${unionOf(parts.slice(index * unionMax, (index + 1) * unionMax))})`,
    );
  return sql`${seq} IN (${unionOf(parts)})`;
}

function unionOf(parts: readonly SQL[]): SQL {
  return sql.join([...parts], sql` UNION ALL `);
}
