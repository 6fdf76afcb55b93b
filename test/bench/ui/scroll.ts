import type { Browser } from "playwright-core";
import { aSignal, startScriptedDaemon } from "../../browser/scripted-daemon";
import type { Finding } from "../benchmark";
import { percentile } from "../statistics";
import { withPage } from "./with-page";

/** A list longer than a person reads, scrolled from its top to its end and back, faster than they could. */
export async function scrollFinding(browser: Browser, smoke: boolean, say: (line: string) => void): Promise<Finding> {
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
