import { minuteMs } from "../../src/core/duration";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { SimulatedMarket } from "../../src/exchange/simulated/market";
import { startSimulatedExchange, type SimulatedExchange } from "../../src/exchange/simulated/server";
import type { HealthShape } from "../../src/views/health";
import type { AlertShape } from "../../src/views/alerts";
import type { OverviewShape } from "../../src/views/overview-shape";
import { startTestDaemon, until, type TestDaemon } from "../support/daemon";

const startsAt = Date.UTC(2026, 4, 17, 12);
let at = startsAt;
/** What the exchange's clock is behind ours, and where it stands still. */
let behindMs = 0;
let standsAt: number | null = null;
let exchange: SimulatedExchange;
let daemon: TestDaemon;

/** Minutes pass, and what is due in them is scanned. */
async function pass(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    at += minuteMs;
    daemon.daemon.tick();
    await daemon.daemon.settled();
  }
}

beforeAll(async () => {
  exchange = startSimulatedExchange({
    market: new SimulatedMarket({ seed: "acceptance" }),
    now: () => standsAt ?? at - behindMs,
  });
  daemon = await startTestDaemon({
    now: () => at,
    ticking: false,
    rateLimitMs: 0,
    config: `import { bybit, binance, defineConfig } from "virtuoso";
export default defineConfig({
  exchanges: [bybit({ url: "${exchange.url}", top: 3 }), binance({ url: "${exchange.url}", top: 2 })],
  figures: [{ name: "site", url: "${exchange.url}/simulated/global", marketCap: "total_market_cap.usd" }],
  scanners: { system: { enabled: false }, "candles:binance": { interval: "2h" } },
});`,
  });
  await pass(2);
}, 120_000);
afterAll(async () => {
  await daemon[Symbol.asyncDispose]();
  await exchange[Symbol.asyncDispose]();
});

const overview = () => daemon.get<OverviewShape>("/api/dashboard/overview");
const failing = async () =>
  (await daemon.get<{ items: AlertShape[] }>("/api/alerts?type=SYSTEM")).items.filter(({ message }) =>
    message.includes("scanner of bybit's market"),
  );

test("the first scans are at once: a market of two exchanges, candles, a figure with its source", async () => {
  const { market } = await overview();
  expect(market).toMatchObject({ source: "bybit", active_pairs: 60, stale: false });
  expect(market.figures).toMatchObject([{ name: "market_cap", source: "site" }]);
  expect(market.market_cap).toBeGreaterThan(1e11);
  const detail = await daemon.get<{ exchanges: { name: string; age_seconds: number }[] }>("/api/market");
  expect(detail.exchanges.map(({ name }) => name)).toEqual(["bybit", "binance"]);
  const { items, ...age } = await daemon.get<{ items: { at: string }[] }>(
    "/api/candles?symbol=BTCUSDT&timeframe=5m&limit=10",
  );
  expect(items).toHaveLength(10);
  expect(age).toMatchObject({
    newest_at: "2026-05-17T12:00:00.000Z",
    age_seconds: 120,
    stale_after_seconds: 600,
    stale: false,
  });
  expect(await daemon.get("/api/symbols/ETHUSDT")).toMatchObject({
    exchange: "bybit",
    statistics: [{ timeframe: "1m", n: 50 }, { timeframe: "5m" }, { timeframe: "30m" }, { timeframe: "4h" }],
  });
}, 60_000);

test("an exchange that fails: an alert that resolves, a metric, the last good value with its age, and the others go on", async () => {
  const before = (await overview()).market.last_updated;
  const mend = exchange.troubles.make({ kind: "status", status: 503, path: "/v5/market/tickers" });
  await pass(4);
  const [alert] = await failing();
  expect(alert).toMatchObject({ state: "open", kind: "state", priority: "medium" });
  const detail = await daemon.get<{ exchanges: { name: string; age_seconds: number }[] }>("/api/market");
  const ages = Object.fromEntries(detail.exchanges.map(({ name, age_seconds: age }) => [name, age]));
  expect(ages["bybit"]).toBeGreaterThanOrEqual(180);
  expect(ages["binance"]).toBeLessThanOrEqual(60);
  expect(Date.parse((await overview()).market.last_updated ?? "")).toBeGreaterThanOrEqual(Date.parse(before ?? ""));
  expect(await (await fetch(`${daemon.url}/metrics`)).text()).toMatch(
    /virtuoso_scans_total\{[^}]*scanner="market:bybit"[^}]*outcome="failed"[^}]*\} [1-9]/,
  );
  mend();
  await until(
    "the alert to resolve",
    async () => {
      await pass(1);
      return (await failing())[0]?.state === "resolved";
    },
    60_000,
  );
}, 120_000);

