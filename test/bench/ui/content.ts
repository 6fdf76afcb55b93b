import type { Browser } from "playwright-core";
import type { Finding } from "../benchmark";
import { percentile } from "../statistics";
import { withPage } from "./with-page";

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

interface Line {
  readonly latencyMs?: number;
  readonly slowdown?: number;
}

/** How long a new visitor waits for it, ms. */
export function timeOf(browser: Browser, url: string, { latencyMs, slowdown }: Line): Promise<number> {
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

/** Of several visits the median, held against the target. */
export async function contentFinding(
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
