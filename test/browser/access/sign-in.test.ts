import { afterAll, beforeAll, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { startGuardedDaemon } from "../../support/access";
import { launchBrowser } from "../../support/browser";
import { startTestDaemon, type TestDaemon } from "../../support/daemon";
import { accessibilityFaults, faultsOnEachScreen, looks, takePicture } from "../looks";
import { widths } from "../layout/widths";
import { adminsPassword, onTheDashboard, openSignIn, signIn } from "./signed-in";

let browser: Browser;
let daemon: TestDaemon;

beforeAll(async () => {
  browser = await launchBrowser();
  daemon = await startTestDaemon({ auth: "required" });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await daemon[Symbol.asyncDispose]();
});

test("the first run: without a link it is said how to get one, the link makes the admin, and a second use makes no account", async () => {
  const { page, context, complaints } = await openSignIn(browser, daemon, looks[0], "/opportunities");
  await page.getByText("virtuoso signin-link").waitFor();
  const link = daemon.daemon.createLink();
  await page.goto(link);
  await page.getByRole("heading", { name: "Create the admin account" }).waitFor();
  expect(page.url()).not.toContain(new URL(link).hash);
  await takePicture(page, "access-create-admin");
  await page.getByLabel("Name", { exact: true }).fill("mira");
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Create the account" }).click();
  await page.getByText("At least 12 characters").nth(1).waitFor();
  await page.getByLabel("Password", { exact: true }).fill(adminsPassword);
  await page.getByRole("button", { name: "Create the account" }).click();
  await onTheDashboard(page);
  await page.getByRole("button", { name: "Account: mira, admin" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("The link was used").waitFor();
  expect(complaints.filter((each) => !/status of (400|401)/.test(each))).toEqual([]);
  await context.close();
}, 120_000);

test("a wrong password, an unknown name: the same words; the right one leads to where one wanted, and not to another site", async () => {
  const { page, context } = await openSignIn(browser, daemon, looks[0], "/opportunities?q=1");
  await signIn(page, "mira", "not the password");
  const refusal = page.locator(".refusal", { hasText: "wrong" });
  await refusal.waitFor();
  const words = await refusal.innerText();
  await signIn(page, "noname", "not the password");
  await page.locator(".form[aria-busy=false]").waitFor();
  await refusal.waitFor();
  expect(await refusal.innerText()).toBe(words);
  await signIn(page, "mira", adminsPassword);
  await page.waitForURL("**/opportunities?q=1");
  await page.locator(".top .state.live").waitFor();
  await context.close();
  const lured = await openSignIn(browser, daemon, looks[0], `/signin?next=${encodeURIComponent("//evil.example/")}`);
  await signIn(lured.page, "mira", adminsPassword);
  await onTheDashboard(lured.page);
  await lured.context.close();
}, 120_000);

test("nothing of the desk is shown or loaded before one has signed in", async () => {
  const requested: string[] = [];
  const { page, context } = await openSignIn(browser, daemon, looks[0], "/signin");
  page.on("request", (request) => requested.push(new URL(request.url()).pathname));
  await page.goto(`${daemon.url}/dashboard`);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await page.locator(".app, .desk, .panel").count()).toBe(0);
  expect(requested.filter((path) => path.startsWith("/api/") && path !== "/api/auth/options")).toEqual([]);
  const bytes = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter(({ name }) => name.endsWith(".js"))
      .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).decodedBodySize, 0),
  );
  expect(bytes).toBeLessThan(60_000);
  await context.close();
}, 60_000);

for (const screen of widths) {
  test(`${screen.name}: the sign-in page is sound, for password managers too`, async () => {
    const { page, context, complaints } = await openSignIn(browser, daemon, screen.looks[0]);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("username");
    expect(
      await page.locator("input").evaluateAll((inputs) => inputs.map((input) => input.getAttribute("autocomplete"))),
    ).toEqual(["username", "current-password"]);
    // Before a picture: for that the browser's driver hides the caret by a style of its own.
    expect(await page.locator("[style]").count()).toBe(0);
    expect(await faultsOnEachScreen(page, screen, "access-signin")).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  }, 60_000);
}

test("the identity provider has its button; where it does not answer, that is said", async () => {
  await using guarded = await startGuardedDaemon({
    config: `import { defineConfig, file } from "virtuoso";
export default defineConfig({ auth: { oidc: { issuer: "http://127.0.0.1:9", clientId: "desk", clientSecret: file("FOLDER/secret"), roles: { staff: "viewer" }, label: "Sign in with Company" } } });`,
    before: (folder) => writeFileSync(join(folder, "secret"), "a secret without a use", { mode: 0o600 }),
  });
  await guarded.addUser("mira", "admin");
  const { page, context } = await openSignIn(browser, guarded, looks[0], "/opportunities");
  await page.getByRole("link", { name: "Sign in with Company" }).click();
  await page.getByText("The identity provider does not answer").waitFor();
  await takePicture(page, "access-provider");
  expect(await accessibilityFaults(page)).toEqual([]);
  await context.close();
}, 120_000);