test("an exchange that answers with what was: its quotes are as old as they say, wherever they are shown", async () => {
  standsAt = at;
  await pass(8);
  const market = await daemon.get<{ exchanges: object[] }>("/api/market");
  expect(market).toMatchObject({ source: "bybit", age_seconds: 480, stale: true });
  expect(market.exchanges).toMatchObject([
    { name: "bybit", age_seconds: 480, stale: true },
    { name: "binance", age_seconds: 480, stale: true },
  ]);
  expect(await daemon.get("/api/symbols/BTCUSDT")).toMatchObject({
    age_seconds: 480,
    stale_after_seconds: 300,
    stale: true,
  });
  expect(await (await fetch(`${daemon.url}/metrics`)).text()).toContain("virtuoso_market_age_seconds 480");
  const { checks } = await daemon.get<HealthShape>("/api/dashboard/health");
  expect(checks["exchange:bybit"]).toMatchObject({
    status: "degraded",
    message: "last answer 0 s ago, but its quotes are 8 min old by their own time",
  });
  expect(checks["clock"]?.status).toBe("healthy");
  standsAt = null;
  await pass(1);
  expect(await daemon.get("/api/market")).toMatchObject({ source: "bybit", stale: false });
}, 120_000);

test(
  "our clock leaps five minutes ahead of the exchange's: it is said, candles are closed by the exchange's, " +
    "quotes are new; set right, it is over",
  async () => {
    at += 5 * minuteMs;
    behindMs = 5 * minuteMs;
    await pass(2);
    const clocks = async () =>
      (await daemon.get<{ items: AlertShape[] }>("/api/alerts?type=SYSTEM")).items.filter(({ message }) =>
        message.startsWith("The clock here is 5 min ahead of bybit's"),
      );
    expect(await clocks()).toMatchObject([{ state: "open", priority: "medium" }]);
    expect((await daemon.get<HealthShape>("/api/dashboard/health")).checks["clock"]).toMatchObject({
      status: "degraded",
      message: "it is 5 min ahead of bybit's and 5 min ahead of binance's: set it by a time server",
    });
    expect(await daemon.get("/api/market")).toMatchObject({ source: "bybit", stale: false, age_seconds: 0 });
    const { items, age_seconds: age } = await daemon.get<{ items: { at: string }[]; age_seconds: number }>(
      "/api/candles?symbol=BTCUSDT&timeframe=1m&limit=1",
    );
    expect(age).toBeLessThanOrEqual(120);
    expect(Date.parse(items[0]?.at ?? "") + minuteMs).toBeLessThanOrEqual(at - behindMs);
    behindMs = 0;
    await pass(1);
    expect(await clocks()).toMatchObject([{ state: "resolved" }]);
  },
  120_000,
);

test("candles that no longer come: the scan failed, and the last one says its age", async () => {
  const mend = exchange.troubles.make({
    kind: "garbage",
    body: '{"retCode":10001,"retMsg":"no"}',
    path: "/v5/market/kline",
  });
  await pass(12);
  const { checks } = await daemon.get<HealthShape>("/api/dashboard/health");
  expect(checks["scanner:candles:bybit"]).toMatchObject({
    status: "unhealthy",
    message: expect.stringContaining("that were due could be had") as string,
  });
  expect(await daemon.get("/api/candles?symbol=BTCUSDT&timeframe=5m&limit=1")).toMatchObject({ stale: true });
  expect((await daemon.get<{ items: AlertShape[] }>("/api/alerts?type=SYSTEM")).items).toContainEqual(
    expect.objectContaining({
      state: "open",
      message: expect.stringContaining("of bybit's candles fails: none of") as string,
    }) as AlertShape,
  );
  mend();
  await until(
    "candles to come again",
    async () => {
      await pass(1);
      return !(await daemon.get<{ stale: boolean }>("/api/candles?symbol=BTCUSDT&timeframe=5m&limit=1")).stale;
    },
    60_000,
  );
}, 120_000);

test("garbage and a pair that is delisted are survived", async () => {
  const mend = exchange.troubles.make({ kind: "garbage", body: '{"retCode":0,"result":', path: "/v5/market/" });
  await pass(2);
  mend();
  exchange.troubles.delisted.add("ETHUSDT");
  await pass(5);
  expect((await overview()).market).toMatchObject({ source: "bybit", stale: false });
}, 120_000);
