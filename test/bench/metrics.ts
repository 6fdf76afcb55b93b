import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Bench, Benchmark, Finding } from "./benchmark";
import { burstInto, flushDisk } from "./burst";
import type { HeldUp } from "./loop-watch";
import { writeReports } from "./sample-report";
import { count, inMs, median, percentile, spreadOf } from "./statistics";
import { spawnWorker, type Worker } from "./worker";
import type { MeteredAnswer, MeteredCommand, Slice } from "./workers/metered-daemon";

const seriesMin = 1000;
const scrapeTargetMs = 5;
const costMax = 0.03;

export const benchmark: Benchmark = {
  name: "metrics",
  question: "what a scrape takes, whether it holds the loop up, and what counting costs where reports come in",
  run: async (bench) => [...(await scrapes(bench)), ...(await cost(bench))],
};

function start(folder: string, live: number, sources: number): Worker {
  mkdirSync(folder, { recursive: true });
  return spawnWorker("metered-daemon", folder, String(live), String(sources));
}

/** A daemon with many series and half a million live objects, scraped over HTTP; its loop is watched with and without. */
async function scrapes({ smoke, folder, say }: Bench): Promise<Finding[]> {
  const live = smoke ? 1000 : 500_000;
  await using worker = start(join(folder, "scraped"), live, 20);
  const { url } = await worker.ask<MeteredAnswer>({ alternate: false } satisfies MeteredCommand);
  const warm = await times(smoke ? 3 : 100, () => scrape(url, text, "identity"));
  const page = warm.at(-1)?.page ?? "";
  const series = page.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length;
  if (series < seriesMin) throw new Error(`only ${series} series`);
  say(`${count(series)} series, ${count(live)} live objects`);

  const ways = [
    ["text", text, "identity"],
    ["text gzipped", text, "gzip"],
    ["OpenMetrics gzipped, as Prometheus asks", openMetrics, "gzip"],
  ] as const;
  const findings: Finding[] = [];
  for (const [way, accept, encoding] of ways) {
    const quiet = (await times(smoke ? 3 : 300, () => scrape(url, accept, encoding))).map(({ ms }) => ms);
    findings.push(inTime(`a scrape, ${way}`, quiet));
  }
  const routes = routesOf(page);
  const busy = await times(smoke ? 1 : 100, async () => {
    for (const { method, path } of routes) await (await fetch(url + path, { method })).arrayBuffer();
    return scrape(url, openMetrics, "gzip");
  });
  findings.push(
    inTime(
      "the same after a request of every method to every route",
      busy.map(({ ms }) => ms),
    ),
  );
  return [...findings, await holdUps(worker, smoke, () => scrape(url, openMetrics, "gzip"))];
}

const text = "text/plain;version=0.0.4";
const openMetrics = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5";

async function scrape(url: string, accept: string, encoding: string): Promise<{ ms: number; page: string }> {
  const startedAt = performance.now();
  const page = await (await fetch(`${url}/metrics`, { headers: { accept, "accept-encoding": encoding } })).text();
  return { ms: performance.now() - startedAt, page };
}

async function times<T>(many: number, doing: () => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let time = 0; time < many; time++) all.push(await doing());
  return all;
}

function inTime(what: string, ms: readonly number[]): Finding {
  return {
    what,
    subject: spreadOf(ms),
    baseline: "",
    ratio: null,
    target: `p50 under ${scrapeTargetMs} ms`,
    met: median(ms) < scrapeTargetMs,
  };
}

/** Methods and routes that the page has a series for: asking them changes it. */
function routesOf(page: string): { method: string; path: string }[] {
  const found = [...page.matchAll(/^virtuoso_http_request_duration_seconds_count\{([^}]*)\}/gm)].map(
    ([, labels = ""]) => ({
      method: /method="([A-Z]+)"/.exec(labels)?.[1] ?? "",
      path: (/route="([^"]*)"/.exec(labels)?.[1] ?? "").replaceAll(/:\w+|\*/g, "none"),
    }),
  );
  return found.filter(({ method, path }) => method !== "" && path.startsWith("/"));
}

