import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../support/browser";
import { timeoutMs } from "./looks";
import { startScriptedDaemon, type ScriptedDaemon } from "./scripted-daemon";

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

const open = (path: string) => page.goto(new URL(path, daemon.url).href);

test("what the daemon has not answered is rows to come; no data is said once it has answered", async () => {
  const { promise: held, resolve: answer } = Promise.withResolvers<void>();
  await page.route("**/api/signals?*", async (route) => {
    await held;
    await route.fulfill({ json: { items: [], next_cursor: null } });
  });
  await open("signals");
  const panel = page.locator("section.signals");
  await panel.locator(".skeleton").waitFor();
  expect(await panel.innerText()).not.toContain("no data");
  answer();
  await panel.getByText("No signal is kept.").waitFor();
  expect(await panel.innerText()).toContain("no data");
  expect(await panel.locator(".skeleton").count()).toBe(0);
});
