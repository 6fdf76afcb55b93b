import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { dueRow } from "../../src/core/notify/delivery";
import { openForWriting } from "../../src/store/db";
import { DeliveryStore } from "../../src/store/deliveries";
import type { Bench, Benchmark, Finding } from "./benchmark";
import { burstInto, flushDisk } from "./burst";
import { spawnDaemon } from "./daemon-process";
import { cpuSecondsOf, residentOf } from "./process-facts";
import { writeReports } from "./sample-report";
import { count, inMegabytes, inMs, median, medianRatio, percentile, perSecond, spreadOf } from "./statistics";
import { due, fill } from "./stocked-outbox";
import { spawnWorker } from "./worker";
import type { NotifyingAnswer } from "./workers/notifying-daemon";
import type { SliceAnswer, SliceCommand } from "./workers/stream";
import type { ReceiverAnswer } from "./workers/webhook-receiver";

/** As in `latency`: every alert has a place below a cap. */
const sources = 40;
const reportsPerSecond = 200;

export const benchmark: Benchmark = {
  name: "notify",
  question:
    "how long from a commit to the request at a webhook, what channels cost what comes in, and what waiting costs",
  async run(bench) {
    return [
      ...(await onTheWire(bench)),
      ...(await besideChannels(bench, 1)),
      ...(await besideChannels(bench, 3)),
      await burstBesideChannels(bench),
      ...(await waiting(bench)),
      claims(bench),
    ];
  },
};

/** 100 alerts a second: half of the reports raise one. */
async function onTheWire({ folder, smoke, say }: Bench): Promise<Finding[]> {
  const home = join(folder, "wire");
  await using receiver = spawnWorker("webhook-receiver");
  const { url } = await receiver.ask<ReceiverAnswer>({});
  await writeConfig(home, [`${url}channel`]);
  await using daemon = spawnWorker("notifying-daemon", home, `${url}bare`);
  await using stream = spawnWorker("stream");
  await daemon.ask<NotifyingAnswer>({});
  const files = smoke ? 60 : reportsPerSecond * 30;
  const warmUp = smoke ? 10 : 2 * reportsPerSecond;
  await stream.ask<SliceAnswer>(slice(home, 0, warmUp, null));
  await Bun.sleep(500);
  await Promise.all([daemon.ask({}), receiver.ask({})]);
  await stream.ask<SliceAnswer>(slice(home, warmUp, files, null));
  await Bun.sleep(1000);
  const { committedAt } = await daemon.ask<NotifyingAnswer>({});
  const { arrivals } = await receiver.ask<ReceiverAnswer>({});
  const took = (path: string) =>
    Object.entries(committedAt).flatMap(([id, at]) => {
      const arrivedAt = arrivals[`${path} ${id}`];
      return arrivedAt === undefined ? [] : [arrivedAt - at];
    });
  const [channel, bare] = [took("/channel"), took("/bare")];
  const missed = Object.keys(committedAt).length - channel.length;
  say(
    `${Object.keys(committedAt).length} alerts raised, ${channel.length} arrived at the webhook, ${bare.length} bare`,
  );
  const finding = (share: number, withinMs: number): Finding => {
    const over = percentile(channel, share) - percentile(bare, share);
    return {
      what: `commit to request at 100 alerts/s, p${share * 100}`,
      subject: `${spreadOf(channel)}, missed ${missed}`,
      baseline: `bare fetch ${spreadOf(bare)}`,
      ratio: percentile(channel, share) / percentile(bare, share),
      target: `at most ${withinMs} ms over a bare fetch: ${inMs(over)}`,
      met: over <= withinMs && missed === 0,
    };
  };
  return [finding(0.5, 3), finding(0.99, 25)];
}

