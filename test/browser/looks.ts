import axe from "axe-core";
import type { AxeResults, RunOptions } from "axe-core";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** The ways a page is looked at: the themes, wide and on a phone. */
export const looks = [
  { name: "wide-dark", colorScheme: "dark", colours: "standard", width: 1440, height: 900, touch: false },
  { name: "wide-light", colorScheme: "light", colours: "standard", width: 1440, height: 900, touch: false },
  { name: "phone-dark", colorScheme: "dark", colours: "safe", width: 390, height: 844, touch: true },
  { name: "phone-light", colorScheme: "light", colours: "safe", width: 390, height: 844, touch: true },
] as const;

/** Each theme, each width and each set of colours once, for what every-page.test.ts looks at in all of them. */
export const eachOnce = [looks[0], looks[3]] as const;

export interface Look {
  readonly name: string;
  readonly colorScheme: "dark" | "light";
  readonly colours: "standard" | "safe";
  readonly width: number;
  readonly height: number;
  readonly touch: boolean;
}

/** What a browser complained of: errors in its console, uncaught errors, breaches of the content security policy. */
export type Complaints = string[];

export async function openPage(browser: Browser, look: Look): Promise<{ page: Page; complaints: Complaints }> {
  const options: BrowserContextOptions = {
    viewport: { width: look.width, height: look.height }, colorScheme: look.colorScheme, hasTouch: look.touch, isMobile: look.touch, reducedMotion: "reduce",
  };
  const context = await browser.newContext(options);
  await context.addInitScript((chosen) => localStorage.setItem("virtuoso.looks", chosen), `${look.colorScheme} ${look.colours}`);
  const page = await context.newPage();
  // The account's own choice would win over the look.
  await page.route("**/api/preferences", async (route) => {
    if (route.request().method() !== "GET") return route.continue();
    const answer = await route.fetch();
    await route.fulfill({ json: { ...(await answer.json() as object), theme: look.colorScheme, colours: look.colours } });
  });
  page.setDefaultTimeout(5000);
  const complaints: Complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.exposeFunction("complainOfPolicy", (what: string) => complaints.push(what));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      (globalThis as unknown as { complainOfPolicy(what: string): void }).complainOfPolicy(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return { page, complaints };
}

/** One line per accessibility rule broken; empty is good. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const results = await page.evaluate(() => (globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run({ resultTypes: ["violations"], selectors: false }));
  return results.violations.map((fault) => `${fault.id}: ${fault.nodes.map((node) => node.html).slice(0, 3).join(" | ")}`);
}

export async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

const screenshots = join(import.meta.dir, "../screenshots");

/** More than this of a page Chromium cannot be relied on to draw at once, px. */
const tallest = 8000;

export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  const { width, height } = await page.evaluate(() => ({ width: document.documentElement.clientWidth, height: document.documentElement.scrollHeight }));
  const clip = height > tallest ? { clip: { x: 0, y: 0, width, height: tallest } } : {};
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true, caret: "initial", timeout: 30_000, ...clip });
}
