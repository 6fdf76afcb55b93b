import { afterAll, beforeAll, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { startGuardedDaemon, type GuardedDaemon } from "../support/access";
import { launchBrowser } from "../support/browser";
import { startTestDaemon, until, type TestDaemon } from "../support/daemon";
import { signedInPage } from "./access/signed-in";
import { anAlert, secondsAgo, startScriptedDaemon } from "./scripted-daemon";
import { faultsOnEachScreen, looks, screens, timeoutMs, type Look } from "./looks";

let browser: Browser;
let daemon: GuardedDaemon;

beforeAll(async () => {
  browser = await launchBrowser();
  daemon = await startGuardedDaemon();
  await daemon.addUser("mira", "trader");
  await daemon.addUser("vera", "viewer");
}, 60_000);
afterAll(async () => {
  await browser.close();
  await daemon[Symbol.asyncDispose]();
});

const raise = (symbol: string, side: "BUY" | "SELL" = "BUY", to: TestDaemon = daemon) =>
  to.drop(`${symbol}-${side}.json`, {
    symbol,
    signal_type: side,
    confluence_score: side === "BUY" ? 90 : 10,
    reliability: 0.95,
    price: 60.5,
    timestamp: Date.now(),
  });

const open = (name: string, path = "/dashboard", look: Look = looks[0]) =>
  signedInPage(browser, daemon, name, look, path);
const rowOf = (page: Page, symbol: string) => page.locator("section.alerts .row", { hasText: symbol });
const focusRow = (page: Page, symbol: string) => rowOf(page, symbol).locator(".opens").focus();

test("by key on one page, by button on another: each sees at once who has an alert", async () => {
  raise("SOLUSDT");
  const desk = await open("mira");
  const list = await open("mira", "/alerts");
  await rowOf(list.page, "SOLUSDT").waitFor();
  await focusRow(desk.page, "SOLUSDT");
  await desk.page.keyboard.press("a");
  await rowOf(list.page, "SOLUSDT").getByText("mira has it").waitFor();
  await rowOf(desk.page, "SOLUSDT").getByText("mira has it").waitFor();
  await desk.page.getByText(/^Acknowledged: mira has it until/).waitFor();

  await list.page.keyboard.press("j");
  await list.page.keyboard.press("Enter");
  await list.page.getByText(/^mira has it since .+, until .+\.$/).waitFor();
  await list.page.locator(".acts-bar").getByRole("button", { name: "Give back" }).click();
  await list.page.getByText("no one has it.").waitFor();
  await until(
    "given back on the desk",
    async () => (await desk.page.getByText("mira has it", { exact: true }).count()) === 0,
  );

  await list.page.getByRole("button", { name: "Skipped" }).click();
  await list.page.locator("[aria-pressed=true]", { hasText: "Skipped" }).waitFor();
  await list.page.getByRole("textbox", { name: "Note" }).fill("waiting for the US open");
  // A letter in a field is a letter.
  await list.page.getByRole("textbox", { name: "Note" }).press("a");
  await list.page.getByRole("button", { name: "Add" }).click();
  await list.page.locator(".acts-done q", { hasText: "waiting for the US opena" }).waitFor();
  expect(await list.page.locator(".acts-done li").allInnerTexts()).toEqual([
    expect.stringContaining("mira acknowledged it, until"),
    expect.stringContaining("mira gave it back"),
    expect.stringContaining("mira said: skipped"),
    expect.stringContaining("mira noted: waiting for the US opena"),
  ]);
  // Once more by key, with the dialog open over the list.
  await list.page.locator(".details-sheet .content").focus();
  await list.page.keyboard.press("a");
  await rowOf(desk.page, "SOLUSDT").getByText("mira has it").waitFor();
  expect([...desk.complaints, ...list.complaints]).toEqual([]);
  await desk.context.close();
  await list.context.close();
}, 90_000);

test("what the daemon refuses changes nothing, and is said with its reason", async () => {
  raise("AVAXUSDT");
  const { page, context } = await open("mira");
  await page.route("**/acknowledge", (route) =>
    route.fulfill({
      status: 409,
      contentType: "application/problem+json",
      json: { title: "The alert has ended", code: "alert-ended" },
    }),
  );
  await rowOf(page, "AVAXUSDT").hover();
  await rowOf(page, "AVAXUSDT")
    .getByRole("button", { name: /^Acknowledge/ })
    .click();
  await page.getByText("Not acknowledged: The alert has ended.").waitFor();
  expect(await rowOf(page, "AVAXUSDT").getByText("mira has it").count()).toBe(0);
  await context.close();
}, 60_000);

test("who may only look sees who has it, no buttons, and from the keys why", async () => {
  raise("ETHUSDT");
  const { page, context, complaints } = await open("vera", "/alerts");
  await rowOf(page, "ETHUSDT").waitFor();
  expect(await page.locator("[data-act]").count()).toBe(0);
  await focusRow(page, "ETHUSDT");
  await page.keyboard.press("a");
  await page.getByText("Acts on alerts are not among what this account may do.").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("no one has it.").waitFor();
  expect(await page.locator("[data-act], .acts-bar, .standing button, .note-line").count()).toBe(0);
  expect(complaints).toEqual([]);
  await context.close();
}, 60_000);

test("what fires is resolved on the second press, and the focus stays in its details", async () => {
  await using firing = await startTestDaemon();
  const startsAt = new Date().toISOString();
  const labels = { alertname: "EngineSilent", severity: "critical" };
  await fetch(`${firing.url}/api/ingest/alertmanager`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      version: "4",
      status: "firing",
      alerts: [{ status: "firing", labels, annotations: { summary: "Engine silent" }, startsAt }],
    }),
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(timeoutMs);
  await page.goto(`${firing.url}/alerts`);
  await rowOf(page, "Engine silent").locator(".opens").click();
  await page.getByRole("button", { name: /^Resolve/ }).click();
  await page.getByText(/^Firing for/).waitFor();
  await page.getByRole("button", { name: /^Yes, resolve/ }).click();
  await page.getByText("It has ended: resolved.").waitFor();
  await until("the focus in the details", () =>
    page.evaluate(() => document.activeElement?.matches(".details-sheet .content") === true),
  );
  // No one needs to have it any more, but it can still be muted.
  await page.keyboard.press("a");
  await page.getByText("This alert has ended: no one needs to have it.").waitFor();
  await page.keyboard.press("m");
  await page.locator(".mute-sheet").waitFor();
  expect(await page.getByText("until it resolves").count()).toBe(0);
  await page.close();
}, 60_000);

