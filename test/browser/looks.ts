import axe from "axe-core";
import type { AxeResults, RunOptions } from "axe-core";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { layoutFaultsOf } from "./layout/find";

/** How long a page may take over one step: long enough for a machine that does something else, too. */
export const timeoutMs = 30_000;

/** The ways a page is looked at: the themes, wide and on a phone. */
export const looks = [
  { name: "wide-dark", colorScheme: "dark", colours: "standard", width: 1440, height: 900, touch: false },
  { name: "wide-light", colorScheme: "light", colours: "standard", width: 1440, height: 900, touch: false },
  { name: "phone-dark", colorScheme: "dark", colours: "safe", width: 390, height: 844, touch: true },
  { name: "phone-light", colorScheme: "light", colours: "safe", width: 390, height: 844, touch: true },
] as const;

/** A width, and the colours it is looked at in. */
export interface Screen {
  readonly name: string;
  readonly looks: readonly [Look, ...Look[]];
}

/** The same by width: one page, loaded once, is shown in each of its colours. */
export const screens: readonly Screen[] = [
  { name: "wide", looks: [looks[0], looks[1]] },
  { name: "phone", looks: [looks[2], looks[3]] },
];

/** Each theme, each width and each set of colours once, for what every-page.test.ts looks at in all of them. */
export const eachOnce = [looks[0], looks[3]] as const;

export interface Look {
  readonly name: string;
  readonly colorScheme: "dark" | "light";
  readonly colours: "standard" | "safe";
  readonly width: number;
  readonly height: number;
  readonly touch: boolean;
  /** Device pixels to a CSS pixel; 1 where left out. */
  readonly scale?: number;
}

/** What a browser complained of: errors in its console, uncaught errors, breaches of the content security policy. */
export type Complaints = string[];

export async function openPage(
  browser: Browser,
  look: Look,
  more: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: Complaints }> {
  const options: BrowserContextOptions = {
    ...more,
    viewport: { width: look.width, height: look.height },
    colorScheme: look.colorScheme,
    hasTouch: look.touch,
    isMobile: look.touch,
    deviceScaleFactor: look.scale ?? 1,
    reducedMotion: "reduce",
  };
  const context = await browser.newContext(options);
  await context.addInitScript(
    (chosen) => localStorage.setItem("virtuoso.looks", chosen),
    `${look.colorScheme} ${look.colours}`,
  );
  const page = await context.newPage();
  // The account's own choice would win over the look.
  await page.route("**/api/preferences", async (route) => {
    if (route.request().method() !== "GET") return route.continue();
    const answer = await route.fetch();
    await route.fulfill({
      json: { ...((await answer.json()) as object), theme: look.colorScheme, colours: look.colours },
    });
  });
  // An answer that is still being read when its page goes is no fault of the page.
  const close = context.close.bind(context);
  context.close = async (options) => {
    await page.unrouteAll({ behavior: "wait" });
    await close(options);
  };
  page.setDefaultTimeout(timeoutMs);
  const complaints: Complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.exposeFunction("complainOfPolicy", (what: string) => complaints.push(what));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      (globalThis as unknown as { complainOfPolicy(what: string): void }).complainOfPolicy(
        `${event.violatedDirective} ${event.blockedURI}`,
      );
    });
  });
  return { page, complaints };
}

/** The accessibility rules that colours decide; the others judge what is there. */
const rulesOfColours = ["color-contrast", "link-in-text-block"];

/** One line per accessibility rule broken, of these or all; empty is good. */
export async function accessibilityFaults(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Once a document: half a megabyte of script takes as long to load as to run.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  const options: RunOptions = {
    resultTypes: ["violations"],
    selectors: false,
    // Experimental in axe, and a law to us: who speaks a button's words presses it.
    rules: { "label-content-name-mismatch": { enabled: true } },
    ...(rules ? { runOnly: { type: "rule", values: [...rules] } } : {}),
  };
  const violations = await page.evaluate(async (chosen) => {
    const { axe } = globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
    return (await axe.run(chosen)).violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.slice(0, 3).map(({ html }) => html),
    }));
  }, options);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.join(" | ")}`);
}

export async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/**
 * What is wrong with a page in any of its screen's colours: accessibility rules broken, faults of the layout. Takes a
 * picture in each; leaves it in the first.
 */
export async function faultsOnEachScreen(page: Page, { looks }: Screen, picture: string): Promise<string[]> {
  const found: string[] = [];
  for (const look of [...looks.slice(1), looks[0]]) {
    let faults = await faultsIn(page, look, look === looks[0] ? undefined : rulesOfColours);
    // The account's choice, read as the page was opened, may come only now: once.
    faults ??= await faultsIn(page, look, look === looks[0] ? undefined : rulesOfColours);
    await takePicture(page, `${picture}-${look.name}`);
    found.push(
      ...(faults ?? ["did not keep its colours while it was looked at"]).map(
        (fault) => `${picture}-${look.name}: ${fault}`,
      ),
    );
  }
  return found;
}

/** Null where something else changed the colours meanwhile. */
async function faultsIn(
  page: Page,
  { colorScheme, colours }: Look,
  rules: readonly string[] | undefined,
): Promise<string[] | null> {
  const wanted = { theme: colorScheme, colours };
  await page.evaluate((chosen) => Object.assign(document.documentElement.dataset, chosen), wanted);
  const faults = await accessibilityFaults(page, rules);
  // Colours move nothing.
  if (rules === undefined) faults.push(...(await layoutFaultsOf(page)));
  const worn = await page.evaluate(() => ({
    theme: document.documentElement.dataset["theme"],
    colours: document.documentElement.dataset["colours"],
  }));
  return isDeepStrictEqual(worn, wanted) ? faults : null;
}

const screenshots = join(import.meta.dir, "../screenshots");

/**
 * `TEST_PICTURES=1 npm test` takes them, for people to look at; no test reads one, and each takes a third of a
 * second.
 */
const takesPictures = process.env["TEST_PICTURES"] !== undefined;

/** More than this of a page Chromium cannot be relied on to draw at once, px. */
const tallest = 8000;

export async function takePicture(page: Page, name: string): Promise<void> {
  if (!takesPictures) return;
  mkdirSync(screenshots, { recursive: true });
  const { width, height, above } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    height: document.documentElement.scrollHeight,
    above: document.querySelector("dialog[open], .sheet") !== null,
  }));
  // What stands above a page is where the window ends.
  const clip = !above && height > tallest ? { clip: { x: 0, y: 0, width, height: tallest } } : {};
  await page.screenshot({
    path: join(screenshots, `${name}.png`),
    fullPage: !above,
    caret: "initial",
    timeout: timeoutMs,
    ...clip,
  });
}
