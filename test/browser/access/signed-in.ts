import type { Browser, BrowserContext, Page } from "playwright-core";
import type { TestDaemon } from "../../support/daemon";
import { openPage, type Look } from "../looks";

export const adminsPassword = "correct horse battery staple";

/** Long enough for a machine that does something else, too. */
export const patienceMs = 30_000;

export async function openSignIn(browser: Browser, daemon: TestDaemon, look: Look, path = "/signin"): Promise<{ page: Page; context: BrowserContext; complaints: string[] }> {
  const { page, complaints } = await openPage(browser, look);
  page.setDefaultTimeout(patienceMs);
  await page.goto(`${daemon.url}${path}`);
  return { page, context: page.context(), complaints };
}

export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** The desk is there and hears the daemon. */
export async function onTheDesk(page: Page): Promise<void> {
  await page.waitForURL("**/dashboard");
  await page.locator(".top .state.live").waitFor();
}
