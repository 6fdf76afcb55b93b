import type { Database as SqliteDatabase } from "bun:sqlite";

/**
 * A table that holds the words of one range of seqs. The search has many of them, as a merge in one can pause between
 * two words only: it takes as long as the rows are many that share the commonest.
 */
export interface Partition {
  readonly name: string;
  /** The first seq of its range. */
  readonly from: number;
  /** The last seq before the next partition's range. */
  readonly to: number;
}

/** Seqs of a partition: a merge takes some 5 ms, as does a search for a word that stands everywhere. */
export const seqsOfPartition = 65_536;

/** What a migration leaves of a search that was one table, until its words are moved. */
const unpartitioned = "search_unpartitioned";

export function partitionName(from: number): string {
  return `search_${from}`;
}

/** Those that are there, the newest first. */
export function partitionsOf(raw: SqliteDatabase): Partition[] {
  const starts = raw
    .query<{ name: string }, []>("SELECT name FROM sqlite_schema WHERE rootpage = 0 AND name GLOB 'search_[0-9]*'")
    .all()
    .map(({ name }) => Number(name.slice("search_".length)))
    .toSorted((a, b) => b - a);
  return starts.map((from, index) => ({
    name: partitionName(from),
    from,
    to: index === 0 ? Number.MAX_SAFE_INTEGER : (starts[index - 1] ?? 0) - 1,
  }));
}

export function hasPartition(raw: SqliteDatabase, from: number): boolean {
  const exists = raw.query<unknown, [string]>("SELECT 1 FROM sqlite_schema WHERE name = ?");
  return exists.get(partitionName(from)) !== null;
}

/** Always in a transaction. The one that was the newest so far is closed. */
export function createPartition(raw: SqliteDatabase, from: number): void {
  const name = partitionName(from);
  raw.run(`CREATE VIRTUAL TABLE ${name} USING fts5(words, tokenize='unicode61 remove_diacritics 2')`);
  // Segments are merged 64 pages at a time in the commit that makes them due: small pages keep that commit short. Only
  // a merge of all segments of a level at once has no such bound: it is put off as far as it can be.
  raw.run(`INSERT INTO ${name}(${name}, rank) VALUES ('pgsz', 1000), ('crisismerge', 1999)`);
  const [newest, before] = partitionsOf(raw);
  const closed = newest?.from === from ? before?.name : name;
  if (closed !== undefined) closePartition(raw, closed);
}

/**
 * From now on words hardly do anything but go. A merge is bounded by what it writes, and of words that go together with
 * those they take back nothing is left to write: it would read the whole partition in one commit. So what goes is only
 * ever merged with what went, 128 commits at once.
 */
function closePartition(raw: SqliteDatabase, name: string): void {
  raw.run(`INSERT INTO ${name}(${name}, rank) VALUES ('automerge', 0), ('crisismerge', 128)`);
}

/** Whether words of an earlier version still wait to be moved. */
export function isUnpartitioned(raw: SqliteDatabase): boolean {
  return raw.query("SELECT 1 FROM sqlite_schema WHERE name = ?").get(unpartitioned) !== null;
}

/** Moves the words of an earlier version to partitions, one in a commit: where it was cut off, it goes on. */
export function movePartitions(raw: SqliteDatabase, seqs: number = seqsOfPartition): void {
  const first = raw.prepare<{ id: number | null }, [number]>(
    `SELECT min(id) AS id FROM ${unpartitioned}_docsize WHERE id >= ?`,
  );
  for (let next = 0; ;) {
    const seq = first.get(next)?.id ?? null;
    if (seq === null) break;
    const from = seq - (seq % seqs);
    next = from + seqs;
    if (!hasPartition(raw, from)) moveOne(raw, from, next);
  }
  first.finalize();
  raw.run(`DROP TABLE ${unpartitioned}`);
}

function moveOne(raw: SqliteDatabase, from: number, next: number): void {
  const name = partitionName(from);
  raw
    .transaction(() => {
      createPartition(raw, from);
      raw.run(
        `INSERT INTO ${name}(rowid, words) SELECT rowid, words FROM ${unpartitioned} WHERE rowid >= ? AND rowid < ?`,
        [from, next],
      );
      // One segment: nothing of this is left to be merged later.
      raw.run(`INSERT INTO ${name}(${name}) VALUES ('optimize')`);
    })
    .immediate();
}
