import { expect, test } from "bun:test";
import { listSignals } from "../../src/store/signals";
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databasePath, openForReading, openForWriting } from "../../src/store/db";
import { backupScanner } from "../../src/scanners/backup";
import { backUp, copyDatabase, newestBackupAt, pruneBackups } from "../../src/store/backup";
import { startTestDaemon, until } from "../support/daemon";
import { virtuoso } from "../commands/program";

test("a copy made while the daemon writes is whole, for its owner only, and opens", async () => {
  await using daemon = await startTestDaemon({ scanning: false });
  for (let n = 0; n < 20; n++)
    daemon.drop(`r${n}.json`, { symbol: `A${n}USDT`, signal: "BUY", score: 80, timestamp: Date.now() });
  await until(
    "20 signals",
    async () => (await daemon.get<{ items: unknown[] }>("/api/signals?limit=100")).items.length === 20,
  );
  const folder = join(daemon.folder, "copies");
  const { code, out, err } = await virtuoso(["backup", folder, "--data", daemon.data]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const path = out.trim();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(newestBackupAt(folder)).not.toBeNull();
  // A restored copy is a data folder's database like any other.
  const restored = mkdtempSync(join(tmpdir(), "virtuoso-restored-"));
  await Bun.write(join(restored, "virtuoso.db"), Bun.file(path));
  using database = openForReading(restored);
  expect(listSignals(database, { limit: 100 }).items).toHaveLength(20);
  rmSync(restored, { recursive: true });
}, 60_000);

test("the newest stay, what is not ours is left alone, and an age is known only where there is a copy", async () => {
  await using daemon = await startTestDaemon({ scanning: false });
  const folder = join(daemon.folder, "copies");
  expect(newestBackupAt(folder)).toBeNull();
  let made = "";
  for (let n = 0; n < 4; n++) made = backUp(daemon.data, folder, Date.UTC(2026, 0, 1 + n));
  await Bun.write(join(folder, "notes.db"), "mine");
  pruneBackups(folder, 2, made);
  expect(readdirSync(folder).toSorted()).toEqual([
    "notes.db",
    "virtuoso-20260103-000000.db",
    "virtuoso-20260104-000000.db",
  ]);
  // The clock was ahead and is set right: what is made now is older by name, and stays.
  const now = backUp(daemon.data, folder, Date.UTC(2025, 5, 1));
  pruneBackups(folder, 1, now);
  expect(readdirSync(folder).toSorted()).toEqual(["notes.db", "virtuoso-20250601-000000.db"]);
}, 60_000);

test("a config that asks for copies has them made by the daemon", async () => {
  await using daemon = await startTestDaemon({
    config:
      `import { defineConfig } from "virtuoso"; export default defineConfig({ backup: { dir: ` +
      `"FOLDER/copies", every: "24h", keep: 3 }, scanners: { system: { enabled: false } } });`,
  });
  await until(
    "a copy",
    () => existsSync(join(daemon.folder, "copies")) && newestBackupAt(join(daemon.folder, "copies")) !== null,
    60_000,
  );
}, 90_000);

test("no one else may read a copy at any moment, whatever the umask", async () => {
  const folder = mkdtempSync(join(tmpdir(), "virtuoso-mode-"));
  const data = join(folder, "data");
  fill(data, 30_000);
  const copies = join(folder, "copies");
  const program = `
    import { readdirSync, statSync } from "node:fs";
    const [folder] = process.argv.slice(2);
    process.stdout.write("watching\\n");
    const seen = new Set();
    const end = Date.now() + 20_000;
    while (Date.now() < end && !seen.has("end")) {
      try { for (const name of readdirSync(folder)) seen.add(name.includes("end") ? "end" : (statSync(folder + "/" + name).mode & 0o777).toString(8)); } catch {}
    }
    process.stdout.write([...seen].filter((each) => each !== "end").join(" "));`;
  await Bun.write(join(folder, "look.ts"), program.replaceAll("\\\\", "\\"));
  const looking = Bun.spawn([process.execPath, join(folder, "look.ts"), copies], { stdout: "pipe" });
  const output = looking.stdout.getReader();
  let said = "";
  const read = async (until: (text: string) => boolean) => {
    while (!until(said)) {
      const { value, done } = await output.read();
      if (done) return;
      said += new TextDecoder().decode(value);
    }
  };
  await read((text) => text.includes("watching"));
  const before = process.umask(0);
  try {
    backUp(data, copies, Date.now());
  } finally {
    process.umask(before);
  }
  await Bun.write(join(copies, "end"), "");
  await read(() => false);
  expect(said.split("\n").at(-1)).toBe("600");
  expect(readdirSync(copies).filter((name) => name !== "end")).toHaveLength(1);
  rmSync(folder, { recursive: true });
}, 60_000);

test("a copy of a damaged database is none, and says what to do; a file that is there is not written over", () => {
  const folder = mkdtempSync(join(tmpdir(), "virtuoso-damaged-"));
  const data = join(folder, "data");
  fill(data, 2000);
  copyDatabase(data, join(folder, "good.db"));
  expect(() => copyDatabase(data, join(folder, "good.db"))).toThrow("is there already");
  const size = statSync(databasePath(data)).size;
  const file = openSync(databasePath(data), "r+");
  writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, Math.floor(size / 8192) * 4096);
  closeSync(file);
  expect(() => backUp(data, join(folder, "copies"), Date.now())).toThrow("virtuoso restore FILE");
  expect(readdirSync(join(folder, "copies"))).toEqual([]);
  rmSync(folder, { recursive: true });
});

test("a copy of the future does not put off the next", async () => {
  let made = 0;
  const now = Date.UTC(2026, 0, 1);
  const scanner = (newestAt: number | null) =>
    backupScanner(
      { everyMs: 86_400_000, newestAt: () => newestAt, now: () => now, backUp: async () => void made++ },
      () => ({ intervalMs: 1, timeoutMs: 1 }),
    );
  await scanner(now - 3_600_000).scan(new AbortController().signal);
  expect(made).toBe(0);
  await scanner(now + 500 * 86_400_000).scan(new AbortController().signal);
  expect(made).toBe(1);
});

function fill(data: string, rows: number): void {
  using database = openForWriting(data);
  const put = database.raw.prepare("INSERT INTO events (seq, topic, at, frame) VALUES (?, 'x', ?, ?)");
  database.raw.transaction(() => {
    for (let seq = 1; seq <= rows; seq++) put.run(seq, seq, `frame ${seq} `.repeat(20));
  })();
  database.raw.run("PRAGMA wal_checkpoint(TRUNCATE)");
}
