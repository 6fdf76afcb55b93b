import type { Browser, CDPSession, Page } from "playwright-core";
import { aSignal, anAlert, startScriptedDaemon } from "../browser/scripted-daemon";
import { launchBrowser } from "../support/browser";
import { startTestDemo } from "../support/demo";
import type { Bench, Benchmark, Finding } from "./benchmark";
import { percentile } from "./statistics";

/** The first row of the first panel, as a reader sees it: ms since the page was asked for. */
const firstContent = () =>
  new Promise<number>((resolve) => {
    const look = () => {
      if (document.querySelector("section.signals tbody tr, section.signals .body li") === null) return false;
      requestAnimationFrame(() => resolve(performance.now()));
      return true;
    };
    if (look()) return;
    const observer = new MutationObserver(() => {
      if (look()) observer.disconnect();
    });
    observer.observe(document, { childList: true, subtree: true });
  });

export const benchmark: Benchmark = {
  name: "ui",
  question: "how soon does the desk stand, and does it stay smooth and small, in Chromium with the demo's data",
  async run({ smoke, say }: Bench): Promise<Finding[]> {
    const browser = await launchBrowser();
    try {
      const findings: Finding[] = [];
      await using demo = await startTestDemo({ hours: smoke ? 1 : 6 });
      const desk = `${demo.url}/dashboard`;
      await timeOf(browser, desk, {}); // The daemon joins and compresses what it serves once.
      findings.push(await contentFinding(browser, desk, "first panel content, locally", {}, smoke ? 2 : 15, 500));
      findings.push(
        await contentFinding(
          browser,
          desk,
          "first panel content, 150 ms round trips, CPU 4 times slower",
          { latencyMs: 150, slowdown: 4 },
          smoke ? 1 : 7,
          2000,
        ),
      );
      findings.push(await sizeFinding(browser, desk));
      findings.push(await scrollFinding(browser, smoke, say));
      findings.push(...(await streamFindings(browser, smoke, say)));
      return findings;
    } finally {
      await browser.close();
    }
  },
};

interface Line {
  readonly latencyMs?: number;
  readonly slowdown?: number;
}

async function withPage<T>(browser: Browser, work: (page: Page, devtools: CDPSession) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    return await work(page, await context.newCDPSession(page));
  } finally {
    await context.close();
  }
}

function timeOf(browser: Browser, url: string, { latencyMs, slowdown }: Line): Promise<number> {
  return withPage(browser, async (page, devtools) => {
    await devtools.send("Network.enable");
    if (latencyMs !== undefined)
      await devtools.send("Network.emulateNetworkConditions", {
        offline: false,
        latency: latencyMs,
        downloadThroughput: -1,
        uploadThroughput: -1,
      });
    if (slowdown !== undefined) await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    await page.goto(url, { waitUntil: "commit" });
    return page.evaluate(firstContent);
  });
}

async function contentFinding(
  browser: Browser,
  url: string,
  what: string,
  line: Line,
  times: number,
  targetMs: number,
): Promise<Finding> {
  const took: number[] = [];
  for (let n = 0; n < times; n++) took.push(await timeOf(browser, url, line));
  const sorted = took.toSorted((a, b) => a - b);
  const p50 = percentile(sorted, 0.5);
  return {
    what,
    subject: `n ${times} p50 ${p50.toFixed(0)} ms, worst ${(sorted.at(-1) ?? 0).toFixed(0)} ms`,
    baseline: "",
    ratio: null,
    target: `under ${targetMs} ms`,
    met: p50 < targetMs,
  };
}

function sizeFinding(browser: Browser, url: string): Promise<Finding> {
  return withPage(browser, async (page, devtools) => {
    const kinds = new Map<string, string>();
    let bytes = 0;
    let files = 0;
    await devtools.send("Network.enable");
    devtools.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
    devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (!["Script", "Stylesheet"].includes(kinds.get(requestId) ?? "")) return;
      bytes += encodedDataLength;
      files += 1;
    });
    await page.goto(url);
    await page.evaluate(firstContent);
    await page.waitForLoadState("networkidle").catch(() => undefined);
    return {
      what: "JavaScript and CSS of the first page, as sent",
      subject: `${(bytes / 1024).toFixed(1)} KB in ${files} files`,
      baseline: "",
      ratio: null,
      target: "under 100 KB",
      met: bytes < 100 * 1024,
    };
  });
}

