import { Database, type SQLQueryBindings } from "bun:sqlite";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { databasePath, openForWriting } from "../../../src/store/open";
import { answerQuestions } from "../worker";

/** `from`: the data folder of a daemon that has read `reports`; `to`: a fresh one. */
export interface RawLoopAsked {
  readonly reports: string;
  readonly from: string;
  readonly to: string;
}

/** Rows of a table that came of each report, ready to be bound. */
interface Share {
  readonly insert: string;
  readonly byPath: ReadonlyMap<string, readonly SQLQueryBindings[][]>;
}

const perTransaction = 100;

/** Which table's rows came of which report: the table, its columns' condition, and the column the report is found by. */
const joins = [
  ["observations", "t.seq = o.seq"],
  ["files", "t.seq = o.seq"],
  ["reports", "t.seq = o.seq"],
  ["signals", "t.seq = o.seq"],
  ["identities", "t.seq = o.seq"],
  ["decisions", "t.observation_seq = o.seq"],
  ["alerts", "t.observation_seq = o.seq"],
  ["events", "t.seq = o.seq OR t.seq IN (SELECT seq FROM alerts WHERE observation_seq = o.seq)"],
] as const;

/**
 * The least that must be done: each file is read, parsed by JSON.parse and the rows the daemon made of it are written, all of
 * them and byte for byte, with prepared statements, 100 reports a transaction, under the daemon's own schema and pragmas. The
 * rows stand ready in memory: nothing is decided, normalised, hashed, compressed, watched or told.
 */
answerQuestions<RawLoopAsked>(({ reports, from, to }) => {
  using source = new Database(databasePath(from), { readonly: true });
  const shares = joins.map(([table, condition]) => shareOf(source, table, condition));
  const paths = [...(shares[0]?.byPath.keys() ?? [])];
  const words = new Map(shares[3] ? [...shares[3].byPath].map(([path, rows]) => [path, searchWordsOf(rows)]) : []);
  const cells = source.query<{ kind: string; key: string; value: string }, []>("SELECT kind, key, value FROM cells").all();

  using opened = openForWriting(to);
  const { raw } = opened;
  const inserts = shares.map(({ insert }) => raw.query(insert));
  const index = raw.query("INSERT INTO search (rowid, words) VALUES (?, ?)");
  const cell = raw.query("INSERT INTO cells (kind, key, value) VALUES (?1, ?2, ?3) ON CONFLICT (kind, key) DO UPDATE SET value = ?3");
  const counter = raw.query("INSERT INTO meta (key, value) VALUES ('seq', ?1) ON CONFLICT (key) DO UPDATE SET value = ?1");

  const startedAt = performance.now();
  for (let start = 0; start < paths.length; start += perTransaction) {
    raw
      .transaction(() => {
        for (const path of paths.slice(start, start + perTransaction)) {
          JSON.parse(readFileSync(join(reports, path), "utf8"));
          for (const [place, { byPath }] of shares.entries()) {
            for (const row of byPath.get(path) ?? []) inserts[place]?.run(...row);
          }
          for (const [seq, text] of words.get(path) ?? []) index.run(seq, text);
        }
        for (const { kind, key, value } of cells) cell.run(kind, key, value);
        counter.run(String(start));
      })
      .immediate();
  }
  return { seconds: (performance.now() - startedAt) / 1000 };
});

function shareOf(source: Database, table: string, condition: string): Share {
  const columns = source.query<{ name: string }, []>(`SELECT name FROM pragma_table_info('${table}')`).all().map(({ name }) => name);
  const rows = source
    .query<Record<string, SQLQueryBindings> & { ofReport: string }, []>(`SELECT r.path AS ofReport, t.* FROM reports r JOIN observations o ON o.seq = r.seq JOIN ${table} t ON ${condition} ORDER BY o.seq`)
    .all();
  const byPath = new Map<string, SQLQueryBindings[][]>();
  for (const row of rows) {
    const path = row.ofReport;
    byPath.set(path, [...(byPath.get(path) ?? []), columns.map((name) => row[name] ?? null)]);
  }
  return { insert: `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`, byPath };
}

/** The texts of the full-text index cannot be read back: words of the same kind and number are put together. */
function searchWordsOf(rows: readonly SQLQueryBindings[][]): [number, string][] {
  return rows.map(([seq, source, path, symbol, direction, word]) => [Number(seq), [symbol, symbol, direction, word, source, path].map(String).join("\n")]);
}
