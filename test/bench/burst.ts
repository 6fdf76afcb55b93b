import { mkdirSync, readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { Database } from "bun:sqlite";
import type { Bench, Benchmark } from "./benchmark";
import { spawnDaemon, type DaemonProcess } from "./daemon-process";
import { writeReports } from "./sample-report";
import { count, median, medianRatio, perSecond } from "./statistics";
import { spawnWorker } from "./worker";
import type { RawLoopAsked } from "./workers/raw-loop";

const target = 0.5;
const patienceMs = 120_000;

export const benchmark: Benchmark = {
  name: "burst",
  question: "how fast a burst of reports, renamed in at once, is committed and visible in the API",
  async run(bench) {
    const reports = bench.smoke ? 300 : 10_000;
    const rounds = bench.smoke ? 1 : 5;
    const pairs: { subject: number; baseline: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      pairs.push(await runRound(join(bench.folder, String(round)), reports, bench));
    }
    const ratio = medianRatio(pairs);
    return [
      {
        what: `${count(reports)} reports, none missed`,
        subject: `${perSecond(median(pairs.map(({ subject }) => subject)))}, median of ${rounds} rounds`,
        baseline: `raw loop ${perSecond(median(pairs.map(({ baseline }) => baseline)))}`,
        ratio,
        target: `at least ${target}`,
        met: ratio >= target,
      },
    ];
  },
};

/** One burst into a fresh daemon, then the raw loop over the very files and rows that became of it. */
async function runRound(folder: string, reports: number, { say }: Bench): Promise<{ subject: number; baseline: number }> {
  const stage = join(folder, "stage");
  let data: string;
  let inbox: string;
  let subject: number;
  {
    await using daemon = await spawnDaemon(folder);
    ({ data, reports: inbox } = daemon);
    const names = writeReports(stage, 0, reports, Date.now());
    const seconds = await burstInto(daemon, stage, names);
    await expectAllVisible(daemon, names);
    subject = reports / seconds;
  }
  await using raw = spawnWorker("raw-loop");
  const asked: RawLoopAsked = { reports: inbox, from: data, to: join(folder, "raw") };
  const { seconds } = await raw.ask<{ seconds: number }>(asked);
  const baseline = reports / seconds;
  say(`daemon ${perSecond(subject)}, raw loop ${perSecond(baseline)}, ratio ${(subject / baseline).toFixed(2)}`);
  return { subject, baseline };
}

/** Renames all of them in and waits until the last is committed; answers seconds from the first rename on. */
export async function burstInto({ data, reports }: DaemonProcess, stage: string, names: readonly string[]): Promise<number> {
  using database = new Database(join(data, "virtuoso.db"), { readonly: true });
  // The highest seq is the cheapest question that tells of progress; the files are counted once nothing moves it.
  const files = database.query<{ count: number }, []>("SELECT count(*) AS count FROM files");
  const before = files.get()?.count ?? 0;
  mkdirSync(reports, { recursive: true });
  const startedAt = performance.now();
  for (const name of names) renameSync(join(stage, name), join(reports, name));
  while ((files.get()?.count ?? 0) < before + names.length) {
    if (performance.now() - startedAt > patienceMs) throw new Error(`${(files.get()?.count ?? 0) - before} of ${names.length} reports were committed within ${patienceMs / 1000} s`);
    await Bun.sleep(10);
  }
  return (performance.now() - startedAt) / 1000;
}

/** Every signal of them is in the API's own list. */
export async function expectAllVisible({ url, reports }: DaemonProcess, names: readonly string[]): Promise<void> {
  const response = await fetch(`${url}/api/signals?format=jsonl`);
  const lines = (await response.text()).trimEnd().split("\n");
  const seen = new Set(lines.map((line) => (JSON.parse(line) as { filename: string }).filename));
  const missing = names.filter((name) => !seen.has(name));
  if (missing.length > 0) throw new Error(`${missing.length} reports are not in the API, ${missing[0] ?? ""} for one; ${readdirSync(reports).length} are in the folder`);
}
