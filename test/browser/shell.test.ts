import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Browser, Page, WebSocket as PageSocket } from "playwright-core";
import { defaultTunables } from "../../src/core/tunables";
import { settingsSchema } from "../../src/settings";
import { launchBrowser } from "../support/browser";
import { startTestDaemon, until, type TestDaemon } from "../support/daemon";
import { aSignal, anAlert, anOverview, secondsAgo, startScriptedDaemon } from "./scripted-daemon";

let browser: Browser;
let daemon: TestDaemon;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await launchBrowser();
  daemon = await startTestDaemon();
}, 60_000);
afterAll(async () => {
  await browser.close();
  await daemon[Symbol.asyncDispose]();
});
beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
});
afterEach(async () => {
  await page.context().close();
  expect(complaints).toEqual([]);
});

async function open(url = `${daemon.url}/dashboard`): Promise<void> {
  await page.goto(url);
  await page.locator(".top .state.live").waitFor();
  await page.locator("section.signals").waitFor();
}

const places = () =>
  page
    .locator(".place")
    .evaluateAll((all) =>
      Object.fromEntries(
        all.map((place) => [
          place.querySelector("section")?.className.split(" ")[1] ?? "",
          ["x", "y", "w", "h"].map((side) => Number((place as HTMLElement).dataset[side])),
        ]),
      ),
    );

test("a panel is moved by pointer and resized by keyboard, the others make room, and all of it is there after a reload", async () => {
  await open();
  const before = await places();
  const grip = page.locator("section.market .grip");
  const from = await grip.boundingBox();
  const to = await page.locator("section.signals").boundingBox();
  if (from === null || to === null) throw new Error("the desk is not drawn");
  await page.mouse.move(from.x + 8, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(to.x + 20, to.y + 20, { steps: 8 });
  await page.mouse.up();
  await until(
    "the market in the corner",
    async () => JSON.stringify((await places())["market"]?.slice(0, 2)) === "[0,0]",
  );
  await page.locator("section.market .grip").focus();
  await page.keyboard.press("Shift+ArrowRight");
  const width = (before["market"]?.[2] ?? 0) + 1;
  await until("a wider market", async () => (await places())["market"]?.[2] === width);
  const now = await places();
  await until("the layout kept", async () =>
    JSON.stringify((await daemon.get<{ layout: object }>("/api/preferences")).layout).includes(`"w":${width}`),
  );
  await page.reload();
  await page.locator("section.market").waitFor();
  await until("the layout again", async () => JSON.stringify(await places()) === JSON.stringify(now));
  await page.getByRole("button", { name: "Layout of the desk" }).click();
  await page.getByRole("checkbox", { name: "Recent Alerts" }).uncheck();
  await until("no alerts panel", async () => (await page.locator("section.alerts").count()) === 0);
  await page.getByRole("button", { name: "Reset the layout" }).click();
  await until("as it came", async () => JSON.stringify(await places()) === JSON.stringify(before));
  expect(await page.locator("main [style]").count()).toBe(0);
}, 90_000);

test("the drawer judges as one types, shows what a change would do, saves only what changed, and says where someone else saved first", async () => {
  await open();
  await page.locator(".top").getByRole("button", { name: "Configuration" }).click();
  const cooldown = page.getByLabel("Alert cooldown", { exact: true });
  await cooldown.fill("1500");
  await page.getByText("Too large: 1440 at most.").waitFor();
  expect(await page.getByRole("button", { name: /^Save/ }).isDisabled()).toBe(true);
  await cooldown.fill("30");
  await page.locator(".what-if .big").waitFor();
  await fetch(`${daemon.url}/api/dashboard/config`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ signals: { min_score: 70 } }),
  });
  const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/config"));
  await until(
    "what someone else set",
    async () => (await page.getByLabel("Min score", { exact: true }).inputValue()) === "70",
  );
  await page.getByRole("button", { name: "Save 1 change" }).click();
  expect((await sent).postDataJSON()).toEqual({ monitoring: { alert_cooldown: 30 } });
  await page.getByText("In force from now on").waitFor();
  expect(await page.locator("dialog").count()).toBe(0);
  expect(await daemon.get<object>("/api/dashboard/config")).toMatchObject({
    monitoring: { alert_cooldown: 30 },
    signals: { min_score: 70 },
  });
}, 60_000);