/** The same stream into a daemon with so many channels and one without, in turns. */
async function besideChannels({ folder, smoke, say }: Bench, channels: number): Promise<Finding[]> {
  await using receiver = spawnWorker("webhook-receiver");
  const { url } = await receiver.ask<ReceiverAnswer>({});
  const homes = { with: join(folder, `with-${channels}`), without: join(folder, `without-${channels}`) };
  const urls = Array.from({ length: channels }, (_, index) => `${url}${index}`);
  const named = channels === 1 ? "one channel" : `${channels} channels`;
  await writeConfig(homes.with, urls);
  await writeConfig(homes.without, []);
  await using withChannels = await spawnDaemon(homes.with, configText(homes.with, urls));
  await using without = await spawnDaemon(homes.without, configText(homes.without, []));
  await using stream = spawnWorker("stream");
  const took: Record<keyof typeof homes, number[]> = { with: [], without: [] };
  const perSlice = smoke ? 30 : 5 * 100;
  const turn = async (side: keyof typeof homes, from: number) => {
    const socket = `${(side === "with" ? withChannels : without).url.replace("http", "ws")}/api/dashboard/ws`;
    const { sent, received } = await stream.ask<SliceAnswer>({
      ...slice(homes[side], from, perSlice, socket),
      perSecond: 100,
    });
    return Object.entries(sent).flatMap(([name, at]) => (received[name] === undefined ? [] : [received[name] - at]));
  };
  for (const side of ["with", "without"] as const) await turn(side, 0);
  for (let round = 1; round <= (smoke ? 1 : 8); round++)
    for (const side of round % 2 ? (["with", "without"] as const) : (["without", "with"] as const))
      took[side].push(...(await turn(side, round * perSlice)));
  say(`ingest latency with ${named} ${spreadOf(took.with)}, without ${spreadOf(took.without)}`);
  return [0.5, 0.99].map((share) => {
    const ratio = percentile(took.with, share) / percentile(took.without, share);
    return {
      what: `report to frame with ${named}, p${share * 100}`,
      subject: spreadOf(took.with),
      baseline: `without channels ${spreadOf(took.without)}`,
      ratio,
      target: "at most 1.05",
      met: ratio <= 1.05,
    };
  });
}

async function burstBesideChannels({ folder, smoke, say }: Bench): Promise<Finding> {
  await using receiver = spawnWorker("webhook-receiver");
  const { url } = await receiver.ask<ReceiverAnswer>({});
  const reports = smoke ? 200 : 10_000;
  const pairs: { subject: number; baseline: number }[] = [];
  for (let round = 0; round < (smoke ? 1 : 5); round++) {
    const rateOf = async (side: string, channels: readonly string[]) => {
      const home = join(folder, "burst", `${round}-${side}`);
      await using daemon = await spawnDaemon(
        home,
        `export default ${JSON.stringify({ channels: channelsTo(channels) })};\n`,
      );
      const names = writeReports(join(home, "stage"), 0, reports, Date.now());
      flushDisk();
      return reports / (await burstInto(daemon, join(home, "stage"), names));
    };
    const urls = [`${url}a`, `${url}b`, `${url}c`];
    // Whoever is first has the cooler machine.
    if (round % 2 === 0) pairs.push({ subject: await rateOf("with", urls), baseline: await rateOf("without", []) });
    else {
      const baseline = await rateOf("without", []);
      pairs.push({ subject: await rateOf("with", urls), baseline });
    }
  }
  const ratio = medianRatio(pairs);
  say(pairs.map(({ subject, baseline }) => (subject / baseline).toFixed(2)).join(" "));
  return {
    what: `a burst of ${count(reports)} reports with three channels`,
    subject: perSecond(median(pairs.map(({ subject }) => subject))),
    baseline: `without channels ${perSecond(median(pairs.map(({ baseline }) => baseline)))}`,
    ratio,
    target: "at least 0.95",
    met: ratio >= 0.95,
  };
}

