import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { Running } from "../commands/running";
import { launchBrowser } from "../support/browser";
import { until } from "../support/daemon";
import { aSignal, anOverview, startScriptedDaemon } from "./scripted-daemon";

let browser: Browser;
let context: BrowserContext;
let folder: string;

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-mishaps-"));
  mkdirSync(join(folder, "reports"));
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(30_000);
});
afterEach(async () => {
  await context.close();
  rmSync(folder, { recursive: true, force: true });
});

async function startProgram(port: string): Promise<{ program: Running; url: URL }> {
  const program = new Running(
    ["serve", "--data", join(folder, "data"), "--reports", join(folder, "reports"), "--port", port],
    folder,
  );
  const [, url = ""] = await program.says(/^virtuoso ready (\S+)/m);
  return { program, url: new URL(url) };
}

function drop(symbol: string): void {
  const path = join(folder, "reports", `${symbol}.json`);
  writeFileSync(
    `${path}.tmp`,
    JSON.stringify({
      symbol,
      signal_type: "BUY",
      confluence_score: 88,
      reliability: 0.95,
      price: 60.5,
      timestamp: Date.now(),
    }),
  );
  renameSync(`${path}.tmp`, path);
}

test("the daemon is killed and started again: the page finds it and has what came meanwhile, without a load", async () => {
  let { program, url } = await startProgram("0");
  try {
    const page = await context.newPage();
    await page.goto(`${url.origin}/dashboard`);
    await page.locator(".top .state.live").waitFor();
    drop("BEFOREUSDT");
    await page.locator("section.signals").getByText("BEFOREUSDT").first().waitFor();
    await page.evaluate(() => {
      document.body.dataset["sameDocument"] = "yes";
    });
    await program[Symbol.asyncDispose](); // By SIGKILL.
    await page.getByText("The connection is lost").waitFor();
    drop("MEANWHILEUSDT");
    ({ program } = await startProgram(url.port));
    await page.locator(".top .state.live").waitFor();
    await page.locator("section.signals").getByText("MEANWHILEUSDT").first().waitFor();
    await page.locator("section.signals").getByText("BEFOREUSDT").first().waitFor();
    await until("the notice gone", async () => (await page.getByText("The connection is lost").count()) === 0);
    drop("AFTERUSDT");
    await page.locator("section.signals").getByText("AFTERUSDT").first().waitFor();
    expect(await page.evaluate(() => document.body.dataset["sameDocument"])).toBe("yes");
  } finally {
    await program[Symbol.asyncDispose]();
  }
}, 90_000);

test("an uncaught error is reported to the daemon once, cut to size, and ten of them at most", async () => {
  const { program, url } = await startProgram("0");
  try {
    const page = await context.newPage();
    await page.goto(`${url.origin}/dashboard`);
    await page.locator(".top .state.live").waitFor();
    const reported: { readonly message: string; readonly page: string }[] = [];
    const answers: number[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/api/errors")) reported.push(request.postDataJSON() as (typeof reported)[number]);
    });
    page.on("response", (response) => {
      if (response.url().endsWith("/api/errors")) answers.push(response.status());
    });
    const fail = (messages: readonly string[]) =>
      page.evaluate((all) => {
        for (const message of all)
          setTimeout(() => {
            throw new Error(message);
          });
      }, messages);
    await fail(["the same", "the same", "the same", "long ".repeat(1000)]);
    await until("two errors reported", () => answers.length === 2);
    expect(reported.map(({ message }) => message.slice(0, 15))).toEqual(["Error: the same", "Error: long lon"]);
    expect(reported[1]?.message).toHaveLength(500);
    expect(reported[0]?.page).toBe("/dashboard");
    await fail(Array.from({ length: 30 }, (_, n) => `another ${n}`));
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          setTimeout(resolve);
        }),
    );
    await until("ten errors reported", () => answers.length >= 10);
    await page.reload();
    expect(reported).toHaveLength(10);
    expect(new Set(answers)).toEqual(new Set([204]));
  } finally {
    await program[Symbol.asyncDispose]();
  }
}, 60_000);

test("where no socket is let through, one tab polls for all of them, and another when it is closed", async () => {
  const daemon = startScriptedDaemon();
  try {
    await context.addInitScript(() => {
      const Real = WebSocket;
      (globalThis as { WebSocket: unknown }).WebSocket = new Proxy(Real, {
        construct: (target) => new target("ws://127.0.0.1:9/"),
      });
      // What takes seconds is ten times faster.
      const real = globalThis.setTimeout.bind(globalThis);
      (globalThis as { setTimeout: unknown }).setTimeout = (work: () => void, ms = 0) =>
        real(work, ms >= 2000 ? ms / 10 : ms);
    });
    let pages: Page[] = [];
    for (let n = 0; n < 3; n++) pages.push(await context.newPage());
    await Promise.all(pages.map((page) => page.goto(daemon.url)));
    await Promise.all(pages.map((page) => page.getByText("the page reads the daemon every 10 s instead").waitFor()));
    const askers: Page[] = [];
    pages.forEach((page) =>
      page.on("request", (request) => {
        if (request.url().includes("/api/dashboard/overview")) askers.push(page);
      }),
    );
    const allShow = async (symbol: string) => {
      daemon.change({ overview: anOverview({ signals: [aSignal({ symbol })] }) });
      await Promise.all(pages.map((page) => page.locator("section.signals").getByText(symbol).first().waitFor()));
    };
    await allShow("FIRSTUSDT");
    const before = daemon.requested.length;
    await until("three rounds", () => daemon.requested.length >= before + 3);
    expect(new Set(askers).size).toBe(1);
    const [asker] = askers;
    await asker?.close();
    pages = pages.filter((page) => page !== asker);
    await allShow("SECONDUSDT");
    expect(new Set(askers).size).toBe(2);
  } finally {
    await daemon.stop();
  }
}, 60_000);
