import { launchBrowser } from "../support/browser";
import { startTestDemo } from "../support/demo";
import type { Bench, Benchmark, Finding } from "./benchmark";
import { byteFindings } from "./ui/bytes";
import { contentFinding, timeOf } from "./ui/content";
import { lighthouseFindings } from "./ui/lighthouse";
import { scrollFinding } from "./ui/scroll";
import { shiftFindings } from "./ui/shifts";
import { streamFindings } from "./ui/stream";
import { everyVisit } from "./ui/visits";

export const benchmark: Benchmark = {
  name: "ui",
  question: "how soon does each page stand, and does it stay smooth, still and small, in Chromium with the demo's data",
  async run({ smoke, say }: Bench): Promise<Finding[]> {
    const browser = await launchBrowser();
    await using demo = await startTestDemo({ hours: smoke ? 1 : 6 });
    const every = everyVisit(demo.url);
    const visits = smoke ? every.visits.slice(0, 1) : every.visits;
    try {
      const desk = `${demo.url}/dashboard`;
      await timeOf(browser, desk, {}); // The daemon joins and compresses what it serves once.
      const findings = [
        await contentFinding(browser, desk, "first panel content, locally", {}, smoke ? 2 : 15, 500),
        await contentFinding(
          browser,
          desk,
          "first panel content, 150 ms round trips, CPU 4 times slower",
          { latencyMs: 150, slowdown: 4 },
          smoke ? 1 : 7,
          2000,
        ),
        ...(await byteFindings(visits)),
        await scrollFinding(browser, smoke, say),
        ...(await streamFindings(browser, smoke, say)),
        ...(await shiftFindings(browser, visits, smoke ? 2 : 12, say)),
      ];
      return [...findings, ...(await lighthouseFindings(visits, say))];
    } finally {
      await every.stop();
      await browser.close();
    }
  },
};