/** 10,000 messages wait behind a channel that refuses every connection. */
async function waiting({ folder, smoke }: Bench): Promise<Finding[]> {
  const rows = smoke ? 100 : 10_000;
  const seconds = smoke ? 1 : 30;
  const measure = async (side: string, due: number) => {
    const home = join(folder, `waiting-${side}`);
    mkdirSync(join(home, "data"), { recursive: true });
    fill(join(home, "data"), due, "due");
    await using daemon = await spawnDaemon(
      home,
      `export default ${JSON.stringify({ channels: channelsTo([`http://127.0.0.1:${closedPort()}/`]) })};\n`,
    );
    await Bun.sleep(smoke ? 200 : 5000);
    const before = cpuSecondsOf(daemon.pid) ?? Number.NaN;
    await Bun.sleep(seconds * 1000);
    return {
      bytes: residentOf(daemon.pid)?.now ?? Number.NaN,
      cpu: ((cpuSecondsOf(daemon.pid) ?? Number.NaN) - before) / seconds,
    };
  };
  const [none, many] = [await measure("none", 0), await measure("many", rows)];
  const [bytes, cpu] = [many.bytes - none.bytes, many.cpu - none.cpu];
  return [
    {
      what: `${count(rows)} waiting behind a dead channel, memory`,
      subject: inMegabytes(many.bytes),
      baseline: `none waiting ${inMegabytes(none.bytes)}`,
      ratio: many.bytes / none.bytes,
      target: `under 10 MB more: ${inMegabytes(bytes)}`,
      met: bytes < 10 * 1024 * 1024,
    },
    {
      what: "the same, CPU",
      subject: `${(many.cpu * 100).toFixed(2)} %`,
      baseline: `none waiting ${(none.cpu * 100).toFixed(2)} %`,
      ratio: null,
      target: `under 1 % more: ${(cpu * 100).toFixed(2)} %`,
      met: cpu < 0.01,
    },
  ];
}

/** What is due is found beside a million that were sent. */
function claims({ folder, smoke }: Bench): Finding {
  const data = join(folder, "claims");
  mkdirSync(data, { recursive: true });
  fill(data, smoke ? 1000 : 1_000_000, "sent");
  using database = openForWriting(data, { durable: false });
  const outbox = new DeliveryStore(database);
  const now = Date.now();
  for (let seq = 2_000_000; seq < 2_000_010; seq++) outbox.insert(dueRow(due(now), seq));
  const bare = database.raw.query("SELECT 1");
  const timesOf = (claim: () => unknown) =>
    Array.from({ length: smoke ? 20 : 2000 }, () => {
      const startedAt = performance.now();
      claim();
      return performance.now() - startedAt;
    });
  const [subject, baseline] = [timesOf(() => outbox.waiting("hook", now, 8)), timesOf(() => bare.get())];
  return {
    what: "a claim beside 1,000,000 sent rows",
    subject: spreadOf(subject),
    baseline: `SELECT 1 ${spreadOf(baseline)}`,
    ratio: median(subject) / median(baseline),
    target: "p99 under 1 ms",
    met: percentile(subject, 0.99) < 1,
  };
}

/** A port on which no one listens. */
function closedPort(): number {
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
  const { port = 1 } = server;
  void server.stop(true);
  return port;
}

function slice(home: string, from: number, files: number, socket: string | null): SliceCommand {
  return { from, files, perSecond: reportsPerSecond, stage: join(home, "stage"), folders: foldersOf(home), socket };
}

function foldersOf(home: string): string[] {
  return Array.from({ length: sources }, (_, index) => join(home, `s${index}`));
}

async function writeConfig(home: string, urls: readonly string[]): Promise<void> {
  for (const dir of foldersOf(home)) mkdirSync(dir, { recursive: true });
  await Bun.write(join(home, "virtuoso.config.ts"), configText(home, urls));
}

function configText(home: string, urls: readonly string[]): string {
  const described = foldersOf(home).map((dir, index) => ({ kind: "reports", name: `s${index}`, dir, maxAlerts: 100 }));
  return `export default ${JSON.stringify({ sources: described, monitoring: { scan_interval: 1 }, channels: channelsTo(urls) })};\n`;
}

function channelsTo(urls: readonly string[]) {
  return urls.map((url, index) => ({ kind: "webhook", name: index === 0 ? "hook" : `hook-${index}`, url }));
}
