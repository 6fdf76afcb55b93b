import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Browser } from "playwright-core";
import { SimulatedMarket } from "../../src/exchange/simulated/market";
import { startSimulatedExchange, type SimulatedExchange } from "../../src/exchange/simulated/server";
import type { CandlesShape } from "../../src/views/candles";
import type { SymbolDetail } from "../../src/views/symbols";
import { launchBrowser } from "../support/browser";
import { startTestDaemon, until, type TestDaemon } from "../support/daemon";
import { accessibilityFaults, looks, openPage, takePicture } from "./looks";

let browser: Browser;
let exchange: SimulatedExchange;
let daemon: TestDaemon;

beforeAll(async () => {
  browser = await launchBrowser();
  exchange = startSimulatedExchange({ market: new SimulatedMarket({ seed: "page" }), now: Date.now });
  daemon = await startTestDaemon({
    scanning: true,
    config: `export default { exchanges: [{ kind: "exchange", id: "bybit", name: "bybit", url: "${exchange.url}", top: 20 }] };`,
  });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await daemon[Symbol.asyncDispose]();
  await exchange[Symbol.asyncDispose]();
});

test("an exchange fills the market, and a link of its heatmap leads to a symbol with candles, quote and beta", async () => {
  await until(
    "what is known of a symbol",
    async () =>
      (await daemon.get<SymbolDetail>("/api/symbols/ETHUSDT")).statistics.some(({ timeframe }) => timeframe === "5m"),
    60_000,
  );
  await until(
    "its candles",
    async () => (await daemon.get<CandlesShape>("/api/candles?symbol=ETHUSDT&timeframe=5m")).items.length > 100,
    60_000,
  );
  daemon.drop("eth.json", {
    symbol: "ETHUSDT",
    signal_type: "BUY",
    confluence_score: 88.4,
    reliability: 0.95,
    price: 3000.1,
    timestamp: Date.now(),
  });
  const { page, complaints } = await openPage(browser, looks[0]);
  await page.goto(`${daemon.url}/dashboard`);
  await page.locator(".heatmap a").first().waitFor();
  expect(await page.locator(".heatmap a").count()).toBe(20);
  await page.locator("section.signals").getByRole("link", { name: "ETHUSDT", exact: true }).click();
  await page.locator(".candles canvas").first().waitFor();
  const quote = await page.locator("section.facts-of-symbol").innerText();
  for (const part of ["on bybit", "per 8 h", "Against BTC"]) expect(quote).toContain(part);
  await page.locator("section.signals").getByText("88.4").waitFor();
  await page.locator("section.alerts li", { hasText: "strength 88" }).waitFor();
  await takePicture(page, "exchange-symbol");
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await page.context().close();
}, 150_000);
