import { join } from "node:path";
import { decide } from "../../src/core/decide/decide";
import { seqsTakenBy, type Observation } from "../../src/core/observation";
import type { Settings } from "../../src/core/settings";
import { StateOverlay } from "../../src/core/decide/state";
import { settingsOf } from "../../src/config/effective";
import { configSchema } from "../../src/config/schema";
import {
  compressOriginal,
  digestOf,
  readReportFile,
  type NothingToRead,
  type ReadFile,
} from "../../src/ingest/report-file";
import { replay } from "../../src/replay";
import { StoreWriter, type FileRead } from "../../src/store/writer";
import { storedObservations } from "../../src/store/observed";
import { openForWriting, type Database } from "../../src/store/db";
import { eventsOf } from "../../src/views/events";
import type { Bench, Benchmark, Finding } from "./benchmark";
import { writeReports } from "./sample-report";
import { count, median, medianRatio, perSecond } from "./statistics";

const perCommit = 100;
const source = "reports";
const manner = { zone: "UTC", score: "auto", reliability: "auto", strategy: null, map: {} } as const;

/** The ingest path of one report, step by step, in the order it is gone. */
const steps = ["read and normalise", "digest and compress", "decide", "record", "frames", "commit"] as const;
type Step = (typeof steps)[number];

export const benchmark: Benchmark = {
  name: "decide",
  question: "how fast stored observations are decided again, and what part of the ingest path deciding is",
  async run(bench) {
    const observations = bench.smoke ? 1000 : 100_000;
    const settings = settingsOf(configSchema.parse({}), {}, [{ kind: "reports", name: source }]);
    using database = openForWriting(join(bench.folder, "data"));
    const spent = await ingest(bench, database, settings, observations);
    return [await replayed(bench, database, settings), shareOf(spent, observations)];
  },
};

/** Replay as the preview and the crash test do it, against a loop that reads and parses the same rows and decides nothing. */
async function replayed({ smoke, say }: Bench, database: Database, settings: Settings): Promise<Finding> {
  const rounds: { subject: number; baseline: number; deciding: number }[] = [];
  let seen = 0;
  for (let round = 0; round < (smoke ? 1 : 5); round++) {
    seen = 0;
    const bareAt = performance.now();
    for (const observation of storedObservations(database)) if (observation.seq > 0) seen++;
    const bareSeconds = (performance.now() - bareAt) / 1000;
    let decided = 0;
    const startedAt = performance.now();
    replay(
      storedObservations(database),
      () => settings,
      () => decided++,
    );
    const seconds = (performance.now() - startedAt) / 1000;
    if (decided !== seen) throw new Error(`${decided} of ${seen} stored observations were replayed`);
    rounds.push({
      subject: seen / seconds,
      baseline: seen / bareSeconds,
      deciding: ((seconds - bareSeconds) / seen) * 1e6,
    });
  }
  say(`deciding alone: ${median(rounds.map(({ deciding }) => deciding)).toFixed(1)} us an observation`);
  return {
    what: `replay of ${count(seen)} observations`,
    subject: perSecond(median(rounds.map(({ subject }) => subject))),
    baseline: `read and parsed only ${perSecond(median(rounds.map(({ baseline }) => baseline)))}`,
    ratio: medianRatio(rounds),
    target: null,
    met: null,
  };
}

function shareOf(spent: Readonly<Record<Step, number>>, observations: number): Finding {
  const total = steps.reduce((sum, step) => sum + spent[step], 0);
  return {
    what: "share of deciding in the ingest path",
    subject: `${((spent.decide / observations) * 1000).toFixed(1)} us of ${((total / observations) * 1000).toFixed(1)} us a report`,
    baseline: "the whole path, files to commit, in one process",
    ratio: spent.decide / total,
    target: null,
    met: null,
  };
}

/** Takes reports in as the daemon does, one step after the other, and takes the time of each; answers ms. */
async function ingest(
  { folder, say }: Bench,
  database: Database,
  settings: Settings,
  observations: number,
): Promise<Record<Step, number>> {
  const reports = join(folder, "reports");
  const storeWriter = new StoreWriter(database, () => "bench");
  const spent = Object.fromEntries(steps.map((step) => [step, 0])) as Record<Step, number>;
  const timed = <T>(step: Step, work: () => T): T => {
    const startedAt = performance.now();
    const result = work();
    spent[step] += performance.now() - startedAt;
    return result;
  };
  // Reports a second apart, so that cadence, cooldown, cap and expiry are all at work.
  const startAt = Date.now() - observations * 1000;
  for (let from = 0; from < observations; from += perCommit) {
    const at = startAt + from * 1000;
    const names = writeReports(reports, from, from + perCommit, at);
    const readAt = performance.now();
    const files = await Promise.all(names.map((name) => readReportFile(reports, name, manner, Date.now())));
    spent["read and normalise"] += performance.now() - readAt;
    const taken = timed("digest and compress", () => files.map(asRead));
    const overlay = new StateOverlay(storeWriter.state);
    const before = spent.decide + spent.record + spent.frames;
    const commitAt = performance.now();
    storeWriter.transact((next) => {
      for (const [index, { file, kept }] of taken.entries()) {
        const { signals, opportunities, market, refusals } = file.reading;
        const unsequenced = {
          kind: "report",
          source,
          file: names[index] ?? "",
          receivedAt: at + index * 1000,
          modifiedAt: at,
          backlog: false,
          known: false,
          signals,
          opportunities,
          market,
          refusals,
        } as const;
        const observation: Observation = { ...unsequenced, seq: next.peek() };
        const outcome = timed("decide", () => {
          const decided = decide(overlay, observation, settings, observation.receivedAt);
          overlay.absorb(decided.state);
          return decided;
        });
        next.take(seqsTakenBy(observation) + outcome.raised.length);
        const recorded = timed("record", () => storeWriter.record(observation, outcome, kept));
        timed("frames", () => {
          for (const event of eventsOf(recorded, () => next.take(1)))
            storeWriter.writeEvent({ ...event, frame: event.frame.text });
        });
      }
      timed("record", () => storeWriter.writeCells(overlay));
    });
    storeWriter.state.apply(overlay);
    spent.commit += performance.now() - commitAt - (spent.decide + spent.record + spent.frames - before);
  }
  const total = steps.reduce((sum, step) => sum + spent[step], 0);
  say(
    steps
      .map(
        (step) =>
          `${step} ${((spent[step] / observations) * 1000).toFixed(1)} us (${Math.round((100 * spent[step]) / total)} %)`,
      )
      .join(", "),
  );
  return spent;
}

function asRead(file: ReadFile | NothingToRead): { readonly file: ReadFile; readonly kept: FileRead } {
  if (typeof file === "string") throw new Error(`a report that was just written is ${file}`);
  const { size, modifiedAt } = file;
  return {
    file,
    kept: { size, modifiedAt, digest: digestOf(file), bytes: file.bytes, original: compressOriginal(file.bytes) },
  };
}
