import { expect, test } from "bun:test";
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { HealthShape } from "../../src/views/health";
import type { OverviewShape } from "../../src/views/overview-shape";
import type { SourceShape } from "../../src/views/sources";
import { until } from "../support/daemon";
import { aReport, aSignal } from "../support/reports";
import { alert, Story, systemAlert } from "../support/story";

async function sourceOf(story: Story): Promise<SourceShape> {
  const { items } = await story.get<{ items: SourceShape[] }>("/api/sources");
  if (!items[0]) throw new Error("no source");
  return items[0];
}

async function lost(story: Story): Promise<void> {
  await until("the folder is missed", async () => (await sourceOf(story)).state === "unreachable");
}

test("a deleted folder is said to be gone, and one made anew is watched without a restart", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal());
  await story.at("1s").expect(alert("SIGNAL", "BTCUSDT"));
  rmSync(story.reports, { recursive: true });
  await story.scan();
  await lost(story);
  expect(await sourceOf(story)).toMatchObject({ state: "unreachable", why: "no such folder" });
  expect(await story.get<HealthShape>("/api/dashboard/health")).toMatchObject({
    status: "unhealthy",
    checks: { "source:reports": { status: "unhealthy", message: "its folder cannot be read: no such folder" } },
  });
  expect((await story.get<OverviewShape>("/api/dashboard/overview?timeframe=15m")).system_status.status).toBe(
    "degraded",
  );
  await story.at("20s").expect();
  const [unreachable] = await story
    .at("31s")
    .expect(systemAlert("source-unreachable", { kind: "state", priority: "high", source: "reports" }));
  await story.at("10m").expect();
  mkdirSync(story.reports);
  await story.scan();
  expect(await story.get(`/api/alerts/${unreachable?.id}`)).toMatchObject({ state: "resolved" });
  await story.at("11m").report(aSignal({ symbol: "ETHUSDT" }));
  await story.at("11m").expect(alert("SIGNAL", "ETHUSDT"));
});

test("a folder away for a moment is no news", async () => {
  await using story = await Story.begin();
  renameSync(story.reports, `${story.reports}-away`);
  await story.scan();
  await lost(story);
  story.at("20s");
  renameSync(`${story.reports}-away`, story.reports);
  await story.scan();
  await story.at("5m").expect();
  expect((await sourceOf(story)).state).not.toBe("unreachable");
});

test("a folder moved away and back is not read twice, and watched again", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal(), aSignal({ symbol: "ETHUSDT" }));
  renameSync(story.reports, `${story.reports}-away`);
  await story.scan();
  renameSync(`${story.reports}-away`, story.reports);
  await story.scan();
  await story.at("10m").report(aSignal({ symbol: "SOLUSDT" }));
  await story.at("10m").expect(alert("SIGNAL", "BTCUSDT"), alert("SIGNAL", "ETHUSDT"), alert("SIGNAL", "SOLUSDT"));
  expect(story.rows("SELECT path, count(*) AS times FROM reports GROUP BY path HAVING times > 1")).toEqual([]);
  expect(story.rows("SELECT path FROM files WHERE gone_at IS NOT NULL")).toEqual([]);
});

test("a folder replaced in one go is watched in its new place", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal());
  for (const round of [1, 2, 3]) {
    rmSync(story.reports, { recursive: true });
    mkdirSync(story.reports);
    await story.scan();
    await story.at(`${round * 2}h`).report(aSignal());
  }
  expect(await story.raised()).toHaveLength(4);
});

test("a file in the folder's place is said, and the folder is taken back when it is one again", async () => {
  await using story = await Story.begin();
  rmSync(story.reports, { recursive: true });
  writeFileSync(story.reports, "not a folder");
  await story.scan();
  await until("it is said", async () => (await sourceOf(story)).why === "it is not a folder");
  rmSync(story.reports);
  mkdirSync(story.reports);
  await story.scan();
  await story.at("1m").report(aSignal());
  await story.at("1m").expect(alert("SIGNAL", "BTCUSDT"));
});

test("a folder named in the config is waited for and not made", async () => {
  await using story = await Story.begin({
    config: `export default { sources: [{ kind: "reports", name: "later", dir: "FOLDER/later" }] };`,
  });
  expect(await sourceOf(story)).toMatchObject({ name: "later", state: "unreachable", why: "no such folder" });
  expect((await fetch(`${story.daemon.url}/readyz`)).status).toBe(200);
  await story.at("31s").expect(systemAlert("source-unreachable", { source: "later" }));
  mkdirSync(join(story.folder, "later"));
  await story.scan();
  await story.at("1m").reportTo("later", join(story.folder, "later"), aSignal());
  await story.at("1m").expect(alert("SIGNAL", "BTCUSDT", { source: "later" }));
});

