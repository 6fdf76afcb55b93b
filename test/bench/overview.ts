import { join } from "node:path";
import type { Benchmark } from "./benchmark";
import { burstInto } from "./burst";
import { spawnDaemon } from "./daemon-process";
import { cpuSecondsOf } from "./process-facts";
import { writeReports } from "./sample-report";
import { count, inMs, median, medianRatio, percentile, perSecond } from "./statistics";
import { spawnWorker } from "./worker";
import type { LoadAnswer, LoadCommand } from "./workers/http-load";

const path = "/api/dashboard/overview";
const connections = 32;
const target = 0.6;

interface Round {
  readonly rate: number;
  readonly latenciesMs: readonly number[];
  /** CPU of the server for one request, microseconds; NaN where /proc does not say. */
  readonly cpuMicros: number;
  readonly clientBusy: number;
}

export const benchmark: Benchmark = {
  name: "overview",
  question: `how fast GET ${path} is answered at ${connections} connections`,
  async run({ smoke, folder, say }) {
    await using daemon = await spawnDaemon(folder);
    // As many reports as fill every list it shows.
    await burstInto(daemon, join(folder, "stage"), writeReports(join(folder, "stage"), 0, 100, Date.now()));
    await Bun.sleep(300);
    const answer = await fetch(`${daemon.url}${path}`, { headers: { "accept-encoding": "identity" } });
    const body = await answer.text();
    // The bare server answers the same body under the same headers, from bytes made beforehand.
    const { "content-length": _length, date: _date, ...headers } = Object.fromEntries(answer.headers);
    await using bare = spawnWorker("bare-server");
    const { port } = await bare.ask<{ port: number }>({ body, headers });
    await using client = spawnWorker("http-load");

    const seconds = smoke ? 0.3 : 2;
    const load = async (pid: number, to: number): Promise<Round> => {
      const asked: LoadCommand = { port: to, path, connections, seconds };
      const before = cpuSecondsOf(pid) ?? Number.NaN;
      const { requests, latenciesMs, cpuSeconds, seconds: took } = await client.ask<LoadAnswer>(asked);
      const cpu = (cpuSecondsOf(pid) ?? Number.NaN) - before;
      return { rate: requests / took, latenciesMs, cpuMicros: (cpu / requests) * 1e6, clientBusy: cpuSeconds / took };
    };
    for (const [pid, to] of [
      [bare.pid, port],
      [daemon.pid, daemon.port],
    ] as const)
      await load(pid, to);
    const rounds: { subject: Round; baseline: Round }[] = [];
    for (let round = 0; round < (smoke ? 1 : 7); round++)
      rounds.push({ baseline: await load(bare.pid, port), subject: await load(daemon.pid, daemon.port) });

    const rate = medianRatio(
      rounds.map(({ subject, baseline }) => ({ subject: subject.rate, baseline: baseline.rate })),
    );
    const cpu = medianRatio(
      rounds.map(({ subject, baseline }) => ({ subject: baseline.cpuMicros, baseline: subject.cpuMicros })),
    );
    const busy = median(rounds.map(({ baseline }) => baseline.clientBusy));
    say(`body of ${count(body.length)} bytes; the client was ${Math.round(busy * 100)} % busy against the bare server`);
    const describe = (which: "subject" | "baseline") => {
      const each = rounds.map((round) => round[which]);
      const all = each.flatMap(({ latenciesMs }) => latenciesMs);
      return `${perSecond(median(each.map((round) => round.rate)))}, p50 ${inMs(median(all))}, p99 ${inMs(percentile(all, 0.99))}`;
    };
    const cpuOf = (which: "subject" | "baseline") =>
      `${median(rounds.map((round) => round[which].cpuMicros)).toFixed(1)} us of CPU a request`;
    return [
      {
        what: "requests per second",
        subject: describe("subject"),
        baseline: `bare Bun.serve ${describe("baseline")}`,
        ratio: rate,
        target: `at least ${target}`,
        met: rate >= target,
      },
      // A client that is the bottleneck would flatter the rate: what the server itself spends cannot be flattered.
      {
        what: "requests per CPU second of the server",
        subject: cpuOf("subject"),
        baseline: cpuOf("baseline"),
        ratio: cpu,
        target: `at least ${target}`,
        met: Number.isNaN(cpu) ? null : cpu >= target,
      },
    ];
  },
};
