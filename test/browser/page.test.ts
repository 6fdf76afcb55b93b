import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../support/browser";
import { startTestDaemon, until, type TestDaemon } from "../support/daemon";
import { looks, openPage, takePicture, type Complaints, type Look } from "./looks";

let browser: Browser;
let daemon: TestDaemon;

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  daemon = await startTestDaemon();
});
afterEach(async () => {
  await daemon[Symbol.asyncDispose]();
});

async function openDashboard(look: Look = looks[0]): Promise<{ page: Page; complaints: Complaints }> {
  const opened = await openPage(browser, look);
  await opened.page.goto(`${daemon.url}/dashboard`);
  await connected(opened.page);
  return opened;
}

const connected = (page: Page) => page.locator(".top .state.live").waitFor();

/** A report of this very moment, strong enough for an alert. */
function aReport(with_: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    symbol: "BTCUSDT",
    signal_type: "BUY",
    confluence_score: 88.4,
    reliability: 0.95,
    price: 43_000.1,
    timestamp: Date.now(),
    ...with_,
  };
}

test("an empty desk says where reports belong, and the line it offers brings the first signal", async () => {
  const { page, complaints } = await openDashboard();
  for (const name of ["alerts", "alpha", "market"]) {
    await page.locator(`section.${name} .body`).getByText("no data", { exact: true }).first().waitFor();
  }
  const steps = page.locator("section.signals .first-steps");
  expect(await steps.locator(".path").innerText()).toBe(daemon.reports);
  expect(await steps.getByRole("group", { name: "Start the demo" }).locator("code").innerText()).toMatch(
    /^(npx )?virtuoso demo --port 0$/,
  );
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const example = steps.getByRole("group", { name: "Write a first report" });
  await example.getByRole("button", { name: "Copy" }).click();
  await example.getByText("Copied.").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(Bun.spawnSync(["sh", "-c", copied]).exitCode).toBe(0);
  expect(await page.locator("section.signals tbody tr").innerText()).toContain("raised");
  await steps.waitFor({ state: "detached" });
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("a report dropped in the folder appears by itself, with what was decided", async () => {
  const { page, complaints } = await openDashboard();
  daemon.drop("btc.json", aReport());
  const row = page.locator("section.signals tbody tr");
  await row.waitFor();
  const text = await row.innerText();
  for (const part of ["LONG", "BTCUSDT", "88.4", "95.0 %", "43,000.10", "raised"]) expect(text).toContain(part);
  const alert = page.locator("section.alerts li.row");
  await alert.waitFor();
  expect(await alert.innerText()).toContain("BTCUSDT");
  expect(await page.locator("section.signals header").innerText()).toContain("newest");
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("a market report fills the market and the opportunities; what it does not give stays no data", async () => {
  const { page, complaints } = await openDashboard();
  daemon.drop("market_report_1.json", {
    timestamp: Date.now(),
    market_overview: {
      regime: "📈 Bullish",
      average_change: 2.4,
      bullish_symbols: 31,
      bearish_symbols: 13,
      total_turnover: 131_600_000_000,
    },
    bitcoin_beta_analysis: {
      alpha_opportunities: [
        {
          symbol: "AVAXUSDT",
          divergence_type: "beta_expansion",
          confidence: 0.892,
          alpha_potential: 0.124,
          risk_level: "Medium",
        },
      ],
    },
  });
  await page.locator("section.market").getByText("BULLISH").waitFor();
  const market = await page.locator("section.market").innerText();
  for (const part of ["131.6 B", "31 up", "13 down", "+2.4 %", "no data"]) expect(market).toContain(part);
  const opportunity = await page.locator("section.alpha tbody tr").innerText();
  for (const part of ["AVAXUSDT", "beta expansion", "89.2 %", "12.4 %", "Medium", "raised"])
    expect(opportunity).toContain(part);
  await takePicture(page, "daemon-market");
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("what was held back is counted by its reason", async () => {
  const { page } = await openDashboard();
  for (let n = 0; n < 6; n++) daemon.drop(`many-${n}.json`, aReport({ symbol: `COIN${n}USDT` }));
  await page.getByRole("button", { name: /^Held back [1-9]/ }).click();
  await page.getByRole("button", { name: /\bcap [1-9]/ }).click();
  await page.locator("section.alerts .held-groups .decision", { hasText: "cap" }).first().waitFor();
  await page.locator("section.signals .decision", { hasText: "cap" }).first().waitFor();
  await page.context().close();
});

test("markup from a report is shown as text", async () => {
  const { page, complaints } = await openDashboard();
  const markup = `<img src=x onerror="document.title='taken'">`;
  daemon.drop("markup.json", aReport({ strategy: markup }));
  await page.locator("section.signals tbody tr").waitFor();
  expect(await page.locator("main img").count()).toBe(0);
  expect(await page.locator("section.signals .c-source").last().innerText()).toContain("<img");
  expect(await page.title()).toBe("Virtuoso");
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("the daemon goes and comes back: the page finds it again without a reload, with what came meanwhile", async () => {
  const { page } = await openDashboard();
  daemon.drop("before.json", aReport());
  await page.locator("section.signals tbody tr").waitFor();
  await page.evaluate(() => {
    document.body.dataset["sameDocument"] = "yes";
  });
  await daemon.stop();
  await page.getByText("The connection is lost").waitFor();
  daemon.drop("meanwhile.json", aReport({ symbol: "ETHUSDT" }));
  await daemon.restart();
  await page.locator("section.signals").getByText("ETHUSDT").waitFor();
  await connected(page);
  expect(await page.locator("section.signals tbody tr").count()).toBe(2);
  daemon.drop("after.json", aReport({ symbol: "SOLUSDT" }));
  await page.locator("section.signals").getByText("SOLUSDT").waitFor();
  expect(await page.evaluate(() => document.body.dataset["sameDocument"])).toBe("yes");
  await page.context().close();
}, 60_000);

test("each timeframe is read from the daemon", async () => {
  const { page, complaints } = await openDashboard();
  daemon.drop("btc.json", aReport());
  await page.locator("section.signals tbody tr").waitFor();
  for (const timeframe of ["15m", "1h", "1d", "7d", "4h"]) {
    const answered = page.waitForResponse((answer) => answer.url().endsWith(`timeframe=${timeframe}`));
    await page.getByRole("button", { name: timeframe, exact: true }).click();
    expect((await answered).status()).toBe(200);
    await until(
      "the row of that timeframe",
      async () => (await page.locator("section.signals tbody tr").count()) === 1,
    );
  }
  expect(complaints).toEqual([]);
  await page.context().close();
});
