import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import type { Demo } from "../../src/demo/run";
import { pages } from "../../ui/pages";
import { launchBrowser } from "../support/browser";
import { startTestDemo } from "../support/demo";
import { accessibilityFaults, openPage, sidewaysScroll, takePicture } from "./looks";

let browser: Browser;
let demo: Demo;

beforeAll(async () => {
  [browser, demo] = await Promise.all([launchBrowser(), startTestDemo()]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await demo[Symbol.asyncDispose]();
});

/** Every theme there is; dark and light each on a wide screen and on a phone. */
const looks = [
  { name: "wide-dark", colorScheme: "dark", colours: "standard", width: 1440, height: 900, touch: false },
  { name: "phone-dark-safe", colorScheme: "dark", colours: "safe", width: 390, height: 844, touch: true },
  { name: "phone-light", colorScheme: "light", colours: "standard", width: 390, height: 844, touch: true },
  { name: "wide-light-safe", colorScheme: "light", colours: "safe", width: 1440, height: 900, touch: false },
] as const;

async function expectSound(page: Page, at: string, found: string[]): Promise<void> {
  found.push(...(await accessibilityFaults(page)).map((fault) => `${at}: ${fault}`));
  if (await sidewaysScroll(page) > 0) found.push(`${at} scrolls sideways`);
}

for (const look of looks) {
  test(`${look.name}: every page, the palette, the keys and the drawer stand, soundly and without a complaint`, async () => {
    const found: string[] = [];
    const { page, complaints } = await openPage(browser, look);
    page.setDefaultTimeout(30_000);
    await page.goto(`${demo.url}/dashboard`);
    await page.locator("section.signals").getByRole("link").first().waitFor();
    for (const { name, path } of pages) {
      // Within one document, as its readers go about.
      await page.evaluate((to) => {
        const link = document.createElement("a");
        link.href = to;
        document.querySelector(".app")?.append(link);
        link.click();
        link.remove();
      }, `${demo.url}/${path.replace(/:\w+/, "BTCUSDT")}`);
      await page.locator(`main`).first().waitFor();
      await page.waitForFunction((title) => document.title.includes(title), path.includes(":") ? "BTCUSDT" : name === "desk" ? "Virtuoso" : pages.find((entry) => entry.name === name)?.title ?? "");
      await page.waitForLoadState("networkidle");
      await expectSound(page, name, found);
      await takePicture(page, `${name}-${look.name}`);
    }
    for (const [name, key] of [["palette", "Control+k"], ["keys", "?"]] as const) {
      await page.keyboard.press(key);
      await page.locator("dialog[open]").waitFor();
      await expectSound(page, name, found);
      await takePicture(page, `${name}-${look.name}`);
      await page.keyboard.press("Escape");
      await page.locator("dialog").waitFor({ state: "detached" });
    }
    await page.locator(".top").getByRole("button", { name: "Configuration" }).click();
    await page.getByRole("button", { name: "Min score: more" }).click();
    await page.locator(".what-if .big").waitFor();
    await expectSound(page, "drawer", found);
    await takePicture(page, `drawer-${look.name}`);
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);
}