test("a mute says what it would have hidden, holds once it is made, and ends by hand", async () => {
  const { page, context, complaints } = await open("mira", "/alerts");
  const other = await open("vera", "/alerts");
  await focusRow(page, "SOLUSDT");
  await page.keyboard.press("m");
  const dialog = page.locator(".mute-sheet");
  await dialog.getByText("Would have hidden 0 in 7 days, 0 high.").waitFor();
  await dialog.getByText("1 high would still have come through.").waitFor();
  await page.keyboard.press("Escape");
  const focused = () => page.evaluate(() => document.activeElement?.closest(".row")?.textContent);
  await until("the focus back in its row", async () => (await focused())?.includes("SOLUSDT") === true);
  expect(await page.locator("dialog").count()).toBe(0);

  await page.keyboard.press("Enter");
  await page.locator(".acts-bar").waitFor();
  await page.keyboard.press("m");
  await dialog.getByLabel("hide high too").check();
  await dialog.getByText("Would have hidden 1 in 7 days, 1 high.").waitFor();
  await dialog.getByLabel("Why").fill("known since noon");
  await page.route("**/api/silences", (route) => route.fulfill({ status: 503, json: {} }), { times: 1 });
  await dialog.getByRole("button", { name: "Mute for 2 h" }).click();
  await dialog.getByText("Not muted: The daemon answered 503.").waitFor();
  expect(await page.locator(".silences").count()).toBe(0);
  await dialog.getByRole("button", { name: "Mute for 2 h" }).click();
  await page.getByText(/^Muted: symbol=SOLUSDT, until .+ UTC\.$/).waitFor();
  expect(await page.locator("dialog").count()).toBe(1);
  await page.keyboard.press("Escape");
  await other.page.getByText(/^1 silence active, it ends in .+/).click();
  await other.page.locator(".silences q", { hasText: "known since noon" }).waitFor();
  expect(await other.page.locator(".silences button").count()).toBe(0);

  raise("SOLUSDT", "SELL");
  await other.page.getByText("hid 1, 1 high").waitFor();
  await other.page.goto(`${daemon.url}/held-back`);
  await other.page.locator("tr.row", { hasText: "SOLUSDT" }).getByText("silenced by mira: known since noon").waitFor();

  await page.getByText("1 silence active").click();
  await page.getByRole("button", { name: "End now symbol=SOLUSDT" }).click();
  await page.getByRole("button", { name: "Yes, end now" }).click();
  await until("no silence", async () => (await page.locator(".silences").count()) === 0);
  expect(complaints.filter((complaint) => !complaint.includes("503"))).toEqual([]);
  await context.close();
  await other.context.close();
}, 90_000);

