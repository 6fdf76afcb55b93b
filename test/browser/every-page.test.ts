import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import type { Demo } from "../../src/demo/run";
import { pages } from "../../ui/pages";
import { launchBrowser } from "../support/browser";
import { startTestDemo } from "../support/demo";
import { longReportsRead, longSymbol, writeLongReports } from "./layout/stress";
import { widths } from "./layout/widths";
import { faultsOnEachScreen, openPage } from "./looks";

let browser: Browser;
let demo: Demo;
const folder = mkdtempSync(join(tmpdir(), "virtuoso-long-"));

beforeAll(async () => {
  writeLongReports(folder);
  [browser, demo] = await Promise.all([launchBrowser(), startTestDemo({ reports: folder })]);
  await longReportsRead(demo.url);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await demo[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

for (const screen of widths) {
  test(`${screen.name}: every page and all that opens above one is sound, without a complaint`, async () => {
    const found: string[] = [];
    const { page, complaints } = await openPage(browser, screen.looks[0]);
    const look = async (name: string) => void found.push(...(await faultsOnEachScreen(page, screen, name)));
    await page.goto(`${demo.url}/dashboard`);
    await page.locator("section.signals .opens").first().waitFor();
    for (const { name, path, title } of pages) {
      await goTo(page, path.replace(/:\w+/, longSymbol));
      await page.locator(`main[aria-label="${path.includes(":") ? longSymbol : title}"]`).waitFor();
      await loaded(page);
      expect({ name, rowsThatDoNotOpen: await rowsWithoutWay(page) }).toEqual({ name, rowsThatDoNotOpen: [] });
      await look(name);
      await lookAtDetails(page, () => look(`${name}-details`));
    }
    await lookAtMenus(page, look);
    await lookAtOverlays(page, look);
    await page.goto(`${demo.url}/docs`);
    await page.locator("#problems").waitFor();
    await look("docs");
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 240_000);
}

/** Rows of lists that neither open nor lead anywhere; a group's opens to its rows, those of an account to their acts. */
async function rowsWithoutWay(page: Page): Promise<string[]> {
  const rows = page.locator(
    [
      "main tbody tr:not(.spacer, .of-group, .facts-of-symbol tr, .figures tr)",
      "main :is(ul, ol):is(.rows, .exchanges, .alerts, .held-list) > li:not(.visit)",
      "main :is(.movers li, .source-card)",
    ].join(", "),
  );
  return rows.evaluateAll((all) =>
    all
      .filter((row) => row.querySelector("a[href], button") === null)
      .map((row) => (row.textContent ?? "").slice(0, 80)),
  );
}

/** Of the first row, where rows open. */
async function lookAtDetails(page: Page, look: () => Promise<void>): Promise<void> {
  const row = page.locator("main.list-page .opens[href*='open=']").first();
  if ((await row.count()) === 0) return;
  await row.click();
  await page.locator("dialog[open] .content").waitFor();
  await page.mouse.move(0, 0);
  await loaded(page);
  await look();
  await close(page);
}

async function lookAtMenus(page: Page, look: (name: string) => Promise<void>): Promise<void> {
  await goTo(page, "dashboard");
  await page.locator("main.desk").waitFor();
  const buttons = page.locator(":is(.top, .sub) .menu > button");
  for (const button of await visible(buttons)) {
    await button.click();
    await page.locator(".sheet").waitFor();
    await look(`menu-${(await button.getAttribute("aria-label")) ?? ""}`.replaceAll(/\W+/g, "-").toLowerCase());
    await page.keyboard.press("Escape");
  }
}

async function lookAtOverlays(page: Page, look: (name: string) => Promise<void>): Promise<void> {
  for (const [name, key] of [
    ["palette", "Control+k"],
    ["keys", "?"],
  ] as const) {
    await page.keyboard.press(key);
    await page.locator("dialog[open]").waitFor();
    await look(name);
    await close(page);
  }
  const more = page.locator(".tab-bar button");
  if (await more.isVisible()) {
    await more.click();
    await page.locator(".more-sheet").waitFor();
    await look("more");
    await close(page);
  }
  await goTo(page, "alerts");
  await page.locator("section.alerts .row").first().waitFor();
  // In sight only under a pointer.
  await page
    .locator("[data-act=mute]")
    .first()
    .evaluate((button: HTMLButtonElement) => button.click());
  await page.locator(".mute-sheet .hides b").waitFor();
  await look("mute");
  await close(page);
  await page.keyboard.press("Control+k");
  await page.getByLabel("Symbol, page or action").fill("configuration");
  await page.getByRole("option", { name: /^Configuration/ }).click();
  await page.getByRole("button", { name: "Min score: more" }).click();
  await page.locator(".what-if .big").waitFor();
  await look("drawer");
}

/** Nothing that is shown is still on its way. */
async function loaded(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector(".skeleton") === null);
}

async function visible(all: Locator): Promise<Locator[]> {
  const each = await all.all();
  const shown = await Promise.all(each.map((one) => one.isVisible()));
  return each.filter((_, n) => shown[n]);
}

async function close(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
}

/** Within one document, as its readers go about. */
async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    const link = document.createElement("a");
    link.href = to;
    document.querySelector(".app")?.append(link);
    link.click();
    link.remove();
  }, `${demo.url}/${path}`);
}
