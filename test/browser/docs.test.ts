import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Browser } from "playwright-core";
import { problems } from "../../src/api/problems";
import { limitsOf, typeText } from "../../ui/docs/schema-text";
import { launchBrowser } from "../support/browser";
import { startTestDaemon, until, type TestDaemon } from "../support/daemon";
import { accessibilityFaults, eachOnce, looks, openPage, sidewaysScroll, takePicture } from "./looks";

let browser: Browser;
let daemon: TestDaemon;

beforeAll(async () => {
  browser = await launchBrowser();
  daemon = await startTestDaemon();
}, 60_000);
afterAll(async () => {
  await browser.close();
  await daemon[Symbol.asyncDispose]();
});

for (const look of eachOnce) {
  test(`${look.name}: every route, parameter, shape and problem is described, soundly`, async () => {
    const description = await daemon.get<{
      paths: Record<string, Record<string, { parameters?: { name: string }[] }>>;
      components: { schemas: object };
    }>("/api/openapi.json");
    const { page, complaints } = await openPage(browser, look);
    await page.goto(`${daemon.url}/docs`);
    await page.locator("#problems").waitFor();
    const text = await page.locator("main").innerText();
    for (const [path, operations] of Object.entries(description.paths)) {
      for (const [method, { parameters = [] }] of Object.entries(operations)) {
        expect(text).toContain(`${method.toUpperCase()} ${path}`);
        for (const { name } of parameters) expect(text).toContain(name);
      }
    }
    for (const name of Object.keys(description.components.schemas))
      expect(await page.locator(`#shape-${name} dl`).count()).toBeGreaterThan(0);
    for (const code of Object.keys(problems)) expect(text).toContain(code);
    for (const word of ["/api/dashboard/ws", "subscribe", "resume", "resync", "how long ago, such as 30m"])
      expect(text).toContain(word);
    await takePicture(page, `docs-${look.name}`);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await page.locator("[style]").count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);
}

test("a reference leads to its shape, the desk's status line to the page, and all of it comes from the daemon", async () => {
  const { page } = await openPage(browser, looks[0]);
  const hosts = new Set<string>();
  page.on("request", (request) => hosts.add(new URL(request.url()).origin));
  await page.goto(`${daemon.url}/dashboard`);
  await page.locator(".status a").click();
  await page.waitForURL("**/docs");
  await page.locator("main a", { hasText: "Signal" }).first().click();
  expect(new URL(page.url()).hash).toBe("#shape-Signal");
  expect([...hosts]).toEqual([new URL(daemon.url).origin]);
  // The last of its pieces that are drawn.
  await page.goto(`${daemon.url}/docs#word-strength`);
  await until("the word in sight", () =>
    page.evaluate(() => {
      const top = document.getElementById("word-strength")?.getBoundingClientRect().top ?? -1;
      return top > 0 && top < innerHeight;
    }),
  );
  await page.context().close();
});

test.each([
  [{ type: "integer", minimum: 1, maximum: 60, unit: "minutes" }, "integer: 1 to 60 minutes"],
  [{ type: "integer", minimum: -9007199254740991, maximum: 9007199254740991 }, "integer: "],
  [{ type: "string", enum: ["low", "high"] }, "string: low | high"],
  [{ type: "string", format: "date-time", pattern: "x" }, "string: date-time"],
  [{ type: ["string", "null"], maxLength: 40 }, "string or null: at most 40 characters"],
  [{}, "anything: "],
])("%j reads %p", (schema, text) => expect(`${typeText(schema)}: ${limitsOf(schema).join(", ")}`).toBe(text));
