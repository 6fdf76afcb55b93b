import { dayMs } from "../../src/core/duration";
import type { Benchmark, Finding } from "./benchmark";
import type { HeldUp } from "./loop-watch";
import { count, inMegabytes, inMs, median } from "./statistics";
import { stockDatabase } from "./stocked-database";
import { spawnWorker, type Worker } from "./worker";
import type { WatchedAnswer } from "./workers/watched-daemon";

const heldMsMax = 20;
/** Within what retention keeps of everything: nothing of it is due. */
const spanMs = 29 * dayMs;

/** What each list is asked, by route: every filter and order by itself, what lies near, far and nowhere, and what several ask together. */
const questions: Readonly<Record<string, readonly string[]>> = {
  "/api/alerts": [
    "",
    "limit=100",
    "priority=high",
    "min_priority=medium",
    "type=SYSTEM",
    "type=MARKET",
    "symbol=B000007USDT",
    "symbol=NOSUCHUSDT",
    "source=swing",
    "source=rare",
    "source=nowhere",
    "state=open",
    "state=acknowledged",
    "since=1h",
    "since=20d",
    "until=20d",
    "since=20d&until=19d",
    "source=rare&priority=low",
    "source=nowhere&state=open",
    "type=SYSTEM&state=resolved&priority=high",
    "symbol=B000007USDT&since=2d",
    "priority=high&until=20d",
    "q=B000042USDT",
    "q=strength",
    "q=nosuchword",
    "q=long&source=rare",
  ],
  "/api/dashboard/alerts/recent": ["", "priority=high&alert_type=SYSTEM"],
  "/api/alerts/groups": [
    "",
    "since=10m",
    "since=28d",
    "since=28d&symbol=B000007USDT",
    "since=28d&source=nowhere",
    "since=1d&type=SYSTEM&priority=high",
  ],
  "/api/signals": [
    "",
    "symbol=B000007USDT",
    "source=rare",
    "source=nowhere",
    "direction=short",
    "direction=exit",
    "timeframe=4h",
    "timeframe=9h",
    "min_strength=99.99",
    "outcome=held",
    "decision=unreliable",
    "decision=cap",
    "since=20d",
    "until=20d",
    "order=asc",
    "by=observed",
    "by=observed&order=asc",
    "by=strength",
    "by=score",
    "by=reliability",
    "by=price",
    "by=strength&order=asc&symbol=B000007USDT",
    "by=observed&source=rare",
    "q=B000042USDT",
    "q=usdt",
    "q=nosuchword",
    "q=long&by=score",
  ],
  "/api/opportunities": [
    "",
    "symbol=B7USDT",
    "source=nowhere",
    "pattern=beta_expansion",
    "pattern=none",
    "min_confidence=0.9999",
    "outcome=held",
    "by=observed",
    "since=20d",
    "q=beta",
    "q=nosuchword",
  ],
  "/api/decisions": [
    "",
    "outcome=held",
    "outcome=raised",
    "verdict=below-threshold",
    "verdict=unreliable",
    "reason=cap",
    "symbol=B000007USDT",
    "source=rare",
    "source=nowhere",
    "source=nowhere&reason=cooldown",
    "since=20d",
    "until=20d",
    "q=B000042USDT",
    "q=nosuchword",
  ],
  "/api/decisions/counts": ["", "since=28d", "since=28d&symbol=B000007USDT", "since=28d&source=nowhere"],
  "/api/symbols": ["", "since=10m", "since=28d&limit=100&depth=50"],
  "/api/symbols/B000007USDT": [""],
  "/api/sources": [""],
  "/api/quarantine": ["", "source=nowhere", "q=nosuchfile"],
  "/api/audit": ["", "who=account-3", "who=nowhere", "what=settings.changed", "since=1h"],
  "/api/audit/chain": [""],
};

/** Lists with pages; how many pages on is deep. */
const paged = [
  "/api/alerts",
  "/api/alerts?source=swing",
  "/api/alerts?q=strength",
  "/api/signals",
  "/api/signals?by=strength",
  "/api/decisions",
  "/api/decisions?outcome=held",
  "/api/opportunities",
  "/api/audit",
];
const downloads = [
  "/api/alerts?format=csv",
  "/api/alerts?format=jsonl&source=swing",
  "/api/signals?format=csv&by=strength",
  "/api/decisions?format=csv&q=B000042USDT",
  "/api/audit?format=csv",
];

interface Asked {
  readonly path: string;
  /** The first time, with nothing warm, and then. */
  readonly firstMs: number;
  readonly ms: readonly number[];
  readonly heldUp: HeldUp;
  readonly status: number;
}