/** A list longer than a person reads, scrolled from its top to its end and back, faster than they could. */
async function scrollFinding(browser: Browser, smoke: boolean, say: (line: string) => void): Promise<Finding> {
  const count = smoke ? 2000 : 100_000;
  const daemon = startScriptedDaemon();
  const at = Date.now();
  const items = Array.from({ length: count }, (_, n) =>
    aSignal({
      id: `s${n}`,
      symbol: `S${n % 200}USDT`,
      score: n % 101,
      received_at: new Date(at - n * 1000).toISOString(),
    }),
  );
  daemon.change({ answers: { "/api/signals": { items, next_cursor: null } } });
  try {
    return await withPage(browser, async (page) => {
      await page.goto(new URL("signals", daemon.url).href);
      await page.locator("table.virtual tbody tr:not(.spacer)").first().waitFor();
      const { took, drawn } = await page.evaluate(
        (frames) =>
          new Promise<{ took: number[]; drawn: number }>((resolve, reject) => {
            const body = document.querySelector("table.virtual")?.closest(".body");
            if (!body) {
              reject(new Error("there is no list"));
              return;
            }
            const took: number[] = [];
            const seen = new Set<string>();
            const end = body.scrollHeight - body.clientHeight;
            let before = 0;
            const follow = (now: number) => {
              if (before > 0) took.push(now - before);
              before = now;
              seen.add(
                document.querySelector("table.virtual tbody tr:not(.spacer)")?.getAttribute("aria-rowindex") ?? "",
              );
              if (took.length >= frames) {
                resolve({ took, drawn: seen.size });
                return;
              }
              // Three rows a frame for the most part, and every second a leap of a tenth of the list.
              const leap = took.length % 60 === 59 ? end / 10 : 110;
              body.scrollTop = body.scrollTop + leap > end ? 0 : body.scrollTop + leap;
              requestAnimationFrame(follow);
            };
            requestAnimationFrame(follow);
          }),
        smoke ? 60 : 900,
      );
      say(`${drawn} different rows were the first one drawn, in ${took.length} frames`);
      const sorted = took.toSorted((a, b) => a - b);
      const p95 = percentile(sorted, 0.95);
      return {
        what: `frames while a list of ${count} rows scrolls`,
        subject: `p50 ${percentile(sorted, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, worst ${(sorted.at(-1) ?? 0).toFixed(0)} ms`,
        baseline: "",
        ratio: null,
        target: "60 a second: p95 under 17.5 ms",
        met: p95 < 17.5,
      };
    });
  } finally {
    await daemon.stop();
  }
}

const perSecond = 50;

/** A daemon of our own making sends, so that nothing but the page is measured. */
async function streamFindings(browser: Browser, smoke: boolean, say: (line: string) => void): Promise<Finding[]> {
  const daemon = startScriptedDaemon();
  let seq = 100;
  const event = () => {
    seq += 1;
    return seq % 10 === 0
      ? { type: "new_alert" as const, seq, alert: anAlert({ id: `a${seq}`, timestamp: new Date().toISOString() }) }
      : {
          type: "new_signal" as const,
          seq,
          signal: aSignal({ id: `s${seq}`, symbol: `S${seq % 200}USDT`, received_at: new Date().toISOString() }),
        };
  };
  try {
    return await withPage(browser, async (page, devtools) => {
      await page.goto(daemon.url);
      await page.locator(".top .state.live").waitFor();
      const seconds = smoke ? 2 : 20;
      await page.evaluate(() => {
        const seen = { worst: 0, over: 0, frames: 0 };
        let before = performance.now();
        const follow = (now: number) => {
          const took = now - before;
          before = now;
          seen.frames += 1;
          seen.worst = Math.max(seen.worst, took);
          if (took > 50) seen.over += 1;
          requestAnimationFrame(follow);
        };
        requestAnimationFrame((now) => {
          before = now;
          requestAnimationFrame(follow);
        });
        (globalThis as unknown as { seen: typeof seen }).seen = seen;
      });
      for (let n = 0; n < seconds * perSecond; n++) {
        daemon.send(event());
        await Bun.sleep(1000 / perSecond);
      }
      const seen = await page.evaluate(
        () => (globalThis as unknown as { seen: { worst: number; over: number; frames: number } }).seen,
      );
      const smooth: Finding = {
        what: `frames over 50 ms at ${perSecond} events/s`,
        subject: `${seen.over} of ${seen.frames}, worst ${seen.worst.toFixed(0)} ms`,
        baseline: "",
        ratio: null,
        target: "none",
        met: seen.over === 0,
      };

      const heap = async () => {
        await page.waitForTimeout(500);
        await devtools.send("HeapProfiler.collectGarbage");
        return (await devtools.send("Runtime.getHeapUsage")).usedSize / 1e6;
      };
      const pour = async (events: number) => {
        for (let sent = 0; sent < events; sent += 200) {
          daemon.send({ type: "events", items: Array.from({ length: 200 }, event) });
          await Bun.sleep(20);
        }
      };
      const whole = smoke ? 2000 : 100_000;
      await pour(whole / 10);
      const before = await heap();
      say(`heap after the first tenth: ${before.toFixed(1)} MB`);
      await pour((whole / 10) * 9);
      const after = await heap();
      return [
        smooth,
        {
          what: `heap over ${whole} events, from a tenth of them to all`,
          subject: `${after.toFixed(1)} MB`,
          baseline: `${before.toFixed(1)} MB`,
          ratio: after / before,
          target: "flat: at most 1.10",
          met: after / before <= 1.1,
        },
      ];
    });
  } finally {
    await daemon.stop();
  }
}