/** How long the loop was held up while it was scraped, and in as long a time without, in turn. */
async function holdUps(worker: Worker, smoke: boolean, scraping: () => Promise<unknown>): Promise<Finding> {
  const rounds = smoke ? 10 : 1000;
  const during = async (doing: () => Promise<unknown>): Promise<HeldUp> => {
    await worker.ask<MeteredAnswer>({ alternate: false } satisfies MeteredCommand);
    await doing();
    return (await worker.ask<MeteredAnswer>({ alternate: false } satisfies MeteredCommand)).heldUp;
  };
  const scraped: HeldUp[] = [];
  const idle: HeldUp[] = [];
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now();
    // Until its next look, so that the end of the scrape is looked at too.
    scraped.push(
      await during(async () => {
        await scraping();
        await Bun.sleep(2);
      }),
    );
    const tookMs = performance.now() - startedAt;
    idle.push(await during(() => Bun.sleep(tookMs)));
  }
  const describe = (all: readonly HeldUp[]) => {
    const work = all.map((each) => each.work);
    return `work ${spreadOf(work)}, ${work.filter((ms) => ms >= scrapeTargetMs).length} of ${scrapeTargetMs} ms or more; clock p99 ${inMs(
      percentile(
        all.map((each) => each.clock),
        0.99,
      ),
    )}`;
  };
  // The runtime's own collection of half a million objects takes longer now and then, scraped or not: hence not the longest of all.
  const slowest = percentile(
    scraped.map(({ work }) => work),
    0.99,
  );
  return {
    what: "the longest piece of a scrape that held the loop up",
    subject: describe(scraped),
    baseline: `as long, not scraped: ${describe(idle)}`,
    ratio: null,
    target: `p99 under ${scrapeTargetMs} ms of work`,
    met: slowest < scrapeTargetMs,
  };
}

/** Bursts into a daemon that counts and does not, in turn, twenty times a second. */
async function cost({ smoke, folder, say }: Bench): Promise<Finding[]> {
  const reports = smoke ? 2000 : 4000;
  const rounds = smoke ? 1 : 25;
  const place = join(folder, "counted");
  await using worker = start(place, 0, 1);
  // Answered once it runs.
  await worker.ask<MeteredAnswer>({ alternate: false } satisfies MeteredCommand);
  for (let round = 0; round < rounds; round++) {
    const names = writeReports(join(place, "stage"), round * reports, (round + 1) * reports, Date.now());
    flushDisk();
    // The first burst warms up.
    if (round === Math.min(1, rounds - 1))
      await worker.ask<MeteredAnswer>({ alternate: true } satisfies MeteredCommand);
    await burstInto({ data: join(place, "data"), reports: join(place, "reports") }, join(place, "stage"), names);
  }
  const { slices } = await worker.ask<MeteredAnswer>({ alternate: false } satisfies MeteredCommand);
  const microsOf = (what: "workMs" | "countingMs", counting: boolean, among: readonly Slice[] = slices) => {
    const mine = among.filter((slice) => slice.counting === counting && slice.reports > 0);
    return (
      (mine.reduce((sum, slice) => sum + slice[what], 0) / mine.reduce((sum, slice) => sum + slice.reports, 0)) * 1000
    );
  };
  const ratioOf = (among: readonly Slice[]) => microsOf("workMs", false, among) / microsOf("workMs", true, among);
  const fifths = Array.from({ length: 5 }, (_, fifth) =>
    slices.slice((fifth * slices.length) / 5, ((fifth + 1) * slices.length) / 5),
  );
  say(
    `counted to not counted, in each fifth of the run: ${fifths.map((among) => ratioOf(among).toFixed(2)).join(" ")}`,
  );
  const [on, off, counting] = [microsOf("workMs", true), microsOf("workMs", false), microsOf("countingMs", true)];
  return [
    // The fifths show how far the ratio below can be trusted; this one is measured where it is spent.
    {
      what: `${count(rounds * reports)} reports, counting itself`,
      subject: `${counting.toFixed(2)} us a report`,
      baseline: `all its work ${on.toFixed(0)} us`,
      ratio: counting / on,
      target: `at most ${costMax}`,
      met: counting / on <= costMax,
    },
    {
      what: "the same, all of the work",
      subject: `counted ${on.toFixed(0)} us a report`,
      baseline: `not counted ${off.toFixed(0)} us`,
      ratio: off / on,
      target: null,
      met: null,
    },
  ];
}