test("a mute stays inside a window in which it fits neither under its button nor above", async () => {
  const low = { ...looks[0], width: 1024, height: 560 };
  const { page, context } = await open("mira", "/alerts", low);
  await rowOf(page, "SOLUSDT").waitFor();
  await focusRow(page, "SOLUSDT");
  await page.keyboard.press("m");
  const box = await page.getByRole("button", { name: "Mute for 2 h" }).boundingBox();
  expect(box).not.toBeNull();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(low.height);
  await context.close();
}, 60_000);

test("an alert says to which channels it was sent, and what waits, as it happens", async () => {
  let busy = true;
  using hook = Bun.serve({ port: 0, fetch: () => new Response(null, { status: busy ? 503 : 204 }) });
  await using sending = await startTestDaemon({
    before: (folder) => writeFileSync(join(folder, "secret"), `whsec_${Buffer.alloc(32, 7).toString("base64")}`),
    config: `import { defineConfig, file, webhook } from "${join(import.meta.dir, "../../src/config.ts")}";
      export default defineConfig({
        channels: [webhook({ name: "hook", url: "http://127.0.0.1:${hook.port}", secret: file("FOLDER/secret") })],
      });`,
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(timeoutMs);
  raise("SOLUSDT", "BUY", sending);
  await page.goto(`${sending.url}/alerts`);
  await rowOf(page, "SOLUSDT").locator(".opens").click();
  const line = page.locator(".details-sheet .steps li", { hasText: "hook" });
  await line.getByText(/after \d+ (try|tries): HTTP 503/).waitFor();
  await page.getByText("0 of 1 got it").waitFor();
  busy = false;
  await line.getByText(/^accepted .+, at try \d+$/).waitFor();
  await page.getByText("1 of 1 got it").waitFor();
  await page.close();
}, 60_000);

test("a row far down a list changes in its place, though only the list's top is read again", async () => {
  const scripted = startScriptedDaemon();
  const page = await browser.newPage();
  const alerts = Array.from({ length: 101 }, (_, n) =>
    anAlert({ id: `a${1000 - n}`, symbol: `S${n}USDT`, message: `S${n}USDT rose`, timestamp: secondsAgo(n) }),
  );
  scripted.change({
    answers: {
      "/api/alerts": (query) =>
        query.get("cursor") === null
          ? { items: alerts.slice(0, 100), next_cursor: "next" }
          : { items: alerts.slice(100), next_cursor: null },
    },
  });
  await page.goto(new URL("/alerts", scripted.url).href);
  await rowOf(page, "S0USDT").waitFor();
  await page.locator(".alerts .body").evaluate((body) => body.scrollTo(0, body.scrollHeight));
  await rowOf(page, "S99USDT").waitFor();
  await until("the last row", async () => {
    await page.locator(".alerts .body").evaluate((body) => body.scrollTo(0, body.scrollHeight));
    return (await rowOf(page, "S100USDT").count()) === 1;
  });
  const acknowledged = { by: "mira", at: secondsAgo(1), until: secondsAgo(-14_400), note: null };
  const alert = anAlert({ ...alerts[100], state: "acknowledged", acknowledged });
  scripted.send({ type: "alert_changed", seq: 101, alert });
  await rowOf(page, "S100USDT").getByText("mira has it").waitFor();
  await page.close();
  await scripted.stop();
}, 60_000);

for (const screen of screens)
  test(`an alert with its acts, ${screen.name}`, async () => {
    const { page, context, complaints } = await open("mira", "/alerts", screen.looks[0]);
    await rowOf(page, "SOLUSDT").waitFor();
    const list = await faultsOnEachScreen(page, screen, "alerts-with-acts");
    await focusRow(page, "SOLUSDT");
    await page.keyboard.press("Enter");
    await page.locator(".acts-bar").waitFor();
    const alert = await faultsOnEachScreen(page, screen, "alert-with-acts");
    await page.keyboard.press("m");
    await page.locator(".mute-sheet .hides b").waitFor();
    expect([...list, ...alert, ...(await faultsOnEachScreen(page, screen, "mute"))]).toEqual([]);
    expect(await page.locator("[style]").count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  }, 60_000);
