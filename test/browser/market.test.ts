import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { defaultTunables } from "../../src/core/tunables";
import type { CandlesShape } from "../../src/views/candles";
import { launchBrowser } from "../support/browser";
import { until } from "../support/daemon";
import {
  accessibilityFaults,
  eachOnce,
  looks,
  openPage,
  sidewaysScroll,
  takePicture,
  type Complaints,
  type Look,
} from "./looks";
import {
  aSignal,
  anAlert,
  anOpportunity,
  anOverview,
  secondsAgo,
  startScriptedDaemon,
  type ScriptedDaemon,
} from "./scripted-daemon";
import {
  aFullMarketDetail,
  aFullSymbolDetail,
  anOpportunityDetail,
  aSymbolDetail,
  someCandles,
} from "./scripted-market";

let browser: Browser;
let daemon: ScriptedDaemon;

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser.close();
});
beforeEach(() => {
  daemon = startScriptedDaemon();
  daemon.change({ overview: anOverview({ market }), answers: full() });
});
afterEach(async () => {
  await daemon.stop();
});

const market = {
  ...anOverview().market,
  active_pairs: 47,
  advancers: 31,
  decliners: 13,
  average_change: 2.4,
  regime: "BULLISH" as const,
  last_updated: secondsAgo(12),
  source: "bybit",
  stale: false,
};
const opportunity = anOpportunity({ symbol: "BTCUSDT" });

function full(): Record<string, object> {
  return {
    "/api/dashboard/config": defaultTunables,
    "/api/market": aFullMarketDetail(secondsAgo(12)),
    "/api/candles": (query: URLSearchParams) =>
      someCandles("BTCUSDT", query.get("timeframe") as CandlesShape["timeframe"]),
    "/api/symbols/BTCUSDT": {
      ...aFullSymbolDetail(secondsAgo(12)),
      signals: [
        aSignal({ timestamp: secondsAgo(4000) }),
        aSignal({ id: "2", direction: "short", score: 20, strength: 80, timestamp: secondsAgo(9000), revisions: 1 }),
      ],
      alerts: [anAlert({ timestamp: secondsAgo(3990) })],
      opportunities: [opportunity],
    },
    "/api/opportunities": {
      items: [
        opportunity,
        anOpportunity({
          id: "opportunity-2",
          pattern: "correlation_breakdown",
          confidence: null,
          alpha_potential: null,
          risk_level: null,
          decision: "cooldown",
        }),
      ],
      next_cursor: null,
    },
    "/api/opportunities/opportunity-1": anOpportunityDetail(opportunity),
  };
}

async function open(
  path: string,
  look: Look = looks[0],
): Promise<{ page: Page; complaints: Complaints; loaded: string[]; frames: string[] }> {
  const opened = await openPage(browser, look);
  const loaded: string[] = [];
  opened.page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  const frames: string[] = [];
  opened.page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => frames.push(String(payload))));
  await opened.page.goto(daemon.url.replace("/dashboard", path));
  await opened.page.locator(".top .state.live").waitFor();
  return { ...opened, loaded, frames };
}

const drawn = (page: Page) => page.locator(".candles canvas").first().waitFor();

for (const look of eachOnce) {
  describe(look.name, () => {
    const pages = [
      ["/dashboard", "market", ".heatmap svg"],
      ["/symbols/BTCUSDT", "symbol", ".candles canvas"],
      ["/opportunities", "opportunities", ".opportunities tr.row"],
    ] as const;
    for (const [path, picture, sign] of pages) {
      test(`${path} is sound for everyone`, async () => {
        const { page, complaints } = await open(path, look);
        await page.locator(sign).first().waitFor();
        if (path === "/opportunities") {
          await page.getByRole("link", { name: "BTCUSDT beta expansion: details" }).click();
          await page.locator(".details-sheet .steps").waitFor();
        }
        // The chart places its canvases itself, which the policy allows a script; so does what examines the page below.
        expect(await page.locator("[style]:not(.candles, .candles *)").count()).toBe(0);
        await takePicture(page, `${picture}-${look.name}`);
        expect(await accessibilityFaults(page)).toEqual([]);
        expect(await sidewaysScroll(page)).toBe(0);
        expect(complaints).toEqual([]);
        await page.context().close();
      }, 60_000);
    }
  });
}

test("the market panel shows movers, funding, each exchange and every watched symbol", async () => {
  const { page } = await open("/dashboard");
  await page.locator(".heatmap svg").waitFor();
  const text = await page.locator("section.market").innerText();
  for (const part of [
    "AVAXUSDT",
    "+8.3 %",
    "\u22126.2 %",
    "+0.0100 %",
    "46 pairs",
    "binance",
    "stale",
    "40 watched on bybit",
  ])
    expect(text).toContain(part);
  expect(await page.locator(".heatmap a").count()).toBe(40);
  expect(await page.locator(".heatmap a").nth(5).textContent()).toContain("no data");
  await page.context().close();
});

test("the heatmap is one stop of the keyboard, arrows move in it, Enter opens the symbol without a load", async () => {
  const { page } = await open("/dashboard");
  await page.locator(".heatmap svg").waitFor();
  expect(await page.locator('.heatmap a[tabindex="0"]').count()).toBe(1);
  await page.locator(".heatmap a").nth(1).focus();
  await page.keyboard.press("ArrowLeft");
  await page.evaluate(() => {
    document.body.dataset["sameDocument"] = "yes";
  });
  await page.keyboard.press("Enter");
  await page.waitForURL("**/symbols/BTCUSDT");
  await drawn(page);
  expect(await page.evaluate(() => document.body.dataset["sameDocument"])).toBe("yes");
  expect(await page.title()).toBe("BTCUSDT \u00b7 Virtuoso");
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("MAIN");
  await page.goBack();
  await page.locator(".heatmap svg").waitFor();
  expect(await page.title()).toBe("Virtuoso");
  await page.context().close();
});