test("a save that came second says so, and nothing is overwritten", async () => {
  const scripted = startScriptedDaemon();
  try {
    scripted.change({
      answers: { "/api/dashboard/config": defaultTunables, "/api/dashboard/config/schema": settingsSchema() },
    });
    await page.route("**/api/dashboard/config", (route) =>
      route.request().method() === "POST"
        ? route.fulfill({ status: 412, json: { code: "changed-meanwhile" } })
        : route.continue(),
    );
    await open(scripted.url);
    await page.locator(".top").getByRole("button", { name: "Configuration" }).click();
    await page.getByRole("button", { name: "Min score: more" }).click();
    await page.getByRole("button", { name: "Save 1 change" }).click();
    await page.getByText("Someone else changed the settings meanwhile").waitFor();
    expect(await page.getByLabel("Min score", { exact: true }).inputValue()).toBe("66");
  } finally {
    await scripted.stop();
  }
}, 60_000);

test("by keyboard alone: a symbol by the palette, pages by letters, rows, the sheet of keys, and the focus comes back", async () => {
  daemon.drop("keys.json", {
    symbol: "SOLUSDT",
    signal_type: "BUY",
    confluence_score: 88,
    reliability: 0.95,
    price: 60.5,
    timestamp: Date.now(),
  });
  await open();
  await page.locator("section.signals tbody tr").first().waitFor();
  await page.keyboard.press("j");
  expect(await page.evaluate(() => document.activeElement?.closest("section")?.className)).toContain("panel");
  await page.locator("section.alerts .grip").focus();
  await page.keyboard.press("Control+k");
  await page.locator(".palette input:focus").waitFor();
  await page.keyboard.type("sol");
  await page.locator("[role=option][aria-selected=true]", { hasText: "SOLUSDT" }).waitFor();
  await page.keyboard.press("Escape");
  await until("the palette closed", async () => (await page.locator("dialog").count()) === 0);
  await until(
    "the focus back where it was",
    async () => (await page.evaluate(() => document.activeElement?.className)) === "grip",
  );
  await page.keyboard.press("?");
  await page.locator(".key-sheet").waitFor();
  for (let n = 0; n < 12; n++) await page.keyboard.press("Tab");
  expect(
    await page.evaluate(
      () => document.activeElement === document.body || document.activeElement?.closest("dialog") !== null,
    ),
  ).toBe(true);
  await page.keyboard.press("Escape");
  await until("the sheet closed", async () => (await page.locator("dialog").count()) === 0);
  await page.keyboard.press("/");
  await page.locator(".palette input:focus").waitFor();
  await page.keyboard.type("solusdt");
  await page.locator("[role=option][aria-selected=true]", { hasText: "SOLUSDT" }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/symbols/SOLUSDT");
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await page.waitForURL("**/dashboard");
  const requested = page.waitForRequest((request) => request.url().includes("/api/dashboard/overview"));
  await page.evaluate(() => {
    document.body.dataset["sameDocument"] = "yes";
  });
  await page.keyboard.press("Control+r");
  await requested;
  expect(await page.evaluate(() => document.body.dataset["sameDocument"])).toBe("yes");
}, 90_000);

test("a word's definition comes by pointer, keyboard and touch, and Escape closes it alone", async () => {
  daemon.drop("words.json", { symbol: "AVAXUSDT", signal_type: "BUY", confluence_score: 90, timestamp: Date.now() });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, hasTouch: true });
  const touched = await context.newPage();
  await touched.goto(`${daemon.url}/dashboard`);
  await touched.locator("section.signals tbody tr", { hasText: "AVAXUSDT" }).locator(".opens").first().click();
  const dialog = touched.getByRole("dialog");
  const word = dialog.locator("[data-term=strength]").first();
  const other = dialog.locator("[data-term=reliability]").first();
  const tip = touched.getByRole("tooltip");
  await word.hover();
  await tip.getByText("How convinced a signal is").waitFor();
  expect(await word.getAttribute("aria-describedby")).toBe(await tip.getAttribute("id"));
  await tip.hover();
  expect(await tip.isVisible()).toBe(true);
  await touched.keyboard.press("Escape");
  await tip.waitFor({ state: "hidden" });
  expect(await dialog.isVisible()).toBe(true);
  await other.focus();
  await tip.getByText("How far a source trusts").waitFor();
  await word.tap();
  await tip.getByText("How convinced a signal is").waitFor();
  await touched.keyboard.press("Escape");
  await tip.waitFor({ state: "hidden" });
  await touched.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await context.close();
});

