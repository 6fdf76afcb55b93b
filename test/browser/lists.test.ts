import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../support/browser";
import { until } from "../support/daemon";
import { timeoutMs } from "./looks";
import { aSignal, startScriptedDaemon, type ScriptedDaemon } from "./scripted-daemon";

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
