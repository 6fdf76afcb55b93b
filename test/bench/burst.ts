import { mkdirSync, readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { Database } from "bun:sqlite";
import type { Bench, Benchmark, Finding } from "./benchmark";
import { spawnDaemon, type DaemonProcess } from "./daemon-process";
import { writeReports } from "./sample-report";
import { count, median, medianRatio, perSecond } from "./statistics";
import { cpuSecondsOf } from "./process-facts";
import { spawnWorker } from "./worker";
import type { RawLoopAnswer, RawLoopCommand } from "./workers/raw-loop";

const target = 0.5;
const timeoutMs = 120_000;

export const benchmark: Benchmark = {
  name: "burst",
  question: "how fast a burst of reports, renamed in at once, is committed and visible in the API",
  async run(bench) {
    const reports = bench.smoke ? 300 : 10_000;
    const rounds = bench.smoke ? 1 : 5;
    const pairs: Round[] = [];
    for (let round = 0; round < rounds; round++)
      pairs.push(await runRound(join(bench.folder, String(round)), reports, bench));
    const described = (side: Side) => perSecond(median(pairs.map((round) => round[side].rate)));
    const ratioTo = (side: Side) =>
      medianRatio(pairs.map((round) => ({ subject: round.daemon.rate, baseline: round[side].rate })));
    const cpuOf = (side: Side) => median(pairs.map((round) => round[side].cpuMicros));
    const subject = `${described("daemon")}, median of ${rounds} rounds`;
    const ratio = ratioTo("raw");
    const findings: Finding[] = [
      {
        what: `${count(reports)} reports, none missed`,
        subject,
        baseline: `raw loop ${described("raw")}`,
        ratio,
        target: `at least ${target}`,
        met: ratio >= target,
      },
      {
        what: "the same, all rows ready in memory",
        subject,
        baseline: `raw loop ${described("ready")}`,
        ratio: ratioTo("ready"),
        target: null,
        met: null,
      },
      // Less moved by whatever else runs on the machine; the compiler's own threads are in it.
      {
        what: "reports per CPU second",
        subject: `${cpuOf("daemon").toFixed(0)} us a report`,
        baseline: `raw loop ${cpuOf("raw").toFixed(0)} us`,
        ratio: cpuOf("raw") / cpuOf("daemon"),
        target: null,
        met: null,
      },
    ];
    return findings;
  },
};

interface Pace {
  /** Reports per second. */
  readonly rate: number;
  /** CPU of the whole process for one report; NaN where it cannot be known. */
  readonly cpuMicros: number;
}

/** The daemon, the raw loop, and the raw loop with nothing left to make. */
type Round = Readonly<Record<Side, Pace>>;
type Side = "daemon" | "raw" | "ready";

/** One burst into a fresh daemon, then the raw loops over the very files and rows that became of it. */
async function runRound(folder: string, reports: number, { say }: Bench): Promise<Round> {
  const stage = join(folder, "stage");
  let data: string;
  let inbox: string;
  let taken: Pace;
  {
    await using daemon = await spawnDaemon(folder);
    ({ data, reports: inbox } = daemon);
    const names = writeReports(stage, 0, reports, Date.now());
    // Else the first commit would wait for all these files to reach the disk.
    flushDisk();
    const cpuBefore = cpuSecondsOf(daemon.pid) ?? Number.NaN;
    const seconds = await burstInto(daemon, stage, names);
    const cpuSeconds = (cpuSecondsOf(daemon.pid) ?? Number.NaN) - cpuBefore;
    await expectAllVisible(daemon, names);
    taken = { rate: reports / seconds, cpuMicros: (cpuSeconds / reports) * 1e6 };
  }
  const paceOf = async (to: string, ready: boolean): Promise<Pace> => {
    await using loop = spawnWorker("raw-loop");
    const asked: RawLoopCommand = { reports: inbox, from: data, to: join(folder, to), ready };
    flushDisk();
    const { seconds, cpuSeconds } = await loop.ask<RawLoopAnswer>(asked);
    return { rate: reports / seconds, cpuMicros: (cpuSeconds / reports) * 1e6 };
  };
  const round: Round = { daemon: taken, raw: await paceOf("raw", false), ready: await paceOf("ready", true) };
  const described = (side: Side) => `${perSecond(round[side].rate)} (${round[side].cpuMicros.toFixed(0)} us of CPU)`;
  say(
    `daemon ${described("daemon")}, raw loop ${described("raw")}, with all rows ready ` +
      `${described("ready")}, ratio ${(round.daemon.rate / round.raw.rate).toFixed(2)}`,
  );
  return round;
}

export function flushDisk(): void {
  Bun.spawnSync(["sync"]);
}

/** Renames all of them in and waits until the last is committed; answers seconds from the first rename on. */
export async function burstInto(
  { data, reports }: Pick<DaemonProcess, "data" | "reports">,
  stage: string,
  names: readonly string[],
): Promise<number> {
  using database = new Database(join(data, "virtuoso.db"), { readonly: true });
  const files = database.query<{ count: number }, []>("SELECT count(*) AS count FROM files");
  const before = files.get()?.count ?? 0;
  mkdirSync(reports, { recursive: true });
  const startedAt = performance.now();
  for (const name of names) renameSync(join(stage, name), join(reports, name));
  while ((files.get()?.count ?? 0) < before + names.length) {
    if (performance.now() - startedAt > timeoutMs)
      throw new Error(
        `${(files.get()?.count ?? 0) - before} of ${names.length} reports were committed within ${timeoutMs / 1000} s`,
      );
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
  if (missing.length > 0)
    throw new Error(
      `${missing.length} reports are not in the API, ${missing[0] ?? ""} for one; ${readdirSync(reports).length} are in the folder`,
    );
}
