import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { renameSync } from "node:fs";
import { databasePath } from "../../src/store/db";
import type { HealthShape } from "../../src/views/health";
import type { OverviewShape } from "../../src/views/overview-shape";
import { until } from "../support/daemon";
import { aSignal } from "../support/reports";
import { framesOf, listenTo } from "../support/socket";
import { alert, decision, Story, systemAlert } from "../support/story";

/** Another program holds the database: no other can write. */
function lock(story: Story): Disposable & { readonly database: Database } {
  const other = new Database(databasePath(story.daemon.data));
  other.run("PRAGMA busy_timeout = 5000");
  other.run("BEGIN EXCLUSIVE");
  return {
    database: other,
    [Symbol.dispose]() {
      other.run("ROLLBACK");
      other.close();
    },
  };
}

async function readiness(story: Story): Promise<{ status: number; code: string | null }> {
  const response = await fetch(`${story.daemon.url}/readyz`);
  const { code } = (await response.json()) as { code: string | null };
  return { status: response.status, code };
}

async function expectDegraded(story: Story, code: string): Promise<void> {
  const overview = await until("the overview to say so", async () => {
    const each = await story.get<OverviewShape>("/api/dashboard/overview?timeframe=4h");
    return each.system_status.status === "degraded" && each;
  });
  expect(overview && overview.signals.map(({ symbol }) => symbol)).toEqual(["BTCUSDT"]);
  expect(await story.get<HealthShape>("/api/dashboard/health")).toMatchObject({
    status: "unhealthy",
    checks: { database: { status: "unhealthy", message: `nothing can be stored: ${code}` } },
  });
  const refused = await story.post("/api/dashboard/config", { signals: { min_score: 70 } });
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ status: 503, code: "not-stored", detail: code });
  expect((await fetch(`${story.daemon.url}/healthz`)).status).toBe(200);
  const metrics = await (await fetch(`${story.daemon.url}/metrics`)).text();
  expect(metrics).toContain("virtuoso_store_degraded 1");
  expect(metrics).toContain(`virtuoso_store_faults_total{fault="${code}"} 1`);
  expect(story.frames.filter(({ type }) => type === "store_fault")).toMatchObject([{ fault: code }]);
  expect(framesOf(story.frames, "dashboard_update").at(-1)?.data.system_status.status).toBe("degraded");
}

test("a database another program holds: reads go on, writes say why, and what was not stored is read again once", async () => {
  await using story = await Story.begin({ config: "export default { monitoring: { max_alerts: 100 } };" });
  await story.at("0s").report(aSignal());
  await story.at("1s").expect(alert("SIGNAL", "BTCUSDT"));
  {
    using other = lock(story);
    expect(other.database.inTransaction).toBe(true);
    story.place("eth.json", aSignal({ symbol: "ETHUSDT" }).body(story.now));
    await until("the fault", async () => (await readiness(story)).status === 503);
    expect(await readiness(story)).toEqual({ status: 503, code: "locked" });
    await expectDegraded(story, "locked");
    const late = await listenTo(story.daemon.url);
    expect((await late.receive("dashboard_update")).data.system_status.status).toBe("degraded");
    late.close();
    story.place("sol.json", aSignal({ symbol: "SOLUSDT" }).body(story.now));
    story.at("5s");
  }
  await until("it stores again", async () => (await readiness(story)).status === 200);
  await story.committed("reports", "eth.json", story.now - 4000);
  await story.committed("reports", "sol.json", story.now - 4000);
  const raised = await story.raised();
  expect(new Set(raised.map(({ symbol }) => symbol))).toEqual(new Set(["ETHUSDT", "SOLUSDT"]));
  expect(raised).toHaveLength(2);
  expect(story.rows("SELECT path, count(*) AS times FROM reports GROUP BY path HAVING times > 1")).toEqual([]);
  expect(story.frames.filter(({ type }) => type === "store_fault")).toMatchObject([
    { fault: "locked" },
    { fault: null },
  ]);
  expect((await story.decided()).map(({ word }) => word)).toEqual(["raised", "raised", "raised"]);
  await story.at("6s").change({ signals: { min_score: 70 } });
});

test("a data folder moved away while running is noticed, and taken back when it is there again", async () => {
  await using story = await Story.begin();
  const { data } = story.daemon;
  await story.at("0s").report(aSignal());
  await story.at("1s").expect(alert("SIGNAL", "BTCUSDT"));
  renameSync(data, `${data}-away`);
  await until("the fault", async () => (await readiness(story)).status === 503);
  expect(await readiness(story)).toEqual({ status: 503, code: "missing" });
  await expectDegraded(story, "missing");
  story.place("eth.json", aSignal({ symbol: "ETHUSDT" }).body(story.now));
  await story.scan();
  renameSync(`${data}-away`, data);
  await until("it stores again", async () => (await readiness(story)).status === 200);
  await story.committed("reports", "eth.json");
  await story.at("2s").expect(alert("SIGNAL", "ETHUSDT"));
  await story.at("2s").expectDecisions(decision("raised"), decision("raised"));
});

test("a folder lost while nothing could be stored is reported once it can", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal());
  await story.at("1s").expect(alert("SIGNAL", "BTCUSDT"));
  {
    using other = lock(story);
    expect(other.database.inTransaction).toBe(true);
    story.place("eth.json", aSignal({ symbol: "ETHUSDT" }).body(story.now));
    await until("the fault", async () => (await readiness(story)).status === 503);
    renameSync(story.reports, `${story.reports}-away`);
    await story.scan();
  }
  await until("it stores again", async () => (await readiness(story)).code === null);
  await until(
    "the loss is stored",
    () => story.rows("SELECT 1 FROM observations WHERE kind = 'source-unreachable'").length > 0,
  );
  await story.at("1m").expect(systemAlert("source-unreachable"));
});
