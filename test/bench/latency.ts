import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Bench, Benchmark, Finding } from "./benchmark";
import { spawnDaemon } from "./daemon-process";
import { inMs, median, percentile, spreadOf } from "./statistics";
import { spawnWorker, type Worker } from "./worker";
import type { SliceAnswer, SliceCommand } from "./workers/stream";

/**
 * Half of the reports must raise an alert, and no source raises more than 100 in a minute. So the stream is spread over
 * 40 sources, each with the highest cap, the shortest interval and symbols of its own: 4,000 places a minute for 3,200
 * alerts in all, so nothing is held back.
 */
const sources = 40;

/** Long enough for a rate to settle, short enough that subject and baselines share the weather. */
const sliceSeconds = 5;
const withinMsAtP50 = 5;
const withinMsAtP99 = 25;
const fsyncMsMax = 1;

type Subject = "daemon" | "chokidar" | "fs.watch";

export const benchmark: Benchmark = {
  name: "latency",
  question: "how long from the renaming of a report to its frame at a WebSocket client, half of them raising an alert",
  async run(bench) {
    const fsyncs = fsyncTimes(bench);
    bench.say(`fsync of 4 KB on this disk: ${spreadOf(fsyncs)}`);
    const findings: Finding[] = [];
    for (const perSecond of bench.smoke ? [200] : [100, 200])
      findings.push(...(await runRate(bench, perSecond, median(fsyncs))));
    return [
      { what: "fsync of this disk", subject: spreadOf(fsyncs), baseline: "", ratio: null, target: null, met: null },
      ...findings,
    ];
  },
};

async function runRate(bench: Bench, perSecond: number, fsyncMs: number): Promise<Finding[]> {
  const folder = join(bench.folder, String(perSecond));
  const foldersOf = (subject: Subject) =>
    Array.from({ length: sources }, (_, index) => join(folder, subject, `s${index}`));
  for (const subject of ["daemon", "chokidar", "fs.watch"] as const)
    for (const each of foldersOf(subject)) mkdirSync(each, { recursive: true });

  await using daemon = await spawnDaemon(folder, configFor(foldersOf("daemon")));
  await using stream = spawnWorker("stream");
  // The bare watchers do nothing but note the time in their callback, on an identical stream into folders of their own.
  await using chokidar = spawnWorker("watch-folders", "chokidar", ...foldersOf("chokidar"));
  await using raw = spawnWorker("watch-folders", "fs.watch", ...foldersOf("fs.watch"));
  const watchers: Readonly<Record<Subject, Worker | null>> = { daemon: null, chokidar, "fs.watch": raw };
  for (const watcher of [chokidar, raw]) await watcher.ask({});

  const took: Record<Subject, number[]> = { daemon: [], chokidar: [], "fs.watch": [] };
  let alerts = 0;
  let missed = 0;
  const slice = async (subject: Subject, from: number, files: number, counts: boolean) => {
    const socket = subject === "daemon" ? `${daemon.url.replace("http", "ws")}/api/dashboard/ws` : null;
    const asked: SliceCommand = {
      from,
      files,
      perSecond,
      stage: join(folder, "stage"),
      folders: foldersOf(subject),
      socket,
    };
    const { sent, received, alerts: raised } = await stream.ask<SliceAnswer>(asked);
    const watcher = watchers[subject];
    if (watcher) await Bun.sleep(300);
    const arrivals = watcher ? await watcher.ask<Record<string, number>>({}) : received;
    if (!counts) return;
    for (const [name, at] of Object.entries(sent)) {
      const arrivedAt = arrivals[name];
      if (arrivedAt !== undefined) took[subject].push(arrivedAt - at);
      else if (subject === "daemon") missed++;
    }
    alerts += raised;
  };

  const warmUp = bench.smoke ? 20 : 2 * perSecond;
  const perSlice = bench.smoke ? 30 : sliceSeconds * perSecond;
  const slices = bench.smoke ? 1 : 6;
  for (const subject of ["chokidar", "daemon", "fs.watch"] as const) await slice(subject, 0, warmUp, false);
  for (let turn = 0; turn < slices; turn++) {
    for (const subject of ["chokidar", "daemon", "fs.watch"] as const)
      await slice(subject, warmUp + turn * perSlice, perSlice, true);
  }
  bench.say(
    `${perSecond} files/s: ${took.daemon.length} received, ${missed} missed, ${alerts} alerts raised; ` +
      `alternating slices of ${perSlice} files`,
  );

  const [p50, p99] = [median(took.daemon), percentile(took.daemon, 0.99)];
  const over = (share: number) => percentile(took.daemon, share) - percentile(took.chokidar, share);
  const [over50, over99] = [over(0.5), over(0.99)];
  const onThisDisk = fsyncMs < fsyncMsMax ? "" : ` (holds where an fsync takes under ${fsyncMsMax} ms)`;
  const what = (share: string) => `${perSecond}/s, ${share}`;
  const baseline = (share: number) =>
    `chokidar ${inMs(percentile(took.chokidar, share))}, fs.watch ${inMs(percentile(took["fs.watch"], share))}`;
  return [
    {
      what: what("p50"),
      subject: `n ${took.daemon.length}, p50 ${inMs(p50)}, half raised: ${alerts}`,
      baseline: baseline(0.5),
      ratio: p50 / median(took.chokidar),
      target: `at most ${withinMsAtP50} ms over chokidar: ${inMs(over50)}${onThisDisk}`,
      met: over50 <= withinMsAtP50 && missed === 0,
    },
    {
      what: what("p99"),
      subject: `n ${took.daemon.length}, p99 ${inMs(p99)}, missed ${missed}`,
      baseline: baseline(0.99),
      ratio: p99 / percentile(took.chokidar, 0.99),
      target: `at most ${withinMsAtP99} ms over chokidar: ${inMs(over99)}${onThisDisk}`,
      met: over99 <= withinMsAtP99 && missed === 0,
    },
  ];
}

function configFor(folders: readonly string[]): string {
  const described = folders.map((dir, index) => ({ kind: "reports", name: `s${index}`, dir, maxAlerts: 100 }));
  return `export default ${JSON.stringify({ sources: described, monitoring: { scan_interval: 1 } })};\n`;
}

function fsyncTimes({ folder, smoke }: Bench): number[] {
  const file = openSync(join(folder, "fsync"), "w");
  const block = Buffer.alloc(4096, 1);
  const times = Array.from({ length: smoke ? 20 : 300 }, () => {
    const startedAt = performance.now();
    writeSync(file, block);
    fsyncSync(file);
    return performance.now() - startedAt;
  });
  closeSync(file);
  return times;
}
