import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../support/browser";
import { until } from "../support/daemon";
import { timeoutMs } from "./looks";
import { aSignal, anAlert, anOverview, startScriptedDaemon, type ScriptedDaemon } from "./scripted-daemon";

/** Lists while one reads them: nothing moves under the eye or the pointer. */
let browser: Browser;
let daemon: ScriptedDaemon;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  daemon = startScriptedDaemon();
  page = await browser.newPage();
  page.setDefaultTimeout(timeoutMs);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await daemon.stop();
});

const symbols = () => page.locator("main tbody tr.row .symbol").allInnerTexts();
const news = () => page.locator("main .news");

let seq = 100;
let kept = Array.from({ length: 40 }, (_, n) => aSignal({ id: `s${40 - n}`, symbol: `S${40 - n}USDT` }));
/** A signal is committed: it is in the list's answer, and a frame says so. */
function arrive(symbol: string): void {
  seq += 1;
  const signal = aSignal({ id: `s${seq}`, symbol });
  kept = [signal, ...kept];
  daemon.send({ type: "new_signal", seq, signal });
}

test("new signals come in at the top, but wait while one points at the list, stands in it or scrolled it", async () => {
  daemon.change({ answers: { "/api/signals": () => ({ items: kept, next_cursor: null }) } });
  await page.goto(new URL("/signals", daemon.url).href);
  await page.locator("main tbody tr.row").first().waitFor();
  arrive("FIRSTUSDT");
  await until("it comes in by itself", async () => (await symbols())[0] === "FIRSTUSDT");
  expect(await news().count()).toBe(0);

  await page.locator("main tbody tr.row").nth(2).hover();
  arrive("SECONDUSDT");
  await news().waitFor();
  expect((await symbols())[0]).toBe("FIRSTUSDT");
  await page.mouse.move(5, 5);
  await until("the pointer left", async () => (await symbols())[0] === "SECONDUSDT");

  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const stood = await page.evaluate(() => document.activeElement?.getBoundingClientRect().top);
  arrive("THIRDUSDT");
  arrive("FOURTHUSDT");
  await until("both wait", async () => (await news().innerText()).startsWith("2 new"));
  expect(await page.evaluate(() => document.activeElement?.getBoundingClientRect().top)).toBe(stood);
  expect(await page.locator("main header [role=status]").innerText()).toContain("new, n shows them");
  await page.keyboard.press("n");
  await until("shown by key", async () => (await symbols())[0] === "FOURTHUSDT");
  await until("the focus is at what is new", () =>
    page.evaluate(() => document.activeElement?.closest("tr")?.innerText.includes("FOURTHUSDT") === true),
  );

  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.locator("main .body").evaluate((body) => body.scrollTo(0, 300));
  arrive("FIFTHUSDT");
  await news().click();
  await until("shown by click", async () => (await symbols())[0] === "FIFTHUSDT");
  expect(await page.locator("main .body").evaluate((body) => body.scrollTop)).toBe(0);
}, 60_000);

test("the first stops of the keyboard lead past what is on every page; j starts in the panel that has the focus", async () => {
  daemon.change({
    overview: anOverview({ signals: kept.slice(0, 3), alerts: [anAlert(), anAlert({ id: "alert-2", rule: "other" })] }),
  });
  await page.goto(daemon.url);
  await page.locator("section.alerts li").first().waitFor();
  const focused = (where: string) => page.evaluate((at) => document.activeElement?.closest(at) !== null, where);
  await page.keyboard.press("Tab");
  await page.getByRole("button", { name: "Skip to content" }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await focused("section.signals .body")).toBe(true);
  await page.keyboard.press("j");
  expect(await focused("section.signals tbody tr:first-child")).toBe(true);
  await page.getByRole("button", { name: "Filter Recent Alerts" }).focus();
  await page.keyboard.press("j");
  expect(await focused("section.alerts li:first-child")).toBe(true);
}, 60_000);

test("on the desk a list waits too, an alert that changes stays where it is, and heads sort", async () => {
  await page.locator("section.alerts li").nth(1).hover();
  const before = await page.locator("section.alerts li").first().innerText();
  daemon.send({ type: "new_alert", seq: 300, alert: anAlert({ id: "alert-3", rule: "third", message: "third" }) });
  const changed = anAlert({ id: "alert-2", rule: "other", state: "resolved", message: "over by now" });
  daemon.send({ type: "alert_changed", seq: 301, alert: changed });
  await page.getByRole("button", { name: "1 new in Recent Alerts" }).waitFor();
  expect(await page.locator("section.alerts li").first().innerText()).toBe(before);
  await page.locator("section.alerts li").nth(1).getByText("over by now").waitFor();

  daemon.send({ type: "new_signal", seq: 302, signal: aSignal({ id: "s900", symbol: "WEAKUSDT", strength: 51 }) });
  const head = page.locator("section.signals").getByRole("button", { name: "Strength" });
  await head.click();
  await head.click();
  await until("the weakest first", async () => (await symbolsOf("signals"))[0] === "WEAKUSDT");
  await page.locator("section.signals th[aria-sort=ascending]", { hasText: "Strength" }).waitFor();
}, 60_000);

const symbolsOf = (panel: string) => page.locator(`section.${panel} tbody .symbol`).allInnerTexts();
