import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { defaultTunables } from "../../src/core/tunables";
import { launchBrowser } from "../support/browser";
import { startTestDaemon, until, type TestDaemon } from "../support/daemon";
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
import { aSignal, startScriptedDaemon } from "./scripted-daemon";

/**
 * One daemon, one story for every test: a strong signal with all there is to it, a crowd of which most is held
 * back, and what cannot be read.
 */
let browser: Browser;
let daemon: TestDaemon;

const markup = `<img src=x onerror="document.title='taken'">`;
const components = {
  orderflow: { score: 92, impact: 10.5, interpretation: "taker delta +18 %" },
  volume: { score: 82 },
  sentiment: { score: 41, interpretation: markup },
};
const plan = {
  entry_price: 43_000,
  stop_loss: 42_310,
  targets: [
    { name: "Target 1", price: 43_690, size: 50 },
    { name: "Target 2", price: 44_380, size: 50 },
  ],
};

beforeAll(async () => {
  browser = await launchBrowser();
  daemon = await startTestDaemon({ scanning: false });
  daemon.drop("btc.json", {
    symbol: "BTCUSDT",
    signal_type: "BUY",
    confluence_score: 88.4,
    reliability: 0.95,
    price: 43_000.1,
    timestamp: Date.now(),
    strategy: "breakout",
    components,
    trade_params: plan,
    market_interpretations: [markup, "Range high reclaimed"],
  });
  await until("the first alert", async () => (await daemon.get<{ items: object[] }>("/api/alerts")).items.length > 0);
  for (let n = 0; n < 8; n++)
    daemon.drop(`many-${n}.json`, {
      symbol: `COIN${n}USDT`,
      signal_type: n % 2 === 0 ? "BUY" : "SELL",
      confluence_score: n % 2 === 0 ? 70 + n : 25,
      reliability: 0.9,
      price: 10 + n,
      timestamp: Date.now(),
      components: { orderflow: 70 - n, volume: 40 + n },
    });
  daemon.drop("nameless.json", { signal_type: "BUY", confluence_score: 80, detail: markup });
  await until("the crowd", async () => (await daemon.get<{ items: object[] }>("/api/signals")).items.length === 9);
  await until(
    "the refused file",
    async () => (await daemon.get<{ items: object[] }>("/api/quarantine")).items.length === 1,
  );
}, 90_000);
afterAll(async () => {
  await browser.close();
  await daemon[Symbol.asyncDispose]();
});

async function open(path: string, look: Look = looks[0]): Promise<{ page: Page; complaints: Complaints }> {
  const opened = await openPage(browser, look);
  await opened.page.goto(`${daemon.url}/${path}`);
  await opened.page.locator("main").waitFor();
  return opened;
}

const rows = (page: Page) => page.locator("main tbody tr.row");

const pages = [
  ["signals", ".virtual tr.row"],
  ["alerts", ".virtual tr.row"],
  ["held-back", ".held-groups tr.row"],
  ["quarantine", ".virtual tr.row"],
  ["sources", ".source-card"],
  ["health", ".whole"],
  ["market", "section.market"],
  ["opportunities", "section.opportunities"],
] as const;

async function expectSound(page: Page, picture: string, complaints: Complaints): Promise<void> {
  // Read before the picture is taken: taking one hides the caret of every field by a style of its own.
  expect({ picture, styles: await page.locator("[style]:not(.candles, .candles *)").count() }).toEqual({
    picture,
    styles: 0,
  });
  await takePicture(page, picture);
  expect({
    picture,
    faults: await accessibilityFaults(page),
    sideways: await sidewaysScroll(page),
    complaints,
  }).toEqual({ picture, faults: [], sideways: 0, complaints: [] });
}

for (const look of eachOnce) {
  test(`${look.name}: every page is sound for everyone`, async () => {
    const { page, complaints } = await open("signals", look);
    for (const [path, sign] of pages) {
      await page.goto(`${daemon.url}/${path}`);
      await page.locator(sign).first().waitFor();
      await expectSound(page, `${path}-${look.name}`, complaints);
    }
    await page.goto(`${daemon.url}/signals?symbol=BTCUSDT`);
    await page.locator(".opens").first().click();
    await page.locator(".details-sheet .steps").first().waitFor();
    await expectSound(page, `signal-${look.name}`, complaints);
    await page.context().close();
  }, 120_000);
}

