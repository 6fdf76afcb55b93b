import { Database, type SQLQueryBindings } from "bun:sqlite";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { databasePath, openForWriting } from "../../../src/store/db";
import { SearchIndex } from "../../../src/store/search-index";
import { answerQuestions } from "../worker";

/** `from`: the data folder of a daemon that has read `reports`; `to`: a fresh one. */
export interface RawLoopCommand {
  readonly reports: string;
  readonly from: string;
  readonly to: string;
  readonly ready: boolean;
}

export interface RawLoopAnswer {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

interface ReadyRow {
  readonly row: SQLQueryBindings[];
  /** Columns whose text is made in the loop, and of what. */
  readonly json: readonly (readonly [number, unknown])[];
}

/** Rows of a table that came of each report, ready to be bound. */
interface Share {
  readonly insert: string;
  readonly byPath: ReadonlyMap<string, readonly ReadyRow[]>;
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

/** Columns whose text is JSON. */
const jsonColumns: Readonly<Record<string, readonly string[]>> = {
  observations: ["body"],
  signals: ["body"],
  decisions: ["checks"],
  alerts: ["details"],
  events: ["frame"],
};

/**
 * Each file is read and parsed by JSON.parse, and the rows the daemon made of it are written byte for byte with prepared
 * statements, 100 reports a transaction, under the daemon's own schema and pragmas. What of a row is the file's content in
 * another form is made in the loop, as any loop would have to: the digest, the compressed original and the JSON texts. All
 * other values stand ready in memory: nothing is normalised, looked up, decided, watched, logged or sent.
 * `ready`: digest, original and JSON texts stand ready too, so that what is read and parsed is thrown away.
 */
answerQuestions<RawLoopCommand>(({ reports, from, to, ready }) => {
  using source = new Database(databasePath(from), { readonly: true });
  const shares = joins.map(([table, condition]) => shareOf(source, table, condition, ready));
  const paths = [...(shares[0]?.byPath.keys() ?? [])];
  const cells = source
    .query<{ kind: string; key: string; value: string }, []>("SELECT kind, key, value FROM cells")
    .all();
  const words = new Map(
    source
      .query<SearchFacts, []>(searchFacts)
      .all()
      .map((facts) => [facts.path, facts]),
  );

  using database = openForWriting(to);
  const { raw } = database;
  const inserts = shares.map(({ insert }) => raw.prepare<unknown, SQLQueryBindings[]>(insert));
  const search = new SearchIndex(raw);
  const cell = raw.prepare(
    "INSERT INTO cells (kind, key, value) VALUES (?1, ?2, ?3) ON CONFLICT (kind, key) DO UPDATE SET value = ?3",
  );
  const counter = raw.prepare(
    "INSERT INTO meta (key, value) VALUES ('seq', ?1) ON CONFLICT (key) DO UPDATE SET value = ?1",
  );

  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  for (let start = 0; start < paths.length; start += perTransaction) {
    raw
      .transaction(() => {
        for (const path of paths.slice(start, start + perTransaction)) {
          const bytes = readFileSync(join(reports, path));
          JSON.parse(bytes.toString("utf8"));
          if (!ready) {
            new Bun.CryptoHasher("sha256").update(bytes).digest("hex");
            Bun.zstdCompressSync(bytes);
          }
          for (const [place, { byPath }] of shares.entries()) {
            for (const { row, json } of byPath.get(path) ?? []) {
              for (const [column, value] of json) row[column] = JSON.stringify(value);
              inserts[place]?.run(...row);
            }
          }
          // The texts of a full-text index cannot be read back: they are put together of the same words.
          const facts = words.get(path);
          if (facts)
            search.put(
              facts.seq,
              [facts.symbol, facts.symbol, facts.direction, facts.word, facts.source, path].join("\n"),
            );
        }
        for (const { kind, key, value } of cells) cell.run(kind, key, value);
        counter.run(String(start));
      })
      .immediate();
  }
  const { user, system } = process.cpuUsage(cpuBefore);
  return { seconds: (performance.now() - startedAt) / 1000, cpuSeconds: (user + system) / 1e6 } satisfies RawLoopAnswer;
});

interface SearchFacts {
  readonly path: string;
  readonly seq: number;
  readonly symbol: string;
  readonly direction: string;
  readonly word: string;
  readonly source: string;
}

const searchFacts =
  "SELECT f.path, s.seq, s.symbol, s.direction, s.word, s.source FROM files f JOIN signals s ON s.seq = f.seq";

function shareOf(source: Database, table: string, condition: string, ready: boolean): Share {
  const columns = source
    .query<{ name: string }, []>(`SELECT name FROM pragma_table_info('${table}')`)
    .all()
    .map(({ name }) => name);
  const rows = source
    .query<Record<string, SQLQueryBindings> & { ofReport: string }, []>(
      `SELECT r.path AS ofReport, t.* FROM reports r JOIN observations o ON o.seq = r.seq JOIN ${table} t ON ${condition} ORDER BY o.seq`,
    )
    .all();
  const made = ready ? [] : (jsonColumns[table] ?? []);
  const byPath = new Map<string, ReadyRow[]>();
  for (const row of rows) {
    const json = made.map((name): [number, unknown] => [columns.indexOf(name), JSON.parse(row[name] as string)]);
    const before = byPath.get(row.ofReport);
    const next = { row: columns.map((name) => row[name] ?? null), json };
    if (before) before.push(next);
    else byPath.set(row.ofReport, [next]);
  }
  return {
    insert: `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
    byPath,
  };
}
