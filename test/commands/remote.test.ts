import { afterAll, beforeAll, expect, test } from "bun:test";
import { startTestDaemon, type TestDaemon } from "../support/daemon";
import { virtuoso, type Ended } from "./program";
import { Running } from "./running";

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
  for (const [index, symbol] of ["BTCUSDT", "ETHUSDT", "SOLUSDT"].entries())
    daemon.drop(`${symbol}.json`, { symbol, signal: "BUY", score: 81 + index, timestamp: Date.now() });
  daemon.drop("AVAX.json", {
    symbol: "AVAXUSDT",
    divergence_type: "beta_expansion",
    confidence: 0.892,
    risk_level: "Low",
    timestamp: Date.now(),
  });
  daemon.drop("broken.json", { symbol: "XUSDT", signal: "maybe", score: 5 });
  await until(async () => {
    const { items } = await daemon.get<{ items: unknown[] }>("/api/quarantine");
    const signals = await daemon.get<{ items: unknown[] }>("/api/signals");
    const opportunities = await daemon.get<{ items: unknown[] }>("/api/opportunities");
    return items.length === 1 && signals.items.length === 3 && opportunities.items.length === 1;
  });
});

afterAll(() => daemon[Symbol.asyncDispose]());

const ask = (words: string, url = daemon.url): Promise<Ended> => virtuoso([...words.split(" "), "--url", url]);
const queryHere = (words: string): Promise<Ended> => virtuoso([...words.split(" "), "--data", daemon.data]);

test("a remote daemon and its database answer the same", async () => {
  const { out } = await ask("alerts -o ids --limit 1");
  const questions = [
    "alerts --min-priority medium",
    "signals --min-strength 82",
    "signals --symbol btc/usdt",
    "signals --since 1h --limit 2",
    "held --reason cap",
    "opportunities --min-confidence 80",
    "quarantine list",
    `why ${out.trim()}`,
  ];
  const pairs = await Promise.all(
    questions.map(async (words) => await Promise.all([ask(`${words} -o json`), queryHere(`${words} -o json`)])),
  );
  for (const [index, [there, here]] of pairs.entries())
    expect({ words: questions[index], ...there }).toEqual({ words: questions[index], ...here });
});

test("settings and health over REST", async () => {
  expect(await ask("config set monitoring.max_alerts 9")).toMatchObject({ code: 0, out: "" });
  expect(JSON.parse((await ask("config get monitoring.max_alerts -o json")).out)).toMatchObject([
    { value: 9, origin: "runtime" },
  ]);
  const history = await ask("config history -o json");
  expect((JSON.parse(history.out) as object[])[0]).toMatchObject({
    who: "owner",
    changes: [{ key: "monitoring.max_alerts", before: null, after: 9 }],
  });
  expect(await queryHere("config history -o json")).toEqual(history);
  expect(await ask("config unset monitoring.max_alerts")).toMatchObject({ code: 0, out: "" });
  expect(JSON.parse((await ask("config get monitoring.max_alerts -o json")).out)).toMatchObject([
    { origin: "default" },
  ]);
  expect((await daemon.get<{ items: object[] }>("/api/audit?what=settings.changed&limit=1")).items).toMatchObject([
    { who: "owner", before: { "monitoring.max_alerts": 9 } },
  ]);
  expect((await ask("status")).out).toMatch(/reports +fresh/);
});

test("what is in quarantine is read again over REST", async () => {
  const again = await ask("quarantine retry broken.json -o json");
  expect(JSON.parse(again.out)).toMatchObject([
    { file: "broken.json", outcome: "refused", reason: "unknown-direction" },
  ]);
  expect(await ask("quarantine retry other.json")).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringContaining("other.json"),
  });
  expect((await ask("quarantine retry")).out).toMatch(
    /^broken.json +reports +still cannot be read +unknown-direction/m,
  );
  expect((await daemon.get<{ items: object[] }>("/api/audit?what=quarantine.retried")).items).toMatchObject([
    { who: "owner", subject: null, after: { files: 1 } },
    { subject: "broken.json", after: { files: 1 } },
  ]);
});

