import { join } from "node:path";
import { controlSocketPath } from "../../src/daemon/control-socket";
import type { Bench, Benchmark, Finding } from "./benchmark";
import { burstInto } from "./burst";
import { spawnDaemon, type DaemonProcess } from "./daemon-process";
import { writeReports } from "./sample-report";
import { count, inMs, median, medianRatio, percentile, perSecond } from "./statistics";
import { spawnWorker } from "./worker";
import type { LoadAnswer, LoadCommand } from "./workers/http-load";

const path = "/api/dashboard/overview";
const connections = 32;
const target = 0.5;
/** Two medians this near each other cannot be distinguished over a network. */
const answerMs = 2;
const password = "a lamp over green water";

/** What it costs to be known: the overview for who signed in, and whether the time of a refusal reveals which names exist. */
export const benchmark: Benchmark = {
  name: "access",
  question: "what it costs to identify a caller, and what a refused sign-in reveals",
  async run(bench) {
    await using daemon = await spawnDaemon(bench.folder, undefined, { VIRTUOSO_AUTH: "required" });
    const owner = async (asked: string, body: object) =>
      (
        await fetch(`http://virtuoso${asked}`, {
          unix: controlSocketPath(daemon.data),
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        })
      ).json();
    await owner("/api/users", { username: "ada", role: "viewer", password });
    const { token } = (await owner("/api/tokens", { name: "benchmark", role: "viewer" })) as { token: string };
    return [...(await overviewOf(bench, daemon, token)), await refusalsOf(bench, daemon)];
  },
};

async function overviewOf({ folder, smoke, say }: Bench, daemon: DaemonProcess, token: string): Promise<Finding[]> {
  await burstInto(daemon, join(folder, "stage"), writeReports(join(folder, "stage"), 0, 100, Date.now()));
  await Bun.sleep(300);
  const { access_token: access } = (await (await signIn(daemon, "ada", password)).json()) as { access_token: string };
  const answer = await fetch(`${daemon.url}${path}`, { headers: { authorization: `Bearer ${access}` } });
  const body = await answer.text();
  if (!answer.ok) throw new Error(`the overview was refused: ${answer.status} ${body}`);
  const { "content-length": _length, date: _date, ...headers } = Object.fromEntries(answer.headers);
  await using bare = spawnWorker("bare-server");
  const { port } = await bare.ask<{ port: number }>({ body, headers });
  await using client = spawnWorker("http-load");
  const load = async (to: number, shown: string) => {
    const asked: LoadCommand = {
      port: to,
      path,
      connections,
      seconds: smoke ? 0.3 : 2,
      headers: [`Authorization: Bearer ${shown}`],
    };
    const { requests, latenciesMs, seconds } = await client.ask<LoadAnswer>(asked);
    return { rate: requests / seconds, latenciesMs };
  };
  say(`body of ${count(body.length)} bytes`);
  const findings: Finding[] = [];
  for (const [by, shown] of [
    ["a session's access token", access],
    ["an API token", token],
  ] as const) {
    for (const to of [port, daemon.port]) await load(to, shown);
    const rounds: Record<"subject" | "baseline", Awaited<ReturnType<typeof load>>>[] = [];
    for (let round = 0; round < (smoke ? 1 : 5); round++)
      rounds.push({ baseline: await load(port, shown), subject: await load(daemon.port, shown) });
    const describe = (which: "subject" | "baseline") => {
      const all = rounds.flatMap((round) => round[which].latenciesMs);
      return `${perSecond(median(rounds.map((round) => round[which].rate)))}, p50 ${inMs(median(all))}, p99 ${inMs(percentile(all, 0.99))}`;
    };
    const ratio = medianRatio(
      rounds.map(({ subject, baseline }) => ({ subject: subject.rate, baseline: baseline.rate })),
    );
    findings.push({
      what: `overviews per second by ${by}`,
      subject: describe("subject"),
      baseline: `bare Bun.serve ${describe("baseline")}`,
      ratio,
      target: `at least ${target}`,
      met: ratio >= target,
    });
  }
  return findings;
}

/**
 * In changing turns, so that whatever else the machine does falls on all alike. A second unknown name shows how far
 * apart equal cases are measured.
 */
async function refusalsOf({ smoke }: Bench, daemon: DaemonProcess): Promise<Finding> {
  const series = { known: [] as number[], unknown: [] as number[], twin: [] as number[] };
  const kinds = ["known", "unknown", "twin"] as const;
  for (let round = 0; round < (smoke ? 5 : 100); round++) {
    for (let turn = 0; turn < kinds.length; turn++) {
      const kind = kinds[(round + turn) % kinds.length] ?? "known";
      const startedAt = performance.now();
      const { status } = await signIn(daemon, kind === "known" ? "ada" : `${kind}${round}`, "not the password");
      series[kind].push(performance.now() - startedAt);
      if (status !== 401) throw new Error(`a wrong password was answered ${status}`);
    }
  }
  const apart = Math.abs(median(series.known) - median(series.unknown));
  const noise = Math.abs(median(series.twin) - median(series.unknown));
  return {
    what: `time of ${series.known.length} refused sign-ins`,
    subject: `a known name ${describeTimes(series.known)}`,
    baseline: `an unknown one ${describeTimes(series.unknown)}`,
    ratio: median(series.known) / median(series.unknown),
    target: `less than ${answerMs} ms apart, or than three times two unknown ones (${inMs(noise)})`,
    met: apart < Math.max(answerMs, 3 * noise),
  };
}

function describeTimes(times: readonly number[]): string {
  return `p50 ${inMs(median(times))}, p99 ${inMs(percentile(times, 0.99))}`;
}

function signIn({ url }: DaemonProcess, username: string, given: string): Promise<Response> {
  return fetch(`${url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password: given, transport: "bearer" }),
  });
}