test("links are not followed, the folder itself may be one", async () => {
  await using story = await Story.begin({
    before(folder) {
      rmSync(join(folder, "reports"), { recursive: true });
      mkdirSync(join(folder, "elsewhere"));
      symlinkSync(join(folder, "elsewhere"), join(folder, "reports"));
    },
  });
  const secret = join(story.folder, "secret.json");
  writeFileSync(secret, JSON.stringify({ symbol: "SECRETUSDT", signal: "BUY", score: 90, timestamp: story.now }));
  mkdirSync(join(story.folder, "secrets"));
  writeFileSync(
    join(story.folder, "secrets", "deep.json"),
    JSON.stringify({ symbol: "DEEPUSDT", signal: "BUY", score: 90, timestamp: story.now }),
  );
  symlinkSync(secret, join(story.reports, "linked.json"));
  symlinkSync(join(story.folder, "secrets"), join(story.reports, "linked"));
  await story.scan();
  await story.at("1m").report(aSignal());
  await story.scan();
  await story.at("1m").expect(alert("SIGNAL", "BTCUSDT"));
  expect(story.rows("SELECT path FROM files WHERE path LIKE '%linked%' OR path LIKE '%deep%'")).toEqual([]);
});

test("one folder deeper is read, two deeper is refused, unfinished names are passed over", async () => {
  await using story = await Story.begin();
  const signalFor = (symbol: string) => ({ symbol, signal: "BUY", score: 50, timestamp: story.now });
  await story.at("0s").report(aReport("btc/usdt_20260302_120000.json", signalFor("AUSDT")));
  await story.at("1s").report(aReport("btc/usdt_20260302_120001.json", signalFor("BUSDT")));
  for (const name of ["a/b/deep.json", ".hidden.json", "~draft.json", "half.json.part", "notes.txt", ".git/x.json"])
    story.place(name, signalFor("NOUSDT"));
  await story.scan();
  await story.at("2s").report(aReport("last.json", signalFor("CUSDT")));
  await story.scan();
  expect(story.rows("SELECT path, reason FROM quarantine")).toEqual([
    { path: "a/b/deep.json", reason: "too-far-down" },
  ]);
  expect(story.rows("SELECT path FROM files WHERE outcome = 'read' ORDER BY path")).toEqual([
    { path: "btc/usdt_20260302_120000.json" },
    { path: "btc/usdt_20260302_120001.json" },
    { path: "last.json" },
  ]);
});

test("a folder below made anew is watched again", async () => {
  await using story = await Story.begin();
  for (const round of [1, 2, 3]) {
    await story.at(`${round}h`).report({ ...aSignal(), name: `deep/round-${round}.json` });
    rmSync(join(story.reports, "deep"), { recursive: true });
    mkdirSync(join(story.reports, "deep"));
    // When this is in, whatever the system reported of the folders has been handled.
    await story.at(`${round}h1m`).report(aSignal({ symbol: "ETHUSDT" }));
    await story.scan();
  }
  expect(await story.raised()).toHaveLength(6);
});

test("folders below may come and go", async () => {
  await using story = await Story.begin();
  for (let round = 0; round < 100; round++) {
    const fleeting = join(story.reports, `fleeting-${round % 3}`);
    mkdirSync(fleeting);
    const looked = story.daemon.daemon.scan();
    // At another point of the look each time.
    for (let turn = 0; turn < round % 10; turn++) await Promise.resolve();
    await Bun.sleep(0);
    rmSync(fleeting, { recursive: true });
    await looked;
  }
  await story.scan();
  expect(story.rows("SELECT kind FROM observations WHERE kind = 'source-unreachable'")).toEqual([]);
});

test("a file that is deleted while it is waited for is waited for no longer", async () => {
  await using story = await Story.begin();
  const path = join(story.reports, "never.json");
  writeFileSync(path, "{");
  await until("it waits", async () => (await sourceOf(story)).waiting === 1);
  rmSync(path);
  await until("nothing waits", async () => (await sourceOf(story)).waiting === 0);
});

test("a folder that its config has polled is read, and says that it is polled", async () => {
  await using story = await Story.begin({
    config: `export default { sources: [{ kind: "reports", name: "reports", watch: "poll" }] };`,
  });
  await story.at("0s").report(aSignal());
  await story.at("1s").expect(alert("SIGNAL", "BTCUSDT"));
  expect(await sourceOf(story)).toMatchObject({ state: "live", polled: "its config says so", skipped: [] });
  const { checks } = await story.get<HealthShape>("/api/dashboard/health");
  expect(checks["source:reports"]?.message).toContain("polled every second: its config says so");
});

test("files are never changed, moved or deleted", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal({ name: "good.json" }), aReport("bad.json", { symbol: "x" }));
  await story.at("2h").restart();
  const there = new Bun.Glob("**").scanSync({ cwd: story.reports, dot: true });
  expect([...there].toSorted()).toEqual(["bad.json", "good.json"]);
  expect(await Bun.file(join(story.reports, "bad.json")).text()).toBe('{"symbol":"x"}');
});