test("a signal opens to its parts, its plan to scale, its trace and its report, and markup in it stays text", async () => {
  const { page, complaints } = await open("signals?symbol=BTCUSDT");
  await page.locator(".opens").first().click();
  const sheet = page.locator(".details-sheet");
  await sheet.locator(".steps").waitFor();
  // The ladder is drawn in the frame after its width is known.
  await sheet.locator(".ladder svg").getByText("43,690").first().waitFor();
  const text = await sheet.innerText();
  for (const part of [
    "Order flow",
    "92.0",
    "+10.5",
    "Sentiment",
    "disagrees",
    "taker delta +18 %",
    "Range high reclaimed",
    markup,
    "43,690",
    "42,310",
    "good enough",
    "received",
    "BTCUSDT",
    "btc.json",
  ])
    expect(text).toContain(part);
  expect(await sheet.locator(".ladder svg").getAttribute("aria-label")).toContain("one R is 690");
  await page.emulateMedia({ media: "print" });
  const printed = await page.evaluate(() => document.body.innerText);
  for (const part of ["Price and plan", "Plan to scale", "What was decided", "strength 88.4, threshold 65"])
    expect(printed.toLowerCase()).toContain(part.toLowerCase());
  expect(await page.locator("main, .top, .status, .frame > footer").filter({ visible: true }).count()).toBe(0);
  expect(await sheet.evaluate((shown) => getComputedStyle(shown).color)).toBe("rgb(0, 0, 0)");
  expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(10_000);
  await page.emulateMedia({ media: "screen" });
  await sheet.getByRole("button", { name: "Raw report" }).click();
  expect(await sheet.locator("pre").innerText()).toContain("confluence_score");
  expect(await page.locator("dialog img, main img").count()).toBe(0);
  expect(await page.title()).not.toBe("taken");
  await page.keyboard.press("Escape");
  await until("the sheet to close", async () => (await sheet.count()) === 0);
  expect(new URL(page.url()).searchParams.has("open")).toBe(false);
  expect(complaints).toEqual([]);
  await page.context().close();
}, 60_000);

test("an open signal is in the address, and j goes to the next row", async () => {
  const { page } = await open("signals");
  await rows(page).nth(1).locator(".opens").click();
  const sheet = page.locator(".details-sheet");
  await sheet.locator(".steps").waitFor();
  const first = new URL(page.url()).searchParams.get("open");
  await page.keyboard.press("j");
  await until("another signal", () => new URL(page.url()).searchParams.get("open") !== first);
  const shared = page.url();
  await page.goto(shared);
  await sheet.locator(".steps").waitFor();
  for (const [id, words] of [
    ["s999999", "The signal s999999 is not known here"],
    ["a999999", "The alert a999999 is not known here"],
    ["q999999", "There is no silence of this id."],
    ["check:nothing", "There is no check of this name."],
  ] as const) {
    await page.goto(`${daemon.url}/signals?open=${id}`);
    await sheet.getByText(words).waitFor();
  }
  await page.context().close();
}, 60_000);

test("filters live in the address: a link shows the same list", async () => {
  const { page } = await open("signals");
  await rows(page).first().waitFor();
  await page.getByLabel("direction", { exact: true }).selectOption("short");
  await until(
    "only shorts",
    async () =>
      (await rows(page).count()) === 4 && (await rows(page).allInnerTexts()).every((text) => text.includes("SHORT")),
  );
  expect(new URL(page.url()).search).toBe("?direction=short");
  await page.goto(`${daemon.url}/signals?q=breakout`);
  await until("what the words find", async () => (await rows(page).count()) === 1);
  expect(await rows(page).innerText()).toContain("BTCUSDT");
  expect(await page.getByRole("link", { name: "Signals as CSV" }).getAttribute("href")).toContain("q=breakout");
  await page.getByRole("button", { name: "all of them" }).click();
  await until("all of them", async () => (await rows(page).count()) === 9);
  await page.getByRole("button", { name: "Strength" }).click();
  await until("the strongest first", async () => (await rows(page).first().innerText()).includes("88.4"));
  expect(await page.locator("th[aria-sort=descending]").innerText()).toContain("Strength");
  expect(new URL(page.url()).search).toBe("?by=strength");
  await page.context().close();
}, 60_000);