test("letters typed before the palette is loaded are in it when it comes", async () => {
  await open();
  const loading = Promise.withResolvers<void>();
  await page.route("**/ui/*.js", async (route) => {
    await loading.promise;
    await route.continue();
  });
  const requested = page.waitForRequest("**/ui/*.js");
  await page.keyboard.press("Control+k");
  await requested;
  await page.keyboard.type("quarx");
  await page.keyboard.press("Backspace");
  loading.resolve();
  await page.locator(".palette input:focus").waitFor();
  await page.keyboard.type("antine");
  expect(await page.locator(".palette input").inputValue()).toBe("quarantine");
}, 60_000);

interface Notified {
  permission: string;
  requested: number;
  readonly tones: number[];
  readonly notices: string[];
}

const notified = () => page.evaluate(() => (globalThis as unknown as { notified: Notified }).notified);

test("new alerts make a sound and a notification only where chosen, and the browser is asked for permission only on that click", async () => {
  const scripted = startScriptedDaemon();
  try {
    await page.addInitScript(() => {
      const notified: Notified = { permission: "denied", requested: 0, tones: [], notices: [] };
      class Silent {
        readonly gain = {
          setValueAtTime: () => undefined,
          linearRampToValueAtTime: () => undefined,
          exponentialRampToValueAtTime: () => undefined,
        };
        connect<T>(next: T): T {
          return next;
        }
        start(): void {
          /* makes no sound here */
        }
        stop(): void {
          /* makes no sound here */
        }
      }
      class Tone extends Silent {
        constructor(_audio: unknown, { frequency }: { frequency: number }) {
          super();
          notified.tones.push(frequency);
        }
      }
      class Audio {
        readonly currentTime = 0;
        readonly destination = {};
        resume = () => Promise.resolve();
      }
      class Notice extends EventTarget {
        static get permission() {
          return notified.requested === 0 ? "default" : notified.permission;
        }
        static requestPermission() {
          notified.requested += 1;
          return Promise.resolve(notified.permission);
        }
        constructor(title: string, { body }: { body: string }) {
          super();
          notified.notices.push(`${title}: ${body}`);
        }
      }
      Object.assign(globalThis, {
        notified,
        AudioContext: Audio,
        OscillatorNode: Tone,
        GainNode: Silent,
        Notification: Notice,
      });
    });
    const chosenBefore = page.waitForResponse("**/api/preferences");
    await open(scripted.url);
    await (await chosenBefore).finished();
    const shown = (text: string) => page.locator("section.alerts").getByText(text).first().waitFor();
    scripted.send({ type: "new_alert", seq: 101, alert: anAlert({ id: "a", message: "before anything was chosen" }) });
    await shown("before anything was chosen");
    expect(await notified()).toMatchObject({ requested: 0, tones: [], notices: [] });

    await page
      .locator(".top")
      .getByRole("button", { name: /unread alert/ })
      .click();
    const notify = page.getByLabel("Desktop notification for high alerts");
    await notify.click();
    await page.getByText("does not allow notifications").waitFor();
    expect(await notify.isChecked()).toBe(false);
    await page.evaluate(() => {
      (globalThis as unknown as { notified: Notified }).notified.permission = "granted";
    });
    const kept = page.waitForRequest((request) => request.method() === "PATCH");
    await notify.check();
    await page.getByLabel("Sound for high alerts").check();
    await kept;
    await page.getByRole("button", { name: "Test", exact: true }).click();
    await until("the test", async () => (await notified()).notices.length === 1);
    expect(await notified()).toMatchObject({ requested: 2, tones: [880, 1175] });

    scripted.send({
      type: "new_alert",
      seq: 102,
      alert: anAlert({ id: "b", priority: "medium", message: "of less priority" }),
    });
    await shown("of less priority");
    expect((await notified()).notices).toHaveLength(1);
    scripted.send({
      type: "events",
      items: ["c", "d"].map((id, n) => ({
        type: "new_alert" as const,
        seq: 103 + n,
        alert: anAlert({ id, message: `urgent ${id}` }),
      })),
    });
    await shown("urgent d");
    // A burst is announced once.
    expect(await notified()).toMatchObject({
      tones: [880, 1175, 880, 1175],
      notices: [expect.anything(), "HIGH SIGNAL: urgent c"],
    });
  } finally {
    await scripted.stop();
  }
}, 60_000);

