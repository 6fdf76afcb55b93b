import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import type { Demo } from "../../src/demo/run";
import { pages } from "../../ui/pages";
import { launchBrowser } from "../support/browser";
import { startTestDemo } from "../support/demo";
import {
  accessibilityFaults,
  faultsOnEachScreen,
  looks,
  openPage,
  sidewaysScroll,
  takePicture,
  type Screen,
} from "./looks";

let browser: Browser;
let demo: Demo;

beforeAll(async () => {
  [browser, demo] = await Promise.all([launchBrowser(), startTestDemo()]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await demo[Symbol.asyncDispose]();
});

const [wideDark, wideLight, phoneDark, phoneLight] = looks;
/** Every theme there is, and both sets of colours on each screen. */
const everyScreen: readonly Screen[] = [
  { name: "wide", looks: [wideDark, { ...wideLight, name: "wide-light-safe", colours: "safe" }] },
  { name: "phone", looks: [phoneDark, { ...phoneLight, colours: "standard" }] },
];

for (const screen of everyScreen) {
  test(`${screen.name}: every page, the palette, the keys and the drawer are sound, without a complaint`, async () => {
    const found: string[] = [];
    const { page, complaints } = await openPage(browser, screen.looks[0]);
    await page.goto(`${demo.url}/dashboard`);
    await page.locator("section.signals").getByRole("link").first().waitFor();
    for (const { name, path } of pages) {
      await goTo(page, pathOf(path));
      await page.locator(`main`).first().waitFor();
      await page.waitForFunction(
        (title) => document.title.includes(title),
        path.includes(":")
          ? "BTCUSDT"
          : name === "desk"
            ? "Virtuoso"
            : (pages.find((entry) => entry.name === name)?.title ?? ""),
      );
      await page.waitForLoadState("networkidle");
      found.push(...(await faultsOnEachScreen(page, screen, name)));
    }
    for (const [name, key] of [
      ["palette", "Control+k"],
      ["keys", "?"],
    ] as const) {
      await page.keyboard.press(key);
      await page.locator("dialog[open]").waitFor();
      found.push(...(await faultsOnEachScreen(page, screen, name)));
      await page.keyboard.press("Escape");
      await page.locator("dialog").waitFor({ state: "detached" });
    }
    await page.locator(".top").getByRole("button", { name: "Configuration" }).click();
    await page.getByRole("button", { name: "Min score: more" }).click();
    await page.locator(".what-if .big").waitFor();
    found.push(...(await faultsOnEachScreen(page, screen, "drawer")));
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);
}

test("tablet: no page scrolls sideways, no column of a table is cut off, what opens from the header is sound", async () => {
  const { page } = await openPage(browser, {
    ...wideDark,
    name: "tablet-dark",
    width: 820,
    height: 1180,
    touch: true,
  });
  const scrolling: string[] = [];
  const found: string[] = [];
  for (const { name, path } of pages) {
    await page.goto(`${demo.url}/${pathOf(path)}`, { waitUntil: "networkidle" });
    if ((await sidewaysScroll(page)) > 0) scrolling.push(name);
    found.push(...(await columnsCutOff(page)).map((column) => `${name}: ${column}`));
    await takePicture(page, `${name}-tablet-dark`);
  }
  await page.goto(`${demo.url}/dashboard`, { waitUntil: "networkidle" });
  for (const name of ["Looks", "Account", "Layout of the desk"]) {
    await page.getByRole("button", { name }).first().click();
    await page.locator(".sheet").waitFor();
    found.push(...(await accessibilityFaults(page)));
    await page.keyboard.press("Escape");
  }
  await page.goto(`${demo.url}/docs`, { waitUntil: "networkidle" });
  if ((await sidewaysScroll(page)) > 0) scrolling.push("docs");
  expect(scrolling).toEqual([]);
  expect(found).toEqual([]);
  await page.context().close();
}, 120_000);

test("phone: the desk's titles are whole, and a row of what was held back opens", async () => {
  const { page } = await openPage(browser, phoneDark);
  await page.goto(`${demo.url}/dashboard`, { waitUntil: "networkidle" });
  const titles = page.locator(".panel > header h2 a");
  expect(await titles.count()).toBe(4);
  expect(
    await titles.evaluateAll((all) =>
      all.filter((one) => one.scrollWidth > one.clientWidth).map(({ textContent }) => textContent),
    ),
  ).toEqual([]);
  await page.goto(`${demo.url}/held-back?view=rows`, { waitUntil: "networkidle" });
  await page.locator("tbody tr.row a.opens").first().click();
  await page.locator("dialog[open]").waitFor();
  await page.context().close();
}, 60_000);

/** Headings that are cut off, or lie beyond the panel they are in. */
async function columnsCutOff(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll(".body > table > thead th")]
      .filter((head) => {
        const { left, right } = head.getBoundingClientRect();
        const edge = head.closest(".body")?.getBoundingClientRect().right ?? 0;
        return right > left && (right > edge + 1 || head.scrollWidth > head.clientWidth + 1);
      })
      .map(({ textContent }) => textContent ?? ""),
  );
}

function pathOf(path: string): string {
  return path.replace(/:\w+/, "BTCUSDT");
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
