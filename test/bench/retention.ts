import { dayMs } from "../../src/core/duration";
import { Database } from "bun:sqlite";
import { renameSync } from "node:fs";
import { join } from "node:path";
import { databasePath } from "../../src/store/db";
import type { Benchmark, Finding } from "./benchmark";
import { writeReports } from "./sample-report";
import { count, inMs, percentile, perSecond, spreadOf } from "./statistics";
import { stockDatabase } from "./stocked-database";
import { spawnWorker } from "./worker";
import type { Step, WatchedAnswer } from "./workers/watched-daemon";

const heldMsMax = 20;
const keepsUp = 2;
/** So much older than all that retention keeps. */
const oldMs = 400 * dayMs;
const spanMs = 30 * dayMs;
const reportsEach = 10;
const everyMs = 100;
/** The first step follows a start by a little more. */
const quietMs = 4800;

/** Tables that retention removes from, and the time of their rows. */
const kept = {
  events: "at",
  decisions: "at",
  reports: "received_at",
  alerts: "raised_at",
  signals: "received_at",
  opportunities: "received_at",
  markets: "received_at",
  observations: "received_at",
};

export const benchmark: Benchmark = {
  name: "retention",
  question:
    "how long retention holds the event loop up while reports come in, and whether it removes more than they bring",
  async run({ smoke, folder, say, alerts: wanted }) {
    const alerts = wanted ?? (smoke ? 2000 : 200_000);
    await stockDatabase(folder, { alerts, newestAt: Date.now() - oldMs, spanMs, trail: true });
    say(
      `${count(alerts)} old alerts and what belongs to them; ${perSecond((reportsEach * 1000) / everyMs)} reports come in`,
    );
    await using worker = spawnWorker("watched-daemon", folder);
    await worker.ask<WatchedAnswer>({});
    await Bun.sleep(quietMs);
    const startedAt = Date.now();
    await worker.ask<WatchedAnswer>({});
    await streamReports(folder, smoke ? 2000 : 60_000);
    const { steps, heldUp } = await worker.ask<WatchedAnswer>({});
    const seconds = (Date.now() - startedAt) / 1000;
    if (steps.length === 0) throw new Error("retention removed nothing");
    const removed = steps.reduce((sum, { rows }) => sum + rows, 0) / seconds;
    const came = rowsSince(folder, startedAt) / seconds;
    return [
      held(steps, "work"),
      held(steps, "clock"),
      {
        what: "rows removed",
        subject: perSecond(removed),
        baseline: `${perSecond(came)} came in; all of it held the loop ${inMs(heldUp.work)} of work at most`,
        ratio: removed / came,
        target: `at least ${keepsUp}`,
        met: removed / came >= keepsUp,
      },
    ];
  },
};

function held(steps: readonly Step[], by: keyof Step["held"]): Finding {
  const each = steps.map((step) => step.held[by]);
  const longest = Math.max(...each);
  return {
    what: by === "work" ? "a step held the loop, work" : "the same by the clock",
    subject: `${spreadOf(each)}, longest ${inMs(longest)}`,
    baseline: "",
    ratio: null,
    // What the machine gave to others is in the clock's.
    target: by === "work" ? `under ${heldMsMax} ms` : null,
    met: by === "work" ? percentile(each, 1) < heldMsMax : null,
  };
}

/** Reports come in evenly. */
async function streamReports(folder: string, forMs: number): Promise<void> {
  const endsAt = performance.now() + forMs;
  for (let from = 1000; performance.now() < endsAt; from += reportsEach) {
    const dueAt = performance.now() + everyMs;
    for (const name of writeReports(join(folder, "stage"), from, from + reportsEach, Date.now()))
      renameSync(join(folder, "stage", name), join(folder, "reports", name));
    await Bun.sleep(Math.max(0, dueAt - performance.now()));
  }
}

function rowsSince(folder: string, since: number): number {
  using database = new Database(databasePath(join(folder, "data")), { readonly: true });
  return Object.entries(kept).reduce(
    (sum, [table, time]) =>
      sum +
      (database.query<{ rows: number }, [number]>(`SELECT count(*) AS rows FROM ${table} WHERE ${time} >= ?`).get(since)
        ?.rows ?? 0),
    0,
  );
}
