import { Database } from "bun:sqlite";
import { expect, spyOn, test } from "bun:test";
import { databasePath } from "../../src/store/db";
import { startGuardedDaemon } from "../support/access";
import { fileOf, openTestWriter } from "../support/writer";
import { reportOf, signalOf } from "../support/observations";

function lock(path: string): Disposable {
  const other = new Database(path);
  other.run("BEGIN EXCLUSIVE");
  return {
    [Symbol.dispose]() {
      other.run("ROLLBACK");
      other.close();
    },
  };
}

/** How long SQLite itself waits for a lock, ms: for so long nothing else would have its turn. */
function waitsFor(database: Database): number | undefined {
  return database.query<{ timeout: number }, []>("PRAGMA busy_timeout").get()?.timeout;
}

const now = Date.parse("2026-03-02T12:00:00Z");
const report = reportOf({ receivedAt: now, file: "one.json", signals: [signalOf({ observedAt: now })] });

test("a lock of a moment is waited for without holding the loop, and is no fault", async () => {
  using given = await openTestWriter(now);
  let stored: Promise<boolean>;
  {
    using other = lock(given.database.path);
    expect(other).toBeDefined();
    stored = given.writer.submit({ observation: report, file: fileOf(report) });
    expect(waitsFor(given.database.raw)).toBe(0);
    given.writer.flush();
    expect(
      given.settings.change(given.writer, { patch: { signals: { min_score: 99 } }, from: "test", who: "test" }),
    ).toBe(false);
    expect(given.writer.maintain(() => given.storeWriter.probe(now))).toBe(false);
    expect(given.writer.trouble).toBe("locked");
  }
  expect(await stored).toBe(true);
  expect(given.faults).toEqual([]);
  expect(given.writer.trouble).toBeNull();
  expect(given.reader.counts().signals).toBe(1);
});

test("who signs in or acts while another program holds the database is answered at once, and never that it is done", async () => {
  const run = spyOn(Database.prototype, "run");
  await using given = await startGuardedDaemon({ ticking: false });
  const connections = new Set(run.mock.contexts as Database[]);
  run.mockRestore();
  expect([...connections].filter(({ filename }) => filename === databasePath(given.data)).map(waitsFor)).toEqual([0]);
  await given.addUser("ada", "admin");
  const before = await given.signIn("ada");
  const headers = { cookie: before.cookie, "x-csrf-token": before.csrf };
  const link = given.daemon.createLink().split("#link=")[1] ?? "";
  const acts: readonly (readonly [string, object, Record<string, string>?])[] = [
    ["/api/auth/login", { username: "ada", password: given.password }],
    ["/api/auth/login", { username: "ada", password: "not the password" }],
    ["/api/auth/link", { token: link }],
    ["/api/auth/refresh", {}, headers],
    ["/api/auth/logout", {}, headers],
    ["/api/users", { username: "bob", role: "viewer", password: given.password }, headers],
    ["/api/tokens", { name: "bot", role: "viewer" }, headers],
    ["/api/dashboard/config", { signals: { min_score: 70 } }, headers],
  ];
  {
    using other = lock(databasePath(given.data));
    expect(other).toBeDefined();
    for (const [path, body, more] of acts) {
      const answer = await given.post(path, body, more);
      expect({ path, status: answer.status, body: await answer.json() }).toMatchObject({
        path,
        status: 503,
        body: { detail: "locked" },
      });
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    const control = await given.owner("/api/tokens", { name: "bot", role: "viewer" }).catch(String);
    expect(control).toContain("503");
  }
  // The link was not used up by what was not stored.
  expect((await given.post("/api/auth/link", { token: link })).status).toBe(200);
  expect((await given.post("/api/auth/login", { username: "ada", password: given.password })).status).toBe(200);
}, 60_000);