test("what was held back is grouped by symbol and reason, under its tab and on its page, and opens to its rows", async () => {
  const { page } = await open("dashboard");
  await page.getByRole("button", { name: /^Held back [1-9]/ }).click();
  const group = page.locator("section.alerts .held-groups tbody", { hasText: "cap" }).first();
  await group.getByRole("button", { name: /, 1 held back by cap$/ }).click();
  await group.locator(".held-list a.opens").click();
  await page.locator(".details-sheet .steps").waitFor();
  await page.goto(`${daemon.url}/held-back`);
  await rows(page).first().waitFor();
  expect(await rows(page).first().innerText()).toContain("cap");
  await page.locator(".held .reason", { hasText: "cap" }).click();
  await until("the reason in the address", () => new URL(page.url()).searchParams.get("reason") === "cap");
  await page.getByRole("button", { name: "One by one" }).click();
  await page.locator(".virtual tr.row", { hasText: "cap" }).first().waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("One by one");
  const sheet = page.locator(".details-sheet");
  await page.locator(".virtual tr.row", { hasText: "cap" }).first().locator(".opens").click();
  await sheet.locator(".price").waitFor();
  expect(await sheet.locator(".steps li").first().innerText()).toContain("over the cap");
  await page.reload();
  await sheet.locator(".steps").waitFor();
  await page.goBack();
  await until("the sheet to close", async () => (await sheet.count()) === 0);
  await page.getByRole("button", { name: "Priority" }).click();
  await until("by priority", () => new URL(page.url()).searchParams.get("by") === "priority");
  await page.locator("th[aria-sort=descending]", { hasText: "Priority" }).waitFor();
  await page.context().close();
}, 60_000);

test("signals are grouped by symbol and as a matrix, disagreement flagged", async () => {
  const { page } = await open("dashboard");
  const panel = page.locator("section.signals");
  await panel.getByRole("button", { name: "Matrix" }).click();
  const line = panel.locator(".matrix tbody tr", { hasText: "BTCUSDT" });
  await line.waitFor();
  expect(await line.innerText()).toContain("2 of 3");
  expect(await line.locator('[aria-label="41.0, disagrees"]').count()).toBe(1);
  await panel.getByRole("button", { name: "By symbol" }).click();
  await until("a row a symbol", async () => (await panel.locator("tbody tr").count()) === 9);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.context().close();
}, 60_000);

test("an alert opens to its words, its numbers and how it was decided", async () => {
  const { page } = await open("alerts");
  await rows(page).filter({ hasText: "BTCUSDT" }).first().locator(".opens").click();
  const sheet = page.locator(".details-sheet");
  await sheet.locator(".steps").waitFor();
  for (const part of ["BTCUSDT Long, strength 88.4", "Strong signal", "raised", "cooldown", "R is 690"])
    expect(await sheet.innerText()).toContain(part);
  await page.context().close();
}, 60_000);

test("what was received at once opens by its id, with all that was decided of it", async () => {
  const [btc] = (await daemon.get<{ items: { subject_id: string | null }[] }>("/api/decisions?symbol=BTCUSDT")).items;
  const { page } = await open(`held-back?received=r${btc?.subject_id?.slice(1)}`);
  const sheet = page.locator(".details-sheet");
  await sheet.locator(".steps").first().waitFor();
  for (const part of ["btc.json", "good enough", "BTCUSDT Long, strength 88.4"])
    expect((await sheet.innerText()).toLowerCase()).toContain(part.toLowerCase());
  await page.context().close();
}, 60_000);

test("a dropped file appears at the top of every list it belongs to", async () => {
  const { page, complaints } = await open("signals?q=latecomer");
  await page.getByText("Nothing matches.").waitFor();
  daemon.drop("late.json", {
    symbol: "LATEUSDT",
    signal_type: "BUY",
    confluence_score: 60,
    reliability: 0.9,
    price: 1,
    timestamp: Date.now(),
    strategy: "latecomer",
  });
  await rows(page).first().waitFor();
  expect(await rows(page).first().innerText()).toContain("LATEUSDT");
  daemon.drop("again-nameless.json", { signal_type: "SELL", confluence_score: 80 });
  await page.goto(`${daemon.url}/quarantine?q=again`);
  await until("the refused file", async () => {
    await page.reload();
    await page.locator("main .panel").waitFor();
    return (await page.locator("main").innerText()).includes("again-nameless.json");
  });
  expect(complaints).toEqual([]);
  await page.context().close();
}, 60_000);