test("the chart library is loaded when a chart is first wanted, and its licence is honoured on the page", async () => {
  const { page, loaded } = await open("/dashboard");
  await page.locator(".heatmap svg").waitFor();
  expect(loaded.some((path) => path.includes("lightweight-charts"))).toBe(false);
  await page.getByRole("link", { name: "BTC 0.0" }).or(page.locator(".heatmap a").first()).first().click();
  await drawn(page);
  expect(new Set(loaded.filter((path) => path.includes("lightweight-charts"))).size).toBe(1);
  expect(await page.locator("section.price .notice-of-chart").innerText()).toContain("Copyright (c)");
  expect(await page.locator('a[href="https://www.tradingview.com/"]').isVisible()).toBe(true);
  await page.context().close();
});

test("a symbol has its candles, its quote, how it moves with BTC, and what was said of it", async () => {
  const { page } = await open("/symbols/BTCUSDT");
  await drawn(page);
  const text = await page.locator("main").innerText();
  for (const part of [
    "43,000.10",
    "+2.4 %",
    "12.30 B",
    "1.20",
    "0.83",
    "BTCUSDT Long, strength 85.2",
    "repainted",
    "beta expansion",
  ])
    expect(text).toContain(part);
  expect(await page.locator(".candles").getAttribute("aria-label")).toContain("119 candles of 5m, from");
  await page.locator(".figures summary").click();
  expect(await page.locator(".figures tbody tr").count()).toBe(20);
  await page.context().close();
});

test("another length of candle is requested and drawn", async () => {
  const { page } = await open("/symbols/BTCUSDT");
  await drawn(page);
  await page.getByRole("button", { name: "30m" }).click();
  await until("candles of half an hour", async () =>
    (await page.locator(".candles").getAttribute("aria-label"))?.includes("of 30m"),
  );
  expect(await page.getByRole("button", { name: "30m" }).getAttribute("aria-pressed")).toBe("true");
  await page.context().close();
});

test("news of the symbol renews its page, news of another does not", async () => {
  const { page, loaded, frames } = await open("/symbols/BTCUSDT");
  await drawn(page);
  await page.clock.install();
  const requested = () => loaded.filter((path) => path === "/api/symbols/BTCUSDT").length;
  const before = requested();
  daemon.send({ type: "new_signal", seq: 101, signal: aSignal({ id: "other", symbol: "ETHUSDT" }) });
  await until("the page received it", () => frames.some((frame) => frame.includes("ETHUSDT")));
  await page.clock.runFor(5000);
  expect(requested()).toBe(before);
  daemon.change({
    answers: {
      ...full(),
      "/api/symbols/BTCUSDT": { ...aFullSymbolDetail(secondsAgo(1)), signals: [aSignal({ strategy: "newcomer" })] },
    },
  });
  daemon.send({ type: "new_signal", seq: 102, signal: aSignal() });
  await until("the page received the other", () => frames.some((frame) => frame.includes('"seq":102')));
  await page.clock.runFor(5000);
  await page.locator("section.signals").getByText("newcomer").waitFor();
  await page.context().close();
});

test("where nothing is known of a symbol, its page says so", async () => {
  daemon.change({
    answers: {
      ...full(),
      "/api/symbols/NEWUSDT": aSymbolDetail({ symbol: "NEWUSDT" }),
      "/api/candles": {
        ...someCandles("NEWUSDT", "5m", 0),
        items: [],
        exchange: null,
        newest_at: null,
        age_seconds: null,
        stale: null,
      },
    },
  });
  const { page, complaints, loaded } = await open("/symbols/NEWUSDT");
  await page.getByText("Nothing is known of NEWUSDT").waitFor();
  expect(await page.locator("main .panel").count()).toBe(0);
  expect(loaded.some((path) => path.includes("lightweight-charts"))).toBe(false);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("a daemon that refuses an answer is quoted", async () => {
  const { ["/api/symbols/BTCUSDT"]: _, ...rest } = full();
  daemon.change({ answers: rest });
  const { page } = await open("/symbols/BTCUSDT");
  await page.locator("section.facts-of-symbol").getByText("It was not found").waitFor();
  await page.context().close();
});

test("an opportunity opens to the numbers that made it, and a new one waits while one reads", async () => {
  const { page } = await open("/opportunities");
  await page.getByRole("link", { name: "BTCUSDT beta expansion: details" }).click();
  const details = page.locator(".details-sheet");
  await details.locator(".steps").waitFor();
  const text = await details.innerText();
  for (const part of [
    "200 candles of 30m",
    "Beta to the benchmark",
    "1.84",
    "1.50",
    "R squared",
    "0.62",
    "confident enough",
    "confidence 89.2 %, threshold 75.0 %",
  ])
    expect(text).toContain(part);
  const next = anOpportunity({ id: "opportunity-3", symbol: "NEWUSDT", received_at: secondsAgo(0) });
  daemon.change({ answers: { ...full(), "/api/opportunities": { items: [next, opportunity], next_cursor: null } } });
  daemon.send({ type: "alpha_opportunity", seq: 101, opportunity: next });
  await page.getByRole("button", { name: "1 new in Opportunities" }).waitFor();
  expect(await details.count()).toBe(1);
  await page.keyboard.press("Escape");
  await details.waitFor({ state: "detached" });
  await page.keyboard.press("n");
  await page.locator(".opportunities tbody tr").first().getByRole("link", { name: "NEWUSDT", exact: true }).waitFor();
  expect(await page.locator(".opportunities tr.row").count()).toBe(2);
  await page.context().close();
});