test("a scan reports what it saw, here and from afar", async () => {
  for (const ended of await Promise.all([ask("scan system"), queryHere("scan system")]))
    expect(ended).toMatchObject({ code: 0, out: expect.stringMatching(/^system: .*memory \d+ %/) });
  expect(await ask("scan nothing")).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringContaining("there is no scanner nothing"),
  });
});

test("no daemon there is exit 3, and another program is named as such", async () => {
  const stranger = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: () => new Response("<h1>hello</h1>", { status: 418 }),
  });
  const guard = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: (request) =>
      new Response(null, { status: request.headers.get("authorization") === "Bearer secret" ? 403 : 401 }),
  });
  try {
    const [anonymous, watching, odd, unknown, refused, weak] = await Promise.all([
      ask("alerts", "http://127.0.0.1:1"),
      ask("alerts --watch", "http://127.0.0.1:1"),
      ask("alerts", stranger.url.href),
      ask("alerts", guard.url.href),
      virtuoso(["alerts", "--url", guard.url.href], { environment: { VIRTUOSO_TOKEN: "mistyped" } }),
      virtuoso(["alerts", "--url", guard.url.href], { environment: { VIRTUOSO_TOKEN: "secret" } }),
    ]);
    expect(anonymous).toMatchObject({
      code: 3,
      out: "",
      err: expect.stringMatching(/^error: no daemon answers at [^\n]+\n$/),
    });
    expect(watching).toMatchObject({ code: 3, out: "" });
    expect(odd).toMatchObject({ code: 1, out: "", err: expect.stringContaining("418") });
    expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining("VIRTUOSO_TOKEN") });
    expect(refused.err).not.toContain("mistyped");
    expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/refused the token in VIRTUOSO_TOKEN/) });

    expect(weak).toMatchObject({ code: 1, err: expect.stringContaining("does not allow") });
  } finally {
    await Promise.all([stranger.stop(true), guard.stop(true)]);
  }
});

test("--watch prints what is there and follows what comes, here and over the socket", async () => {
  await using there = new Running(["signals", "--watch", "-o", "jsonl", "--url", daemon.url], daemon.folder);
  await using here = new Running(["signals", "--watch", "-o", "ids", "--data", daemon.data], daemon.folder);
  const raised = await daemon.get<{ items: { id: string; symbol: string }[] }>("/api/alerts?type=ALPHA&limit=1");
  expect(raised.items).toHaveLength(1);
  await using filtered = new Running(
    ["alerts", "--watch", "--symbol", raised.items[0]?.symbol ?? "", "-o", "ids", "--data", daemon.data],
    daemon.folder,
  );
  // Each has printed something, so each is past its start and knows what to do with an interrupt.
  await Promise.all([there.says(/SOLUSDT/), here.says(/(s\d+\n){3}/), filtered.says(/a\d+\n/)]);
  daemon.drop("late.json", { symbol: "ADAUSDT", signal: "SELL", score: 12, timestamp: Date.now() });
  await Promise.all([there.says(/ADAUSDT.*\n/), here.says(/(s\d+\n){4}/)]);
  for (const each of [there, here, filtered]) each.signal("SIGINT");
  expect(await Promise.all([there.ended, here.ended, filtered.ended])).toEqual([0, 0, 0]);
  const seqs = here.out
    .trim()
    .split("\n")
    .map((id) => Number(id.slice(1)));
  expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b));
  expect(there.out.trim().split("\n")).toHaveLength(4);
  expect(filtered.out).toBe(`${raised.items[0]?.id}\n`);
});

test("what the desk found wrong with itself is wrong in its status, here and there", async () => {
  for (let index = 0; index < 5; index++)
    daemon.drop(`refused-${index}.json`, { symbol: "XUSDT", signal: "maybe", score: 5 });
  await until(async () => (await daemon.get<{ items: unknown[] }>("/api/alerts?type=SYSTEM")).items.length > 0);
  for (const { out } of await Promise.all([ask("status"), queryHere("status")])) expect(out).toMatch(/reports refused/);
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error("it never came to be");
    await Bun.sleep(20);
  }
}