export const benchmark: Benchmark = {
  name: "lists",
  question: "how long every list takes to answer from a large database, and how long it holds the event loop up",
  async run({ smoke, folder, say, alerts: wanted }) {
    const alerts = wanted ?? (smoke ? 20_000 : 1_000_000);
    const startedAt = performance.now();
    const { bytes, indexSeconds } = await stockDatabase(folder, {
      alerts,
      newestAt: Date.now() - 60_000,
      spanMs,
      trail: false,
    });
    say(
      `${count(alerts)} alerts, and as many signals, opportunities and decisions: ${inMegabytes(bytes)}, ` +
        `written in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`,
    );
    const slowest = Object.entries(indexSeconds)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, 3);
    say(
      `an index over all of them takes ${slowest.map(([name, seconds]) => `${name} ${seconds.toFixed(1)} s`).join(", ")} at most`,
    );
    await using worker = spawnWorker("watched-daemon", folder);
    const { url } = await worker.ask<WatchedAnswer>({});
    const repeats = smoke ? 1 : 5;
    const ask = (path: string) => readList(worker, url, path, repeats);
    const measure = async (what: string, paths: readonly string[]): Promise<Finding> => {
      const all: Asked[] = [];
      for (const path of paths) all.push(await ask(path));
      for (const { path, firstMs, ms, heldUp, status } of all)
        say(`${path}: ${status} in ${inMs(firstMs)}, then ${inMs(median(ms))}; held the loop ${heldText(heldUp)}`);
      return findingOf(what, all, idle);
    };
    // The runtime's own work, and that of an idle daemon.
    const idle = await heldDuring(worker, () => Bun.sleep(smoke ? 100 : 3000));
    const findings: Finding[] = [];
    findings.push(await measure("the first answer of all", ["/api/alerts"]));
    for (const [route, queries] of Object.entries(questions))
      findings.push(
        await measure(
          route,
          queries.map((query) => (query === "" ? route : `${route}?${query}`)),
        ),
      );
    const deep: string[] = [];
    for (const path of paged) deep.push(await pagesOn(url, path, smoke ? 3 : 40));
    findings.push(await measure("a deep page", deep));
    findings.push(await measure("a download", downloads));
    return findings;
  },
};

async function readList(worker: Worker, url: string, path: string, repeats: number): Promise<Asked> {
  let status = 0;
  const ms: number[] = [];
  const heldUp = await heldDuring(worker, async () => {
    for (let time = 0; time <= repeats; time++) {
      const startedAt = performance.now();
      const response = await fetch(url + path);
      await response.arrayBuffer();
      ms.push(performance.now() - startedAt);
      status = response.status;
      // Until its next look, so that the end of the answer is looked at too.
      await Bun.sleep(3);
    }
  });
  // 503: it was given up after its time, which is an answer.
  if (status !== 200 && status !== 503) throw new Error(`${path} was answered with ${status}`);
  const [firstMs = Number.NaN, ...rest] = ms;
  return { path, firstMs, ms: rest, heldUp, status };
}

async function heldDuring(worker: Worker, doing: () => Promise<unknown>): Promise<HeldUp> {
  await worker.ask<WatchedAnswer>({});
  await doing();
  return (await worker.ask<WatchedAnswer>({})).heldUp;
}

/** The path of a page so many on. */
async function pagesOn(url: string, path: string, pages: number): Promise<string> {
  const and = path.includes("?") ? "&" : "?";
  let at = path;
  for (let page = 0; page < pages; page++) {
    const { next_cursor: next } = (await (await fetch(`${url}${at}${at === path ? and : "&"}limit=100`)).json()) as {
      next_cursor: string | null;
    };
    if (next === null) return at;
    at = `${path}${and}cursor=${next}`;
  }
  return at;
}

function findingOf(what: string, all: readonly Asked[], idle: HeldUp): Finding {
  const work = Math.max(...all.map(({ heldUp }) => heldUp.work));
  const longest = all.toSorted((a, b) => Math.max(b.firstMs, ...b.ms) - Math.max(a.firstMs, ...a.ms))[0];
  const times = all.flatMap(({ firstMs, ms }) => [firstMs, ...ms]);
  return {
    what,
    subject:
      `held the loop ${heldText({ work, clock: Math.max(...all.map(({ heldUp }) => heldUp.clock)) })}; ` +
      `answered in ${inMs(median(times))}, ${inMs(Math.max(...times))} at most (${longest?.path ?? ""})`,
    baseline: `asked nothing: ${heldText(idle)}`,
    ratio: null,
    target: `under ${heldMsMax} ms of work`,
    met: work < heldMsMax,
  };
}

function heldText({ work, clock }: HeldUp): string {
  return `${inMs(work)} of work, ${inMs(clock)} by the clock`;
}
