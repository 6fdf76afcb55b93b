import type { Browser } from "playwright-core";
import type { Finding } from "../benchmark";
import { shiftMax } from "./lighthouse";
import type { Visit } from "./visits";
import { withPage } from "./with-page";

const widths = [1440, 390];
/** So many at once: what moves does not depend on how fast it does. */
const atOnce = 4;

interface Shifts {
  /** The worst burst, as Chromium's cumulative layout shift counts it. */
  readonly worst: number;
  /** What moved most. */
  readonly moved: readonly string[];
}

/** How much each page moves under its reader's eye while it loads, and while the demo's events come in. */
export async function shiftFindings(
  browser: Browser,
  visits: readonly Visit[],
  seconds: number,
  say: (line: string) => void,
): Promise<Finding[]> {
  const waiting = visits.flatMap((visit) => widths.map((width) => ({ visit, width })));
  const found = new Map<string, Shifts>();
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      found.set(`${next.visit.name} ${next.width}`, await shiftsOf(browser, next.visit.url, next.width, seconds));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return visits.map(({ name }) => {
    const all = widths.map((width) => found.get(`${name} ${width}`) ?? { worst: Number.NaN, moved: [] });
    all.forEach(({ worst, moved }, n) => {
      if (worst > shiftMax) say(`${name}, ${widths[n]} px: ${moved.join("; ")}`);
    });
    return {
      what: `layout shift at ${widths.join(" and ")} px: ${name}`,
      subject: all.map(({ worst }) => worst.toFixed(3)).join(", "),
      baseline: "",
      ratio: null,
      target: `at most ${shiftMax}`,
      met: all.every(({ worst }) => worst <= shiftMax),
    };
  });
}

function shiftsOf(browser: Browser, url: string, width: number, seconds: number): Promise<Shifts> {
  return withPage(
    browser,
    async (page) => {
      await page.addInitScript(watchShifts);
      await page.goto(url);
      await page.waitForTimeout(seconds * 1000);
      return page.evaluate(() => (globalThis as unknown as { shifts: Shifts }).shifts);
    },
    width,
  );
}

/** Runs in the page. Bursts end after a second without one, or after five. */
function watchShifts() {
  interface Moved {
    readonly value: number;
    readonly hadRecentInput: boolean;
    readonly startTime: number;
    readonly sources: readonly {
      readonly node: Node | null;
      readonly previousRect: DOMRectReadOnly;
      readonly currentRect: DOMRectReadOnly;
    }[];
  }
  const seen = { worst: 0, moved: [] as string[] };
  (globalThis as unknown as { shifts: typeof seen }).shifts = seen;
  let burst = { value: 0, from: 0, to: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as unknown as Moved[]) {
      if (entry.hadRecentInput) continue;
      const goesOn = entry.startTime - burst.to < 1000 && entry.startTime - burst.from < 5000;
      burst = goesOn
        ? { ...burst, value: burst.value + entry.value, to: entry.startTime }
        : { value: entry.value, from: entry.startTime, to: entry.startTime };
      seen.worst = Math.max(seen.worst, burst.value);
      if (entry.value > 0.002)
        seen.moved.push(
          `${entry.value.toFixed(3)} after ${Math.round(entry.startTime)} ms by ${entry.sources
            .map(({ node, previousRect: was, currentRect: is }) => {
              const element = node instanceof Element ? node : node?.parentElement;
              const name = element ? `${element.localName}.${element.getAttribute("class") ?? ""}` : "gone";
              const places = [was, is].map(({ x, y, width, height }) =>
                [x, y, width, height].map(Math.round).join(" "),
              );
              return `${name} (${places.join(" to ")})`;
            })
            .join(", ")}`,
        );
    }
  }).observe({ type: "layout-shift", buffered: true });
}
