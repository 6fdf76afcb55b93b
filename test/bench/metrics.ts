import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Bench, Benchmark, Finding } from "./benchmark";
import { burstInto } from "./burst";
import { cpuSecondsOf } from "./process-facts";
import { writeReports } from "./sample-report";
import { count, inMs, median, medianRatio, percentile, perSecond, spreadOf } from "./statistics";
import { spawnWorker, type Worker } from "./worker";
import type { MeteredAnswer, MeteredAsked } from "./workers/metered-daemon";

const seriesAtLeast = 1000;
const scrapeTargetMs = 5;
const costTarget = 0.97;

export const benchmark: Benchmark = {
  name: "metrics",
  question: "what a scrape takes, whether it holds the loop up, and what counting costs where reports come in",
  run: async (bench) => [...(await scrapes(bench)), ...(await cost(bench))],
};

function start(folder: string, counting: "on" | "off", live: number, sources: number): Worker {
  mkdirSync(folder, { recursive: true });
  return spawnWorker("metered-daemon", folder, counting, String(live), String(sources));
}

/** A daemon with many series and half a million live objects, scraped over HTTP; its loop is watched with and without. */
async function scrapes({ smoke, folder, say }: Bench): Promise<Finding[]> {
  const live = smoke ? 1000 : 500_000;
  await using worker = start(join(folder, "scraped"), "on", live, 20);
  const { url } = await worker.ask<MeteredAnswer>({ where: true } satisfies MeteredAsked);
  const scrape = async (encoding: string) => {
    const startedAt = performance.now();
    const page = await (await fetch(`${url}/metrics`, { headers: { "accept-encoding": encoding } })).text();
    return { ms: performance.now() - startedAt, series: page.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length };
  };
  const many = async (times: number, encoding: string) => {
    const all: { ms: number; series: number }[] = [];
    for (let time = 0; time < times; time++) all.push(await scrape(encoding));
    return all;
  };
  const warm = await many(smoke ? 3 : 50, "identity");
  const series = warm.at(-1)?.series ?? 0;
  if (series < seriesAtLeast) throw new Error(`only ${series} series`);
  const times = smoke ? 5 : 300;
  const plain = (await many(times, "identity")).map(({ ms }) => ms);
  const zipped = (await many(times, "gzip")).map(({ ms }) => ms);
  const watchMs = smoke ? 100 : 3000;
  const gapWhile = async (doing: () => Promise<unknown>) => {
    const watching = worker.ask<MeteredAnswer>({ watchMs } satisfies MeteredAsked);
    await doing();
    return (await watching).worstGapMs;
  };
  const idle = await gapWhile(() => Promise.resolve());
  const scraped = await gapWhile(() => many(smoke ? 3 : 40, "gzip"));
  say(`${count(series)} series, ${count(live)} live objects`);
  return [
    { what: "a scrape", subject: `${spreadOf(plain)}; gzipped ${spreadOf(zipped)}`, baseline: "", ratio: null, target: `p50 under ${scrapeTargetMs} ms`, met: median(plain) < scrapeTargetMs && median(zipped) < scrapeTargetMs },
    { what: "the longest the loop was held up, scraped", subject: inMs(scraped), baseline: `not scraped ${inMs(idle)}`, ratio: null, target: `under ${scrapeTargetMs} ms`, met: scraped < scrapeTargetMs || scraped <= idle },
    { what: "the slowest scrape in a hundred", subject: inMs(percentile(plain, 0.99)), baseline: "", ratio: null, target: null, met: null },
  ];
}

/** Bursts into a daemon that counts and into one that does not, in turn; which goes first changes. */
async function cost({ smoke, folder, say }: Bench): Promise<Finding[]> {
  const reports = smoke ? 200 : 10_000;
  const rounds = smoke ? 1 : 9;
  const burst = async (counting: "on" | "off", round: number) => {
    const place = join(folder, `${counting}-${round}`);
    await using worker = start(place, counting, 0, 1);
    const { url } = await worker.ask<MeteredAnswer>({ where: true } satisfies MeteredAsked);
    const daemon = { pid: worker.pid, url, port: Number(new URL(url).port), data: join(place, "data"), reports: join(place, "reports"), [Symbol.asyncDispose]: () => Promise.resolve() };
    const names = writeReports(join(place, "stage"), 0, reports, Date.now());
    Bun.spawnSync(["sync"]);
    const before = cpuSecondsOf(worker.pid) ?? Number.NaN;
    const seconds = await burstInto(daemon, join(place, "stage"), names);
    return { rate: reports / seconds, cpuMicros: (((cpuSecondsOf(worker.pid) ?? Number.NaN) - before) / reports) * 1e6 };
  };
  const pairs: { on: { rate: number; cpuMicros: number }; off: { rate: number; cpuMicros: number } }[] = [];
  for (let round = 0; round < rounds; round++) {
    const first = round % 2 === 0 ? "on" : "off";
    const one = await burst(first, round);
    const other = await burst(first === "on" ? "off" : "on", round);
    pairs.push(first === "on" ? { on: one, off: other } : { on: other, off: one });
  }
  const rate = medianRatio(pairs.map(({ on, off }) => ({ subject: on.rate, baseline: off.rate })));
  const cpu = medianRatio(pairs.map(({ on, off }) => ({ subject: off.cpuMicros, baseline: on.cpuMicros })));
  const told = (which: "on" | "off") => `${perSecond(median(pairs.map((pair) => pair[which].rate)))}, ${median(pairs.map((pair) => pair[which].cpuMicros)).toFixed(0)} us of CPU a report`;
  say(`ratios of the rounds: ${pairs.map(({ on, off }) => (on.rate / off.rate).toFixed(2)).join(" ")}`);
  return [
    { what: `${count(reports)} reports, counted`, subject: told("on"), baseline: `not counted ${told("off")}`, ratio: rate, target: `at least ${costTarget}`, met: rate >= costTarget },
    { what: "reports per CPU second, counted", subject: told("on"), baseline: `not counted ${told("off")}`, ratio: cpu, target: null, met: null },
  ];
}
