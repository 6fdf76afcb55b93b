import { minuteMs } from "../../../src/core/duration";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { generate } from "otplib";
import type { Browser } from "playwright-core";
import { bearer, startGuardedDaemon, type GuardedDaemon } from "../../support/access";
import { launchBrowser } from "../../support/browser";
import { until } from "../../support/daemon";
import { accessibilityFaults, faultsOnEachScreen, looks, takePicture } from "../looks";
import { widths } from "../layout/widths";
import { onTheDashboard, openSignIn, signIn, signedInPage } from "./signed-in";

let browser: Browser;
let daemon: GuardedDaemon;
let aheadMs = 0;
const now = () => Date.now() + aheadMs;

beforeAll(async () => {
  browser = await launchBrowser();
  daemon = await startGuardedDaemon({ now });
  for (const [name, role] of [
    ["mira", "admin"],
    ["vera", "viewer"],
    ["tom", "trader"],
    ["nils", "analyst"],
  ] as const)
    await daemon.addUser(name, role);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await daemon[Symbol.asyncDispose]();
});

const codeOf = (secret: string) => generate({ secret, epoch: Math.floor(now() / 1000) });

test("a second factor: set with the code of now, needed at the next sign-in, replaced once by a recovery code, removed", async () => {
  const { page, context } = await signedInPage(browser, daemon, "tom", looks[0], "/account");
  const block = page.getByRole("region", { name: "Second factor" });
  await block.getByLabel("Password", { exact: true }).fill(daemon.password);
  await block.getByRole("button", { name: "Set it up" }).click();
  await block.getByRole("img", { name: "QR code" }).waitFor();
  await takePicture(page, "access-enrolment");
  expect(await accessibilityFaults(page)).toEqual([]);
  const secret = (await block.locator(".secret").innerText()).replaceAll(" ", "");
  await block.getByLabel("Code", { exact: true }).fill("000000");
  await block.getByRole("button", { name: "Confirm" }).click();
  await block.getByText("The code is wrong or too old").waitFor();
  await block.getByLabel("Code", { exact: true }).fill(await codeOf(secret));
  await block.getByRole("button", { name: "Confirm" }).click();
  const codes = (await block.locator("pre").innerText()).split("\n");
  expect(codes.length).toBe(10);
  await takePicture(page, "access-recovery-codes");
  expect(await accessibilityFaults(page)).toEqual([]);
  await block.getByRole("button", { name: "I have kept it" }).click();
  await block.getByText("10 recovery codes are left").waitFor();
  expect(await page.content()).not.toContain(codes[0] ?? "-");
  await page.getByRole("button", { name: "Account: tom" }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();

  // A code is good once: the next one comes half a minute later.
  aheadMs += minuteMs;
  await signIn(page, "tom", daemon.password);
  const code = page.getByLabel("Code", { exact: true });
  await code.waitFor();
  expect(await code.getAttribute("autocomplete")).toBe("one-time-code");
  expect(await code.evaluate((input) => input === document.activeElement)).toBe(true);
  await takePicture(page, "access-code");
  expect(await accessibilityFaults(page)).toEqual([]);
  await code.fill(await codeOf(secret));
  await page.getByRole("button", { name: "Sign in" }).click();
  await onTheDashboard(page);
  await page.getByRole("button", { name: "Account: tom" }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();

  await signIn(page, "tom", daemon.password);
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await page.getByLabel("Recovery code").fill(codes[3] ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  await onTheDashboard(page);
  await page.goto(`${daemon.url}/account`);
  await page.getByText(/^see the desk, /).waitFor();
  await block.getByText("9 recovery codes are left").waitFor();
  await block.getByLabel("Password", { exact: true }).fill(daemon.password);
  await block.getByRole("button", { name: "Remove it" }).click();
  await block.getByText("Not set.").waitFor();
  await context.close();
}, 120_000);

test("a session ended from one browser ends in the other, by itself", async () => {
  const here = await signedInPage(browser, daemon, "nils", looks[0], "/account");
  const there = await signedInPage(browser, daemon, "nils", looks[2]);
  await here.page.reload();
  const sessions = here.page.getByRole("region", { name: "Sessions" });
  await sessions
    .getByText("Chrome on Android")
    .or(sessions.locator("li", { hasNotText: "this one" }))
    .first()
    .waitFor();
  await sessions.locator("li", { hasNotText: "this one" }).getByRole("button", { name: "End" }).click();
  await sessions.getByRole("button", { name: /^Yes, end/ }).click();
  await there.page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await there.page.locator(".panel").count()).toBe(0);
  await here.page.locator(".top .state.live").waitFor();
  await here.context.close();
  await there.context.close();
}, 120_000);

test("a sign-out in one tab is one in every tab", async () => {
  const { page, context } = await signedInPage(browser, daemon, "nils", looks[0]);
  const other = await context.newPage();
  await other.goto(`${daemon.url}/account`);
  await other.locator(".top .state.live").waitFor();
  await page.getByRole("button", { name: "Account: nils" }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await other.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(new URL(other.url()).searchParams.get("next")).toBe("/account");
  await context.close();
}, 120_000);

test("after the access token ran out a page goes on, and so does a new tab", async () => {
  const { page, context } = await signedInPage(browser, daemon, "nils", looks[0], "/account");
  await page.getByRole("region", { name: "Sessions" }).getByText("this one").waitFor();
  aheadMs += 16 * minuteMs;
  // What the browser knows when its machine has slept; the daemon's clock alone can be moved here.
  await page.evaluate(() => localStorage.setItem("virtuoso.signed-in-until", "1"));
  const renewed = page.waitForResponse((answer) => answer.url().endsWith("/api/auth/refresh") && answer.ok());
  await page.getByRole("link", { name: "Virtuoso, to the desk" }).click();
  await renewed;
  await onTheDashboard(page);
  await page.locator("section.signals").waitFor();
  aheadMs += 16 * minuteMs;
  const later = await context.newPage();
  await later.goto(`${daemon.url}/account`);
  await later.waitForURL("**/account");
  await later.getByRole("region", { name: "Sessions" }).getByText("this one").waitFor();
  await page.locator(".top .state.live").waitFor();
  await context.close();
}, 120_000);

test("a page without input warns of its end, stays after input, and ends", async () => {
  const { page, context } = await signedInPage(browser, daemon, "nils", looks[0]);
  const notice = page.getByText("you will be signed out");
  const idleFor = (minutes: number) =>
    page.evaluate((ago) => {
      localStorage.setItem("virtuoso.last-input", String(Date.now() - ago));
      document.dispatchEvent(new Event("visibilitychange"));
    }, minutes * minuteMs);
  await page.mouse.move(10, 10);
  expect(await notice.count()).toBe(0);
  await idleFor(24 * 60 - 3);
  await notice.waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  // Events of scripts are no input.
  await page.evaluate(() => document.dispatchEvent(new KeyboardEvent("keydown", { key: "x", bubbles: true })));
  expect(await notice.count()).toBe(1);
  await page.mouse.move(50, 50);
  await page.mouse.move(90, 90);
  await notice.waitFor({ state: "detached" });
  await idleFor(24 * 60);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await page.locator(".panel").count()).toBe(0);
  await context.close();
}, 120_000);

test("a board on the wall that a proxy gives a token stays, with no session to end", async () => {
  const { page, context } = await openSignIn(browser, daemon, looks[0]);
  await context.setExtraHTTPHeaders(bearer(await daemon.token("wall", "viewer")).headers);
  const requested: string[] = [];
  page.on("request", (request) => requested.push(new URL(request.url()).pathname));
  await page.goto(`${daemon.url}/dashboard`);
  await page.getByRole("button", { name: "Account: token wall, viewer" }).waitFor();
  await page.locator("section.signals").waitFor();
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  expect(requested).not.toContain("/api/auth/refresh");
  expect(new URL(page.url()).pathname).toBe("/dashboard");
  await context.close();
}, 120_000);

test("a token is shown once, lets a program in, and when revoked no longer", async () => {
  const { page, context } = await signedInPage(browser, daemon, "vera", looks[0], "/account");
  const block = page.getByRole("region", { name: "API tokens" });
  await block.getByText("No token has been made").waitFor();
  expect(await block.getByLabel("Role").locator("option").allInnerTexts()).toEqual(["viewer: looks only"]);
  await block.getByLabel("Token name").fill("wall screen");
  await block.getByRole("button", { name: "Make a token" }).click();
  const token = await block.locator("pre").innerText();
  await takePicture(page, "access-token");
  const overview = () => fetch(`${daemon.url}/api/dashboard/overview`, bearer(token));
  expect((await overview()).status).toBe(200);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await block.getByRole("button", { name: "Copy" }).click();
  await block.getByText("Copied.").waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token);
  await block.getByRole("button", { name: "I have kept it" }).click();
  await page.reload();
  await block.getByText("used").waitFor();
  expect(await page.content()).not.toContain(token);
  await block.getByRole("button", { name: "Revoke token wall screen" }).click();
  await block.getByRole("button", { name: /^Yes, revoke/ }).click();
  await block.getByText("No token has been made").waitFor();
  await until("the end of the token", async () => (await overview()).status === 401);
  await context.close();
}, 120_000);

test("a new password signs one out elsewhere, a weak one is refused with its reason", async () => {
  await daemon.addUser("rolf", "viewer");
  const here = await signedInPage(browser, daemon, "rolf", looks[0], "/account");
  const there = await signedInPage(browser, daemon, "rolf", looks[0]);
  const block = here.page.getByRole("region", { name: "Password", exact: true });
  await block.getByLabel("Current password", { exact: true }).fill(daemon.password);
  await block.getByLabel("New password", { exact: true }).fill("qwertyuiop12");
  await block.getByRole("button", { name: "Change the password" }).click();
  await block.locator(".wrong").waitFor();
  await block.getByLabel("New password", { exact: true }).fill("seven quiet herons at noon");
  await block.getByRole("button", { name: "Change the password" }).click();
  await block.getByText("Changed.").waitFor();
  await there.page.getByRole("heading", { name: "Sign in" }).waitFor();
  await signIn(there.page, "rolf", "seven quiet herons at noon");
  await onTheDashboard(there.page);
  await here.context.close();
  await there.context.close();
}, 120_000);

test("where every account needs a second factor, one without is led to setting it, and on to the desk", async () => {
  await using strict = await startGuardedDaemon({ now, config: `export default { auth: { totp: "required" } };` });
  await strict.addUser("vera", "viewer");
  const { page, context } = await openSignIn(browser, strict, looks[0], "/dashboard");
  await signIn(page, "vera", strict.password);
  await page.waitForURL("**/account");
  await page.getByText("Every account needs a second factor here").waitFor();
  const block = page.getByRole("region", { name: "Second factor" });
  await block.getByLabel("Password", { exact: true }).fill(strict.password);
  await block.getByRole("button", { name: "Set it up" }).click();
  await block
    .getByLabel("Code", { exact: true })
    .fill(await codeOf((await block.locator(".secret").innerText()).replaceAll(" ", "")));
  await block.getByRole("button", { name: "Confirm" }).click();
  await block.getByRole("button", { name: "I have kept it" }).click();
  await page.getByRole("link", { name: "Virtuoso, to the desk" }).click();
  await onTheDashboard(page);
  await context.close();
}, 120_000);

test("the owner's link signs in where there are accounts, once it is pressed; by keyboard alone so does a password", async () => {
  const { page, context } = await openSignIn(browser, daemon, looks[0]);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.keyboard.type("nils");
  await page.keyboard.press("Tab");
  await page.keyboard.type(daemon.password);
  await page.keyboard.press("Enter");
  await onTheDashboard(page);
  await context.close();
  const owner = await openSignIn(
    browser,
    daemon,
    looks[0],
    new URL(daemon.daemon.createLink()).pathname + new URL(daemon.daemon.createLink()).hash,
  );
  await owner.page.getByRole("button", { name: "Sign in" }).click();
  await onTheDashboard(owner.page);
  await owner.page.goto(`${daemon.url}/account`);
  await owner.page.getByText("as the owner of the machine").waitFor();
  await owner.context.close();
}, 120_000);

test("a viewer is offered no page of users, sees 403 there, and is answered 403", async () => {
  const { page, context } = await signedInPage(browser, daemon, "vera", looks[0]);
  await page.getByRole("button", { name: "Account: vera" }).click();
  expect(await page.locator(".account .sheet a").allInnerTexts()).not.toContain("Users");
  for (const path of ["users", "audit"]) {
    await page.goto(`${daemon.url}/${path}`);
    await page.getByText("403").waitFor();
    expect(await page.evaluate(async (name) => (await fetch(`/api/${name}`)).status, path)).toBe(403);
  }
  await context.close();
}, 120_000);

test("an admin adds a user, changes the role at once, sets a password, unlocks and removes", async () => {
  const { page, context } = await signedInPage(browser, daemon, "mira", looks[0], "/users");
  const add = page.getByRole("region", { name: "Add a user" });
  await add.getByLabel("Name", { exact: true }).fill("Olga");
  await add.getByLabel("First password", { exact: true }).fill("short");
  await add.getByRole("button", { name: "Add", exact: true }).click();
  await add.locator(".wrong").waitFor();
  await add.getByLabel("First password", { exact: true }).fill(daemon.password);
  await add.getByRole("button", { name: "Add", exact: true }).click();
  await add.getByText("olga may sign in now").waitFor();
  const olga = page.locator(".rows > li", { hasText: "olga" });
  const hers = await signedInPage(browser, daemon, "olga", looks[0]);
  await olga.getByRole("button", { name: "Manage olga" }).click();
  await olga.getByLabel("Role").selectOption("trader");
  await olga.getByText("olga is trader now").waitFor();
  await hers.page.getByRole("button", { name: "Account: olga, trader" }).waitFor();
  await takePicture(page, "access-manage");
  expect(await accessibilityFaults(page)).toEqual([]);
  for (let tries = 0; tries < 6; tries++)
    await daemon.post("/api/auth/login", { username: "olga", password: "wrong wrong wrong" });
  await page.reload();
  await olga.getByText("locked out").waitFor();
  await olga.getByRole("button", { name: "Manage olga" }).click();
  await olga.getByRole("button", { name: "Unlock olga" }).click();
  await olga.getByText("locked out").waitFor({ state: "detached" });
  expect((await daemon.post("/api/auth/login", { username: "olga", password: daemon.password })).status).toBe(200);
  await olga.getByRole("button", { name: "Remove the account olga" }).click();
  await olga.getByRole("button", { name: /^Yes, remove the account/ }).click();
  await olga.waitFor({ state: "detached" });
  await hers.page.getByRole("heading", { name: "Sign in" }).waitFor();
  await context.close();
  await hers.context.close();
}, 120_000);

for (const screen of widths) {
  test(`${screen.name}: the pages about access are sound`, async () => {
    const { page, context, complaints } = await signedInPage(browser, daemon, "mira", screen.looks[0]);
    for (const [path, landmark] of [
      ["account", "Sessions"],
      ["users", "Users"],
      ["audit", "Audit"],
    ] as const) {
      await page.goto(`${daemon.url}/${path}`);
      await page.getByRole("region", { name: landmark, exact: true }).locator("li").first().waitFor();
      await page.locator(".top .state.live").waitFor();
      expect(await page.locator("main [style]").count()).toBe(0);
      expect(await faultsOnEachScreen(page, screen, `access-${path}`)).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);
}
