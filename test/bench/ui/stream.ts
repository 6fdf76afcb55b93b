import type { Browser } from "playwright-core";
import { aSignal, anAlert, startScriptedDaemon } from "../../browser/scripted-daemon";
import type { Finding } from "../benchmark";
import { watchTasks } from "./tasks";
import { withPage } from "./with-page";

const perSecond = 50;

/** A daemon of our own making sends, so that nothing but the page is measured. */
export async function streamFindings(
  browser: Browser,
  smoke: boolean,
  say: (line: string) => void,
): Promise<Finding[]> {
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
      const tasks = await watchTasks(devtools);
      for (let n = 0; n < seconds * perSecond; n++) {
        daemon.send(event());
        await Bun.sleep(1000 / perSecond);
      }
      const seen = await page.evaluate(
        () => (globalThis as unknown as { seen: { worst: number; over: number; frames: number } }).seen,
      );
      const longest = Math.max(0, ...(await tasks()));
      const light: Finding = {
        what: `longest task of the page at ${perSecond} events/s, on the processor`,
        subject: `${longest.toFixed(1)} ms`,
        baseline: "",
        ratio: null,
        target: "under 50 ms",
        met: longest > 0 && longest < 50,
      };
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
        light,
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
