import { join } from "node:path";
import { burstInto, expectAllVisible } from "./burst";
import type { Benchmark } from "./benchmark";
import { spawnDaemon } from "./daemon-process";
import { residentOf } from "./process-facts";
import { writeReports } from "./sample-report";
import { count, inMegabytes } from "./statistics";
import { spawnWorker } from "./worker";

const targetBytes = 150 * 1024 * 1024;
const settleMs = 5000;

export const benchmark: Benchmark = {
  name: "memory",
  question: "how much memory the daemon holds once it has read many signals",
  async run({ smoke, folder, say }) {
    const signals = smoke ? 500 : 100_000;
    const atOnce = smoke ? 250 : 10_000;
    // Bun itself, with an empty server: what no program on it can go below.
    await using bare = spawnWorker("bare-server");
    await bare.ask({ body: "", headers: {} });
    const settle = smoke ? 200 : settleMs;
    let held: { now: number; highest: number } | null;
    let empty: number | undefined;
    {
      await using daemon = await spawnDaemon(folder);
      empty = residentOf(daemon.pid)?.now;
      const all: string[] = [];
      for (let from = 0; from < signals; from += atOnce) {
        const names = writeReports(join(folder, "stage"), from, from + atOnce, Date.now());
        const seconds = await burstInto(daemon, join(folder, "stage"), names);
        all.push(...names);
        const resident = residentOf(daemon.pid);
        if (resident)
          say(
            `${count(from + atOnce)} signals: ${inMegabytes(resident.now)}, this part at ${count(atOnce / seconds)}/s`,
          );
      }
      await Bun.sleep(settle);
      held = residentOf(daemon.pid);
      await expectAllVisible(daemon, all);
      const read = residentOf(daemon.pid);
      if (read) say(`after all of them were read over the API: ${inMegabytes(read.now)}`);
    }
    // Started anew on the same folders: every file is known and looked at.
    await using again = await spawnDaemon(folder);
    await Bun.sleep(settle);
    const restarted = residentOf(again.pid);
    const baseline = residentOf(bare.pid);
    if (!held || !baseline || !restarted || empty === undefined) {
      say("no /proc on this system: resident memory cannot be measured");
      return [];
    }
    const bareText = `bare Bun.serve ${inMegabytes(baseline.now)}`;
    const target = `under ${inMegabytes(targetBytes)}`;
    return [
      {
        what: `resident at ${count(signals)} signals`,
        subject: `${inMegabytes(held.now)}, highest ${inMegabytes(held.highest)}, empty ${inMegabytes(empty)}`,
        baseline: bareText,
        ratio: held.now / baseline.now,
        target,
        met: held.now < targetBytes,
      },
      {
        what: "the same, started anew",
        subject: `${inMegabytes(restarted.now)}, highest ${inMegabytes(restarted.highest)}`,
        baseline: bareText,
        ratio: restarted.now / baseline.now,
        target,
        met: restarted.now < targetBytes,
      },
    ];
  },
};
