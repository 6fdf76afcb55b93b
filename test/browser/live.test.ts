import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { defaultTunables } from "../../src/core/tunables";
import { launchBrowser } from "../support/browser";
import { timeoutMs } from "./looks";
import {
  aSignal,
  aStatus,
  anAlert,
  anOpportunity,
  anOverview,
  secondsAgo,
  startScriptedDaemon,
  type ScriptedDaemon,
} from "./scripted-daemon";

let browser: Browser;
let daemon: ScriptedDaemon;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  daemon = startScriptedDaemon();
  page = await browser.newPage();
  page.setDefaultTimeout(timeoutMs);
});
afterEach(async () => {
  await page.close();
  await daemon.stop();
});

const panel = (name: string) => page.locator(`section.${name}`);
const rowsOf = (name: string) => panel(name).locator("tbody tr");
const ticks = () =>
  page
    .locator("section.signals tbody .tick")
    .evaluateAll((paths) => paths.map((path) => Number(/M([\d.]+)/.exec(path.getAttribute("d") ?? "")?.[1])));
const connected = () => page.locator(".top .state.live").waitFor();

async function open(): Promise<void> {
  await page.goto(daemon.url);
  await connected();
}

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await what())) {
    if (Date.now() > deadline) throw new Error(`never came true: ${what.toString()}`);
    await Bun.sleep(20);
  }
}

test("a signal arrives, and what became of it replaces it", async () => {
  await open();
  daemon.send({ type: "new_signal", seq: 101, signal: aSignal({ decision: "duplicate" }) });
  await panel("signals").getByText("BTCUSDT").waitFor();
  daemon.send({ type: "signal_changed", seq: 102, signal: aSignal({ decision: "cap" }) });
  await panel("signals").getByText("cap").waitFor();
  expect(await rowsOf("signals").count()).toBe(1);
});

test("a burst comes as one frame and keeps its order, newest first, twenty at most", async () => {
  await open();
  const items = Array.from({ length: 30 }, (_, n) => ({
    type: "new_signal" as const,
    seq: 101 + n,
    signal: aSignal({ id: `signal-${n}`, symbol: `S${n}USDT`, received_at: secondsAgo(30 - n) }),
  }));
  daemon.send({ type: "events", items });
  await panel("signals").getByText("S29USDT").waitFor();
  expect(await rowsOf("signals").count()).toBe(20);
  expect(await rowsOf("signals").first().innerText()).toContain("S29USDT");
});

test("a frame of an unknown type is passed over", async () => {
  await open();
  daemon.send({ type: "something_of_tomorrow" } as never);
  daemon.send({ type: "new_alert", seq: 101, alert: anAlert() });
  await panel("alerts").getByText("BTCUSDT Long, strength 85.2").waitFor();
});

test("a high alert is spoken, one of less priority is not", async () => {
  await open();
  daemon.send({
    type: "new_alert",
    seq: 101,
    alert: anAlert({ id: "a", priority: "medium", message: "not so urgent" }),
  });
  daemon.send({ type: "new_alert", seq: 102, alert: anAlert({ id: "b", message: "the engine is silent" }) });
  await panel("alerts").getByText("the engine is silent").waitFor();
  expect(await page.locator("[aria-live=assertive]").innerText()).toBe("High alert: the engine is silent");
});

test("an alert that resolves says so in place", async () => {
  await open();
  daemon.send({ type: "new_alert", seq: 101, alert: anAlert({ kind: "state", type: "SYSTEM" }) });
  await panel("alerts").getByText("firing").waitFor();
  daemon.send({
    type: "alert_changed",
    seq: 102,
    alert: anAlert({ kind: "state", type: "SYSTEM", state: "resolved" }),
  });
  await panel("alerts").getByText("resolved").waitFor();
  expect(await panel("alerts").locator("li").count()).toBe(1);
});

test("a newer opportunity of the same symbol and pattern takes the older one's place", async () => {
  daemon.change({ overview: anOverview({ alpha_opportunities: [anOpportunity()] }) });
  await open();
  daemon.send({
    type: "alpha_opportunity",
    seq: 101,
    opportunity: anOpportunity({ id: "opportunity-2", confidence: 0.75, timestamp: secondsAgo(1) }),
  });
  await panel("alpha").getByText("75.0 %").waitFor();
  expect(await rowsOf("alpha").count()).toBe(1);
});

test("market figures that are not known are words, the others are figures", async () => {
  await open();
  daemon.send({
    type: "market_update",
    seq: 101,
    market: {
      ...anOverview().market,
      active_pairs: 47,
      regime: "BULLISH",
      last_updated: secondsAgo(12),
      source: "bybit",
    },
  });
  await panel("market").getByText("BULLISH").waitFor();
  expect(await panel("market").locator(".fact", { hasText: "Active pairs" }).innerText()).toContain("47");
  expect(await panel("market").locator(".fact", { hasText: "Market cap" }).innerText()).toContain("no data");
});