test("without sockets the page polls every ten seconds, and goes back to them by itself", async () => {
  const scripted = startScriptedDaemon();
  try {
    await page.addInitScript(() => {
      const Real = WebSocket;
      // A proxy that lets no socket through.
      (globalThis as { WebSocket: unknown }).WebSocket = new Proxy(Real, {
        construct: (target, [url]) =>
          new target(
            (globalThis as { socketsAllowed?: boolean }).socketsAllowed === true
              ? String(url)
              : String(new URL("/refused", location.href)).replace(/^http/, "ws"),
          ),
      });
      // What takes seconds is ten times faster.
      const wait = globalThis.setTimeout.bind(globalThis);
      (globalThis as { setTimeout: unknown }).setTimeout = (work: () => void, ms = 0) =>
        wait(work, ms >= 2000 ? ms / 10 : ms);
    });
    await page.goto(scripted.url);
    await page.getByText("the page reads the daemon every 10 s instead").waitFor();
    scripted.change({ overview: anOverview({ signals: [aSignal({ symbol: "POLLEDUSDT" })] }) });
    await page.locator("section.signals").getByText("POLLEDUSDT").waitFor();
    expect(await page.locator("section.signals header").innerText()).toContain("newest");
    await page.evaluate(() => {
      (globalThis as { socketsAllowed?: boolean }).socketsAllowed = true;
    });
    await page.locator(".top .state.live").waitFor({ timeout: 60_000 });
    await until("the notice gone", async () => (await page.locator(".notice").count()) === 0);
  } finally {
    await scripted.stop();
  }
}, 120_000);

test("a hidden page draws nothing and catches up when it is looked at", async () => {
  const scripted = startScriptedDaemon();
  try {
    const sockets: PageSocket[] = [];
    page.on("websocket", (socket) => sockets.push(socket));
    await page.addInitScript(() => {
      let hidden = false;
      Object.defineProperty(document, "hidden", { get: () => hidden });
      document.addEventListener("test-hide", (event) => {
        hidden = (event as CustomEvent<boolean>).detail;
        document.dispatchEvent(new Event("visibilitychange"));
      });
    });
    await open(scripted.url);
    await page.evaluate(() => document.dispatchEvent(new CustomEvent("test-hide", { detail: true })));
    const received = new Promise<void>((resolve) =>
      sockets.at(-1)?.on("framereceived", ({ payload }) => {
        if (String(payload).includes("S29USDT")) resolve();
      }),
    );
    for (let n = 0; n < 30; n++)
      scripted.send({ type: "new_signal", seq: 101 + n, signal: aSignal({ id: `s${n}`, symbol: `S${n}USDT` }) });
    await received;
    // What it draws, it draws in the next frame: two later it would be there.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    expect(await page.locator("section.signals tbody tr").count()).toBe(0);
    await page.evaluate(() => document.dispatchEvent(new CustomEvent("test-hide", { detail: false })));
    await page.locator("section.signals").getByText("S29USDT").waitFor();
    expect(await page.locator("section.signals tbody tr").count()).toBe(20);
  } finally {
    await scripted.stop();
  }
}, 60_000);

test("a daemon of another version suggests a reload; what comes after the first visit is unread until it is marked as read", async () => {
  const scripted = startScriptedDaemon();
  try {
    scripted.change({ overview: anOverview({ alerts: [anAlert()] }) });
    await open(scripted.url);
    await page.getByRole("button", { name: "0 unread alerts" }).waitFor();
    for (const id of ["alert-2", "alert-3"])
      scripted.send({ type: "new_alert", seq: 101, alert: anAlert({ id, timestamp: secondsAgo(0), rule: id }) });
    await page.getByText(/^2 new since your last visit at \d\d:\d\d UTC/).waitFor();
    await page.getByRole("button", { name: "2 unread alerts" }).click();
    await page.getByRole("button", { name: "Mark all as read" }).click();
    await page.getByRole("button", { name: "0 unread alerts" }).waitFor();
    scripted.send({ ...scripted.greeting(), version: "99.0.0" });
    await page.getByText("The daemon is of version 99.0.0 by now").waitFor();
  } finally {
    await scripted.stop();
  }
}, 60_000);
