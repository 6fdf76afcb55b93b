import { expect, test } from "bun:test";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openForWriting } from "../../src/store/db";
import { DataOnDisk } from "./data-on-disk";
import { virtuoso } from "./program";

interface Found {
  readonly subject: string;
  readonly state: string;
  readonly message: string;
}

async function check(disk: DataOnDisk, ...words: string[]): Promise<{ code: number; found: Found[] }> {
  const { code, out } = await virtuoso(["doctor", "--data", disk.data, "-o", "json", ...words], { cwd: disk.folder });
  return { code, found: JSON.parse(out) as Found[] };
}

test("all is well", async () => {
  using disk = await DataOnDisk.make();
  await disk.watched();
  await disk.report({ symbol: "BTCUSDT", signal: "BUY", score: 82 });
  const { code, found } = await check(disk);
  expect({ code, troubles: found.filter(({ state }) => state !== "ok") }).toEqual({ code: 0, troubles: [] });
  expect(found.map(({ subject }) => subject)).toEqual([
    "config",
    "data folder",
    "folder of reports",
    "database",
    "fsync",
    "clock",
    "daemon",
    "network",
    "access",
    "channels",
    "source reports",
    "settings",
  ]);
  expect(found.find(({ subject }) => subject === "fsync")?.message).toMatch(
    /takes [\d.]+ ms .*median of 15.*goes out about \d+ ms after/,
  );
  const table = await virtuoso(["doctor", "--data", disk.data], { cwd: disk.folder });
  expect(table.out.trim().split("\n")).toHaveLength(found.length);
});

test("a channel whose key is gone, one that is broken, and one whose name the config has taken", async () => {
  using disk = await DataOnDisk.make();
  await disk.watched();
  const add = (words: string, stdin = "") =>
    virtuoso(["channel", "add", ...words.split(" "), "--data", disk.data], { cwd: disk.folder, stdin });
  expect((await add("phone ntfy", "topic=a-topic\n")).code).toBe(0);
  expect((await add("bot webhook --set url=http://127.0.0.1:1/")).code).toBe(0);
  expect((await check(disk)).found).toContainEqual({
    subject: "channels",
    state: "ok",
    message: "2 channels, none fails",
  });
  using database = openForWriting(disk.data);
  database.raw.run(
    "INSERT INTO channel_states (name, state, since, failures, last_answer) VALUES ('bot', 'broken', 0, 1, '410 Gone')",
  );
  rmSync(join(disk.data, "seal.key"));
  const config = 'export default { channels: [{ kind: "webhook", name: "bot", url: "http://127.0.0.1:1/" }] };';
  const ill = await check(disk);
  expect(ill.code).toBe(1);
  expect(ill.found).toContainEqual({
    subject: "channel phone",
    state: "failed",
    message: expect.stringContaining("seal.key is missing"),
  });
  expect(ill.found).toContainEqual({
    subject: "channel bot",
    state: "failed",
    message: "broken since 1970-01-01T00:00:00.000Z: 410 Gone",
  });
  writeFileSync(join(disk.folder, "virtuoso.config.ts"), config);
  expect((await check(disk)).found).toContainEqual({
    subject: "channel bot",
    state: "warning",
    message: expect.stringContaining("set aside"),
  });
});

test("before the first start nothing is wrong", async () => {
  using disk = await DataOnDisk.make();
  const { code, out } = await virtuoso(["doctor", "--data", join(disk.folder, "later")], { cwd: disk.folder });
  expect(code).toBe(0);
  expect(out).toContain("none yet, it is made at the first start");
});

test("a source whose times are an hour off, a missing folder, an open data folder, a bad config", async () => {
  using disk = await DataOnDisk.make();
  await disk.watched();
  for (let run = 0; run < 5; run++)
    await disk.report(
      {
        symbol: `A${run}USDT`,
        signal: "BUY",
        score: 60,
        timestamp: new Date(Date.now() - 5_400_000).toISOString().slice(0, 19),
      },
      `a${run}.json`,
    );
  chmodSync(disk.data, 0o777);
  writeFileSync(join(disk.data, "jwt.secret"), "of everybody", { mode: 0o644 });
  mkdirSync(disk.reports);
  writeFileSync(
    join(disk.folder, "virtuoso.config.ts"),
    `export default { sources: [{ kind: "reports", name: "reports", dir: "reports" }, { kind: "reports", ` +
      `name: "gone", dir: "nowhere" }] };`,
  );
  writeFileSync(join(disk.folder, "bad.config.ts"), "export default { sorces: [] };");

  const { code, found } = await check(disk);
  expect(code).toBe(1);
  expect(found).toContainEqual({
    subject: "source reports",
    state: "warning",
    message: expect.stringMatching(/times are -01:30 off .* zone: "-01:30"/),
  });
  expect(found).toContainEqual({
    subject: "folder of gone",
    state: "failed",
    message: expect.stringContaining("does not exist"),
  });
  expect(found).toContainEqual({
    subject: "data folder",
    state: "warning",
    message: expect.stringContaining("chmod o-w"),
  });

  expect(found).toContainEqual({ subject: "access", state: "failed", message: expect.stringContaining("chmod 600") });

  const bad = await check(disk, "--config", "bad.config.ts");
  expect(bad.code).toBe(1);
  expect(bad.found[0]).toMatchObject({
    subject: "config",
    state: "failed",
    message: expect.stringContaining("sorces"),
  });
});

test("a damaged database, one of a newer version, and a clock that was set back", async () => {
  using damaged = await DataOnDisk.make();
  using newer = await DataOnDisk.make();
  using early = await DataOnDisk.make();
  mkdirSync(join(damaged.folder, "other"));
  writeFileSync(join(damaged.folder, "other", "virtuoso.db"), "this is no database, and never was one".repeat(100));
  {
    using database = openForWriting(newer.data);
    database.raw.run("UPDATE __drizzle_migrations SET created_at = created_at + 1e12");
  }
  await early.inTheFuture().report({ symbol: "BTCUSDT", signal: "BUY", score: 82 });

  const [ofDamaged, ofNewer, ofEarly] = await Promise.all([
    virtuoso(["doctor", "--data", join(damaged.folder, "other")], { cwd: damaged.folder }),
    check(newer),
    check(early),
  ]);
  expect(ofDamaged).toMatchObject({ code: 1, out: expect.stringMatching(/failed +database .*damaged/) });
  expect(ofNewer.found).toContainEqual({
    subject: "database",
    state: "failed",
    message: expect.stringContaining("newer version"),
  });
  expect(ofEarly.found).toContainEqual({
    subject: "clock",
    state: "warning",
    message: expect.stringContaining("it was set back"),
  });
});