test("a late report of an earlier market is not the market of now", async () => {
  const now = { ...anOverview().market, active_pairs: 47, last_updated: secondsAgo(10), source: "bybit" };
  daemon.change({ overview: anOverview({ market: now }) });
  await open();
  daemon.send({ type: "market_update", seq: 101, market: { ...now, active_pairs: 12, last_updated: secondsAgo(600) } });
  daemon.send({ type: "market_update", seq: 102, market: { ...now, market_cap: 2.5e12, last_updated: secondsAgo(5) } });
  await panel("market").getByText("2.50 T").waitFor();
  expect(await panel("market").locator(".fact", { hasText: "Active pairs" }).innerText()).toContain("47");
});

test("what was held back is counted by reason", async () => {
  await open();
  const words = [
    { word: "cap", outcome: "held", count: 12 },
    { word: "cooldown", outcome: "held", count: 3 },
  ];
  daemon.change({
    answers: {
      "/api/dashboard/config": defaultTunables,
      "/api/decisions/counts": { raised: 0, held: 15, not_worth: 0, words },
    },
  });
  daemon.send({ type: "held_back", counts: { cooldown: 3, cap: 12 } });
  await panel("alerts").getByRole("button", { name: "Held back 15" }).click();
  await panel("alerts").getByRole("button", { name: "cooldown 3" }).waitFor();
  await panel("alerts").getByRole("button", { name: "cap 12" }).waitFor();
});

test("a browser whose clock is an hour wrong still shows the right age", async () => {
  daemon.change({ overview: anOverview({ signals: [aSignal({ timestamp: secondsAgo(120) })] }) });
  await page.addInitScript(() => {
    const right = Date.now.bind(Date);
    Date.now = () => right() + 3_600_000;
  });
  await open();
  await until(async () => (await rowsOf("signals").locator("time").innerText()) === "2 min ago");
});

test("ages tick", async () => {
  daemon.change({ overview: anOverview({ signals: [aSignal({ timestamp: secondsAgo(3) })] }) });
  await open();
  const age = rowsOf("signals").locator("time");
  const first = await age.innerText();
  await until(async () => (await age.innerText()) !== first);
});

test("after a break the page requests what it missed, and gets it", async () => {
  await open();
  daemon.send({ type: "new_signal", seq: 107, signal: aSignal({ id: "before", symbol: "ETHUSDT" }) });
  await panel("signals").getByText("ETHUSDT").waitFor();
  await daemon.vanish();
  await page.getByText("The connection is lost").waitFor();
  expect(await panel("signals").locator("header").innerText()).toContain("as of ");
  daemon.change({ overview: anOverview({ signals: [aSignal({ id: "before", symbol: "ETHUSDT" })] }), seq: 109 });
  daemon.comeBack();
  await connected();
  await until(() => daemon.received.some((frame) => frame.type === "resume"));
  expect(daemon.received.find((frame) => frame.type === "resume")).toEqual({
    type: "resume",
    epoch: "first",
    seq: 107,
  });
  daemon.send({
    type: "events",
    items: [{ type: "new_signal", seq: 108, signal: aSignal({ id: "missed", symbol: "SOLUSDT" }) }],
  });
  await panel("signals").getByText("SOLUSDT").waitFor();
  expect(await rowsOf("signals").count()).toBe(2);
  expect(await page.getByText("The connection is lost").count()).toBe(0);
}, 60_000);

test("a restored database restarts the count", async () => {
  await open();
  daemon.send({ type: "new_signal", seq: 900, signal: aSignal() });
  await rowsOf("signals").first().waitFor();
  await daemon.vanish();
  daemon.change({ epoch: "second", seq: 40 });
  daemon.comeBack();
  await until(() => daemon.received.some((frame) => frame.type === "resume" && frame.epoch === "first"));
  daemon.send({ type: "resync", epoch: "second", seq: 41, data: anOverview() });
  await panel("signals").getByText("No signal came in").waitFor();
  await daemon.vanish();
  daemon.comeBack();
  await until(() =>
    daemon.received.some((frame) => frame.type === "resume" && frame.epoch === "second" && frame.seq === 41),
  );
}, 60_000);

test("a daemon that greets and hangs up is tried ever more slowly", async () => {
  await open();
  const before = daemon.greetedAt.length;
  daemon.change({ hangsUp: true });
  await daemon.vanish();
  daemon.comeBack();
  await until(() => daemon.greetedAt.length >= before + 3);
  const [second = 0, third = 0] = daemon.greetedAt.slice(before + 1);
  // The wait before the first is half a second at most.
  expect(third - second).toBeGreaterThan(990);
}, 60_000);

test("another timeframe is requested and not overwritten by the socket's own", async () => {
  await open();
  daemon.change({ overview: anOverview({ signals: [aSignal({ symbol: "WEEKUSDT" })] }) });
  await page.getByRole("button", { name: "7d" }).click();
  await panel("signals").getByText("WEEKUSDT").waitFor();
  expect(daemon.requested.at(-1)).toBe("7d");
  expect(await page.getByRole("button", { name: "7d" }).getAttribute("aria-pressed")).toBe("true");
  daemon.send({ type: "dashboard_update", data: anOverview({ timestamp: secondsAgo(0), held_back: { cap: 5 } }) });
  daemon.send({ type: "new_alert", seq: 101, alert: anAlert() });
  await panel("alerts").getByText("BTCUSDT Long").waitFor();
  expect(await rowsOf("signals").count()).toBe(1);
});