test("a list of 100,000 rows draws only what is seen, and is read on as one scrolls", async () => {
  const scripted = startScriptedDaemon();
  const total = 100_000;
  scripted.change({
    answers: {
      "/api/dashboard/config": defaultTunables,
      "/api/signals": (query) => {
        const from = Number(query.get("cursor") ?? "0");
        // Pages as large as the script likes: what is tested is what the page makes of many rows.
        const items = Array.from({ length: Math.min(20_000, total - from) }, (_, n) =>
          aSignal({ id: `s${from + n}`, symbol: `C${from + n}USDT` }),
        );
        return { items, next_cursor: from + items.length < total ? String(from + items.length) : null };
      },
    },
  });
  const { page, complaints } = await openPage(browser, looks[0]);
  await page.goto(scripted.url.replace("dashboard", "signals"));
  await rows(page).first().waitFor();
  const body = page.locator(".list-page .body");
  await until(
    "the last of them",
    async () => {
      await body.evaluate((scroller) => {
        scroller.scrollTop = scroller.scrollHeight;
      });
      return (await rows(page).last().innerText()).includes(`C${total - 1}USDT`);
    },
    60_000,
  );
  expect(await rows(page).count()).toBeLessThan(120);
  expect(await page.locator("table.virtual").getAttribute("aria-rowcount")).toBe(String(total + 1));
  await body.evaluate((scroller) => {
    scroller.scrollTop = scroller.scrollHeight / 2;
  });
  await until("the middle", async () => /C(49|50)\d{3}USDT/.test(await rows(page).nth(20).innerText()));
  expect(complaints).toEqual([]);
  await page.context().close();
  await scripted.stop();
}, 120_000);

test("a file in quarantine is read again on demand, alone or with all", async () => {
  const { page, complaints } = await open("quarantine?q=nameless");
  await rows(page).first().locator(".opens").click();
  await page.locator(".details-sheet .message-large").waitFor();
  await page.keyboard.press("Escape");
  await until("the sheet to close", async () => (await page.locator(".details-sheet").count()) === 0);
  await page.getByRole("button", { name: "Read nameless.json again" }).click();
  await page.getByRole("status").getByText("nameless.json cannot be read still (no-symbol)").waitFor();
  await page.getByRole("button", { name: "Read all again" }).click();
  await until(
    "both are in the audit log",
    async () => (await daemon.get<{ items: object[] }>("/api/audit?what=quarantine.retried")).items.length === 2,
  );
  expect(complaints).toEqual([]);
  await page.context().close();
}, 60_000);

test("a list the account may not see says so", async () => {
  const scripted = startScriptedDaemon();
  const { page } = await openPage(browser, looks[0]);
  await page.route("**/api/quarantine*", (route) =>
    route.fulfill({ status: 403, contentType: "application/problem+json", body: "{}" }),
  );
  await page.goto(scripted.url.replace("dashboard", "quarantine"));
  await page.getByText("does not allow").first().waitFor();
  await page.route("**/api/quarantine*", (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      body: JSON.stringify({ title: "This takes too long", status: 503, code: "too-slow" }),
    }),
  );
  await page.reload();
  await page.getByText("This takes too long.").first().waitFor();
  await page.context().close();
  await scripted.stop();
}, 60_000);

test("the alert about what was missed leads to all that was missed, and to nothing else", async () => {
  await daemon.stop();
  const late = Date.now() - 3_600_000;
  for (const [symbol, score] of [
    ["LATEUSDT", 90],
    ["WEAKUSDT", 51],
  ] as const)
    daemon.drop(`${symbol}.json`, {
      symbol,
      signal_type: "BUY",
      confluence_score: score,
      reliability: 0.9,
      timestamp: late,
    });
  await daemon.restart();
  const { page } = await open("alerts");
  await page
    .getByText(/^Missed while away: 1 signal of .+, 1 of high priority: LATEUSDT long 90/)
    .first()
    .click();
  await page.getByRole("link", { name: "what was missed" }).click();
  await page.getByRole("heading", { name: "Missed while away" }).waitFor();
  await rows(page).first().waitFor();
  expect(await rows(page).allInnerTexts()).toEqual([expect.stringContaining("LATEUSDT") as string]);
  await page.context().close();
}, 60_000);
