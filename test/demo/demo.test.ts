import { afterAll, beforeAll, expect, test } from "bun:test";
import { Database } from "bun:sqlite";
import { existsSync } from "node:fs";
import { databasePath } from "../../src/store/db";
import type { Demo } from "../../src/demo/run";
import { until } from "../support/daemon";
import { fewWatched, startTestDemo } from "../support/demo";

// DEMO_HOURS=48 looks at the whole history; six hours of it take the same code.
const hours = Number(process.env["DEMO_HOURS"] ?? 6);
const endsAt = Date.UTC(2026, 4, 17, 12);

let demo: Demo;
beforeAll(async () => {
  demo = await startTestDemo({ hours, endsAt, speed: 60 });
}, 120_000);
afterAll(async () => {
  await demo[Symbol.asyncDispose]();
}, 30_000);

/** What was decided and said until the history ended, in order. */
function story({ data }: Demo): unknown[][] {
  using db = new Database(databasePath(data), { readonly: true });
  return [
    db
      .query(
        "SELECT seq, received_at, symbol, source, direction, strength FROM signals WHERE received_at <= ? ORDER BY seq",
      )
      .values(endsAt),
    db.query("SELECT * FROM decisions WHERE at <= ? ORDER BY rowid").values(endsAt),
    db
      .query("SELECT seq, raised_at, type, priority, rule, message FROM alerts WHERE raised_at <= ? ORDER BY seq")
      .values(endsAt),
  ];
}

test("the same seed and start give the same history, alert by alert", async () => {
  const first = story(demo);
  await using again = await startTestDemo({ hours, endsAt });
  expect(story(again)).toEqual(first);
  for (const rows of first) expect(rows.length).toBeGreaterThan(5);
}, 120_000);

test("another seed is another market", async () => {
  await using other = await startTestDemo({ hours: 1, endsAt, seed: "2" });
  expect(story(other)[0]?.[0]).not.toEqual(story(demo)[0]?.[0]);
}, 60_000);

test("everything it answers says DEMO", async () => {
  for (const path of [
    "/api/dashboard/overview",
    "/api/dashboard/health",
    "/api/market",
    "/api/alerts",
    "/dashboard",
    "/nowhere",
  ]) {
    expect((await fetch(`${demo.url}${path}`)).headers.get("x-virtuoso-mode")).toBe("DEMO");
  }
  for (const path of ["/api/dashboard/overview", "/api/dashboard/health"])
    expect(await (await fetch(`${demo.url}${path}`)).json()).toMatchObject({ demo: true });
  expect(await (await fetch(`${demo.url}/metrics`)).text()).toMatch(/virtuoso_build_info\{[^}]*mode="demo"/);
});

test("it goes on live after its history", async () => {
  await until(
    "a signal after the history",
    async () => {
      const { items } = (await (await fetch(`${demo.url}/api/signals?limit=1`)).json()) as {
        items: { received_at: string }[];
      };
      return Date.parse(items[0]?.received_at ?? "") > endsAt;
    },
    60_000,
  );
}, 60_000);

test("nothing is left of it", async () => {
  const gone = await startTestDemo({ hours: 0.1, endsAt, watched: fewWatched });
  expect(existsSync(gone.data)).toBe(true);
  await gone[Symbol.asyncDispose]();
  expect(existsSync(gone.data)).toBe(false);
}, 60_000);

test("a history that is stopped leaves nothing and holds nothing", async () => {
  const { startDemo } = await import("../../src/demo/run");
  const stop = new AbortController();
  const reason = new Error("enough");
  const started = startDemo({
    flags: { port: 0 },
    seed: "1",
    speed: 1,
    signal: stop.signal,
    progressed: (share) => {
      if (share > 0) stop.abort(reason);
    },
    historyMs: 6 * 3_600_000,
    watched: fewWatched,
  });
  const outcome = await started.then(
    () => null,
    (error: unknown) => error,
  );
  expect(outcome).toBe(reason);
}, 60_000);