test("an event that comes just before an older snapshot is not lost", async () => {
  await open();
  daemon.send({ type: "new_signal", seq: 101, signal: aSignal() });
  daemon.send({ type: "dashboard_update", data: anOverview() });
  daemon.send({ type: "new_alert", seq: 102, alert: anAlert() });
  await panel("alerts").getByText("BTCUSDT Long").waitFor();
  expect(await rowsOf("signals").count()).toBe(1);
});

test("while the daemon starts, the page says how far it is", async () => {
  daemon.change({
    overview: anOverview({ system_status: aStatus("starting") }),
    readiness: {
      status: "starting",
      code: "starting",
      sources: [{ name: "reports", state: "first-look", read: 120, total: 400, why: null }],
    },
  });
  await page.clock.install();
  await open();
  await page.getByText("120 of 400 read").waitFor();
  daemon.change({ overview: anOverview(), readiness: { status: "ready", code: null, sources: [] } });
  await page.clock.runFor(5000);
  await until(async () => (await page.getByText("Starting:").count()) === 0);
}, 60_000);

test("a degraded daemon names what fails", async () => {
  daemon.change({
    overview: anOverview({ system_status: aStatus("degraded") }),
    readiness: {
      status: "not-storing",
      code: "disk-full",
      sources: [
        { name: "reports", state: "unreachable", read: 0, total: 0, why: "no such folder" },
        { name: "other", state: "watching", read: 1, total: 1, why: null },
      ],
    },
  });
  await open();
  await page.getByText("Nothing can be stored (disk-full)").waitFor();
  await page.getByText("The folder of reports cannot be read: no such folder.").waitFor();
  expect(await page.locator(".notice.is-bad p").count()).toBe(2);
});

test("what cannot be stored is said at once, and taken back at once", async () => {
  await open();
  daemon.send({ type: "store_fault", fault: "disk-full" });
  await page.getByText("Nothing can be stored (disk-full)").waitFor();
  daemon.send({ type: "store_fault", fault: null });
  await until(async () => (await page.locator(".notice").count()) === 0);
});

test("the threshold is on the bar, on the side the signal points to, and moves with the setting", async () => {
  daemon.change({
    overview: anOverview({
      signals: [
        aSignal(),
        aSignal({ id: "short", direction: "short", score: 20, strength: 80 }),
        aSignal({ id: "neutral", direction: "neutral", score: 52, strength: 4 }),
      ],
    }),
  });
  await open();
  await until(async () => (await ticks()).length === 4);
  expect((await ticks()).map((x) => Math.round((x / 92) * 100))).toEqual([65, 35, 35, 65]);
  daemon.send({
    type: "settings_changed",
    seq: 101,
    config: { ...defaultTunables, signals: { min_score: 90, min_reliability: 75 } },
  });
  await until(async () => Math.round(((await ticks())[0] ?? 0) / 0.92) === 90);
});

test("a signal that was changed since is called repainted", async () => {
  daemon.change({ overview: anOverview({ signals: [aSignal({ revisions: 2 })] }) });
  await open();
  expect(await panel("signals").getByText("repainted").getAttribute("title")).toContain("2 times");
});

test("a daemon that is not ready is polled every five seconds at most", async () => {
  daemon.change({
    overview: anOverview({ system_status: aStatus("starting") }),
    readiness: { status: "starting", code: "starting", sources: [] },
  });
  // Time stops but for what the test lets pass.
  const start = Date.now();
  await page.clock.install({ time: start });
  await page.clock.pauseAt(start + 1000);
  await page.goto(daemon.url);
  const retriesMax = (ms: number, times: number) =>
    until(async () => {
      await page.clock.runFor(ms);
      return daemon.readyRequests() === times;
    });
  await retriesMax(50, 1);
  await page.clock.runFor(4000);
  expect(daemon.readyRequests()).toBe(1);
  await retriesMax(500, 2);
});

test("the demo says so in the page and in its title", async () => {
  daemon.change({ overview: anOverview({ demo: true }) });
  await open();
  await page.locator(".demo").waitFor();
  expect(await page.title()).toBe("Virtuoso (DEMO)");
});

test("markup in any text is text", async () => {
  const markup = `<img src=x onerror="document.title='taken'"><b>bold</b>`;
  daemon.change({
    overview: anOverview({
      signals: [aSignal({ symbol: markup, strategy: markup })],
      alerts: [anAlert({ message: markup })],
      alpha_opportunities: [anOpportunity({ pattern: markup })],
    }),
  });
  await open();
  expect(await panel("alerts").locator(".message").innerText()).toBe(markup);
  expect(await page.locator("main img, main section b:text('bold')").count()).toBe(0);
  expect(await page.title()).toBe("Virtuoso");
});
