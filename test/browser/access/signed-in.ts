import type { Browser, BrowserContext, Page } from "playwright-core";
import type { GuardedDaemon } from "../../support/access";
import type { TestDaemon } from "../../support/daemon";
import { openPage, type Look } from "../looks";

export const adminsPassword = "correct horse battery staple";

export async function openSignIn(
  browser: Browser,
  daemon: TestDaemon,
  look: Look,
  path = "/signin",
): Promise<{ page: Page; context: BrowserContext; complaints: string[] }> {
  const { page, complaints } = await openPage(browser, look);
  await page.goto(`${daemon.url}${path}`);
  return { page, context: page.context(), complaints };
}

export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** The desk is there and connected. */
export async function onTheDashboard(page: Page): Promise<void> {
  await page.waitForURL("**/dashboard");
  await page.locator(".top .state.live").waitFor();
}

/** A browser of one's own, signed in and at this page. */
export async function signedInPage(
  browser: Browser,
  daemon: GuardedDaemon,
  name: string,
  look: Look,
  path = "/dashboard",
): ReturnType<typeof openSignIn> {
  const opened = await openSignIn(browser, daemon, look, path);
  await signIn(opened.page, name, daemon.password);
  await opened.page.waitForURL(`**${path}`);
  await opened.page.locator(".top .state.live").waitFor();
  return opened;
}
