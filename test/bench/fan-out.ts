import { join } from "node:path";
import { renameSync } from "node:fs";
import type { Bench, Benchmark, Finding } from "./benchmark";
import { spawnDaemon } from "./daemon-process";
import { reportName, sampleReport, writeReports } from "./sample-report";
import { count, inMs, median, perSecond, percentile, spreadOf } from "./statistics";
import { spawnWorker, wallMs, type Worker } from "./worker";
import type { FanOutAnswer, FanOutCommand } from "./workers/fan-out-server";
import type { SocketsCommand } from "./workers/sockets";

const target = 0.8;
const socketPath = "/api/dashboard/ws";
const withinMs = 10_000;
type Side = "hub" | "bare";

export const benchmark: Benchmark = {
  name: "fan-out",
  question: "how fast one event reaches every one of a thousand sockets",
  async run(bench) {
    const sockets = bench.smoke ? 50 : 1000;
    return [...(await againstPublish(bench, sockets)), await throughDaemon(bench, sockets)];
  },
};

/** The desk's hub in a bare process, beside `server.publish` in the same process: same frame, same sockets, turn by turn. */
async function againstPublish({ smoke, say }: Bench, sockets: number): Promise<Finding[]> {
  const frame = JSON.stringify({
    type: "new_signal",
    seq: 1,
    timestamp: new Date().toISOString(),
    signal: JSON.parse(sampleReport(1, Date.now(), "weak")) as unknown,
  });
  await using server = spawnWorker("fan-out-server", frame);
  await using clients = spawnWorker("sockets");
  const ports = await server.ask<Record<Side, number>>({ ports: true });
  for (const side of ["hub", "bare"] as const) await openSockets(clients, ports[side], sockets);

  const sendAll = async (side: Side) => {
    await ask(clients, { port: ports[side], expect: "an event" });
    const { at, cpuMs } = await server.ask<FanOutAnswer>({ via: side } satisfies FanOutCommand);
    const { lastAt } = await ask<{ lastAt: number }>(clients, { port: ports[side], withinMs });
    return { tookMs: lastAt - at, cpuMs };
  };
  const took: Record<Side, number[]> = { hub: [], bare: [] };
  const cpu: Record<Side, number[]> = { hub: [], bare: [] };
  const perBlock = smoke ? 3 : 25;
  for (let block = 0; block < (smoke ? 2 : 21); block++) {
    for (const side of block % 2 === 0 ? (["bare", "hub"] as const) : (["hub", "bare"] as const)) {
      const sent: { tookMs: number; cpuMs: number }[] = [];
      for (let event = 0; event < perBlock; event++) sent.push(await sendAll(side));
      // The first block only warms up.
      if (block === 0) continue;
      took[side].push(...sent.map(({ tookMs }) => tookMs));
      cpu[side].push(((sent.at(-1)?.cpuMs ?? Number.NaN) - (sent[0]?.cpuMs ?? Number.NaN)) / (perBlock - 1));
    }
  }
  say(
    `${count(sockets)} sockets, a frame of ${frame.length} bytes; hub ${spreadOf(took.hub)}; server.publish ${spreadOf(took.bare)}`,
  );
  const rateOf = (side: Side) => (sockets * 1000) / median(took[side]);
  const ratio = rateOf("hub") / rateOf("bare");
  const sent = (side: Side) =>
    `${perSecond(rateOf(side))} frames, p50 ${inMs(median(took[side]))}, p99 ${inMs(percentile(took[side], 0.99))}`;
  const [hubCpu, bareCpu] = [median(cpu.hub), median(cpu.bare)];
  return [
    {
      what: `one event to ${count(sockets)} sockets`,
      subject: sent("hub"),
      baseline: `server.publish ${sent("bare")}`,
      ratio,
      target: `at least ${target}`,
      met: ratio >= target,
    },
    {
      what: "events per CPU second of the server",
      subject: `${inMs(hubCpu)} of CPU an event`,
      baseline: inMs(bareCpu),
      ratio: bareCpu / hubCpu,
      target: `at least ${target}`,
      met: bareCpu / hubCpu >= target,
    },
  ];
}

/** For information: the same through everything, from a renamed report to the last of the sockets. */
async function throughDaemon({ smoke, folder }: Bench, sockets: number): Promise<Finding> {
  await using daemon = await spawnDaemon(folder, `export default { limits: { heartbeat: "1h" } };\n`);
  await using clients = spawnWorker("sockets");
  await openSockets(clients, daemon.port, sockets);
  const stage = join(folder, "stage");
  const events = smoke ? 3 : 60;
  // Weak ones only: one frame each.
  writeReports(stage, 0, 2 * events + 2, Date.now());
  const drop = (index: number) => renameSync(join(stage, reportName(index)), join(daemon.reports, reportName(index)));
  drop(1);
  await Bun.sleep(500);
  const tookMs: number[] = [];
  for (let event = 1; event <= events; event++) {
    const index = 2 * event + 1;
    await ask(clients, { port: daemon.port, expect: "an event" });
    const at = wallMs();
    drop(index);
    const { lastAt } = await ask<{ lastAt: number }>(clients, { port: daemon.port, withinMs });
    tookMs.push(lastAt - at);
    await Bun.sleep(20);
  }
  return {
    what: `report renamed to ${count(sockets)} sockets`,
    subject: spreadOf(tookMs),
    baseline: "",
    ratio: null,
    target: null,
    met: null,
  };
}

async function openSockets(clients: Worker, port: number, sockets: number): Promise<void> {
  await ask(clients, { open: sockets, port, path: socketPath });
  // The hub lets a socket resume before it is live.
  await Bun.sleep(400);
}

function ask<A = object>(clients: Worker, asked: SocketsCommand): Promise<A> {
  return clients.ask<A>(asked);
}
