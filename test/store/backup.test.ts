import { expect, test } from "bun:test";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openForReading } from "../../src/store/open";
import { Reader } from "../../src/store/reader";
import { backUp, newestBackupAt, pruneBackups } from "../../src/store/backup";
import { startTestDaemon, until } from "../support/daemon";
import { virtuoso } from "../commands/program";

test("a copy made while the daemon writes is whole, for its owner only, and opens", async () => {
  await using daemon = await startTestDaemon({ scanning: false });
  for (let n = 0; n < 20; n++) daemon.drop(`r${n}.json`, { symbol: `A${n}USDT`, signal: "BUY", score: 80, timestamp: Date.now() });
  await until("20 signals", async () => (await daemon.get<{ items: unknown[] }>("/api/signals?limit=100")).items.length === 20);
  const folder = join(daemon.folder, "copies");
  const { code, out, err } = await virtuoso(["backup", folder, "--data", daemon.data]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const path = out.trim();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(newestBackupAt(folder)).not.toBeNull();
  // A restored copy is a data folder's database like any other.
  const restored = mkdtempSync(join(tmpdir(), "virtuoso-restored-"));
  await Bun.write(join(restored, "virtuoso.db"), Bun.file(path));
  using opened = openForReading(restored);
  expect(new Reader(opened).listSignals({ limit: 100 }).items).toHaveLength(20);
  rmSync(restored, { recursive: true });
}, 60_000);

test("the newest stay, what is not ours is left alone, and an age is known only where there is a copy", async () => {
  await using daemon = await startTestDaemon({ scanning: false });
  const folder = join(daemon.folder, "copies");
  expect(newestBackupAt(folder)).toBeNull();
  for (let n = 0; n < 4; n++) backUp(daemon.data, folder, Date.UTC(2026, 0, 1 + n));
  await Bun.write(join(folder, "notes.db"), "mine");
  pruneBackups(folder, 2);
  expect(readdirSync(folder).toSorted()).toEqual(["notes.db", "virtuoso-20260103-000000.db", "virtuoso-20260104-000000.db"]);
}, 60_000);

test("a config that asks for copies has them made by the daemon", async () => {
  await using daemon = await startTestDaemon({
    config: `import { defineConfig } from "virtuoso"; export default defineConfig({ backup: { dir: "FOLDER/copies", every: "24h", keep: 3 }, scanners: { system: { enabled: false } } });`,
  });
  await until("a copy", () => existsSync(join(daemon.folder, "copies")) && newestBackupAt(join(daemon.folder, "copies")) !== null, 60_000);
}, 90_000);
