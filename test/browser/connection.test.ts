import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../support/browser";
import { startTestDaemon } from "../support/daemon";
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

const connected = () => page.locator(".top .state.live").waitFor();
const main = () => page.locator("main");

test("a page and what opens over it are tried again by themselves when the daemon is back, without a load", async () => {
  await open("dashboard");
  await connected();
  await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
  await daemon.vanish();
  await page.getByRole("link", { name: "Signals", exact: true }).click();
  await main().getByText("This page could not be loaded.").waitFor();
  await main().getByRole("button", { name: "Try again" }).click();
  await main().getByText("This page could not be loaded.").waitFor();
  await page.keyboard.press("Control+k");
  const fault = page.getByRole("dialog").getByText("The search could not be loaded.");
  await fault.waitFor();
  daemon.comeBack();
  await page.getByRole("dialog").getByRole("combobox").waitFor();
  await page.keyboard.press("Escape");
  await main().locator("section.signals").waitFor();
  expect(await page.evaluate(() => "sameDocument" in globalThis)).toBe(true);
});

test("modules are fetched ahead: a page opens for the first time while the daemon is away", async () => {
  const fetched = new Set<string>();
  page.on("requestfinished", (request) => fetched.add(new URL(request.url()).pathname.replace(/\.\w+\.js$/, "")));
  await open("dashboard");
  await connected();
  const deadline = Date.now() + timeoutMs;
  while (!fetched.has("/ui/desk/make-room") && Date.now() < deadline) await Bun.sleep(50);
  await daemon.vanish();
  await page.getByRole("link", { name: "Health", exact: true }).click();
  await main().getByRole("heading", { name: "Checks" }).waitFor();
});

test("a module whose address the browser has given up is loaded by another, and what it shares is there once", async () => {
  const scripts: string[] = [];
  await page.route("**/ui/**/*.js*", async (route) => {
    const { pathname, search } = new URL(route.request().url());
    if (route.request().resourceType() !== "script") return route.continue();
    scripts.push(pathname);
    if (pathname.includes("health-page") && search === "") return route.abort();
    return route.continue();
  });
  await open("dashboard");
  await connected();
  await page.getByRole("link", { name: "Health", exact: true }).click();
  await main().getByRole("heading", { name: "Checks" }).waitFor();
  // Once there it is not requested again, whatever the daemon does.
  const requested = scripts.length;
  await page.getByRole("link", { name: "Desk", exact: true }).click();
  await daemon.vanish();
  await page.getByRole("link", { name: "Health", exact: true }).click();
  await main().getByRole("heading", { name: "Checks" }).waitFor();
  expect(scripts.slice(requested).filter((path) => path.includes("health-page"))).toEqual([]);
  expect(scripts.filter((path) => path.includes("shared")).length).toBe(
    new Set(scripts.filter((path) => path.includes("shared"))).size,
  );
});

test("without a connection nothing says online or live, the tab shows it, and one may try now", async () => {
  await page.clock.install();
  await open("alerts");
  await connected();
  const status = page.locator("footer.status");
  await status.getByText("online", { exact: true }).waitFor();
  expect(await page.title()).toBe("Alerts · Virtuoso");
  await daemon.vanish();
  await page.getByText("The connection is lost").waitFor();
  // From here on only the button tries again.
  await page.clock.pauseAt(new Date(Date.now() + 3_600_000));
  expect(await page.title()).toBe("Connection lost · Alerts · Virtuoso");
  const icon = await page.locator('link[rel="icon"]').evaluate((link: HTMLLinkElement) => link.href);
  expect(icon).toContain("/ui/icon-lost.");
  expect(await status.innerText()).toMatch(/Connection lost\s+since .*Last answer.*: was online/s);
  expect(await page.locator("body").innerText()).not.toMatch(/\blive\b|Status\s+online|connected/);
  daemon.comeBack();
  expect((await fetch(icon)).headers.get("content-type")).toBe("image/svg+xml");
  await page.getByRole("button", { name: "Try now" }).click();
  await connected();
  expect(await page.title()).toBe("Alerts · Virtuoso");
});

test("ten full loads within a minute trip no limit, and the settings come with the greeting", async () => {
  await using real = await startTestDaemon({ limits: true });
  const answers: [string, number][] = [];
  page.on("response", (response) => answers.push([new URL(response.url()).pathname, response.status()]));
  for (let load = 0; load < 11; load++) {
    await page.goto(`${real.url}/dashboard`);
    await connected();
    await page.locator("section.signals .threshold").waitFor();
  }
  expect(answers.filter(([, status]) => status >= 400)).toEqual([]);
  expect(answers.filter(([path]) => path === "/api/dashboard/config")).toEqual([]);
});
