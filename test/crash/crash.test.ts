import { afterAll, expect, test } from "bun:test";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openForReading } from "../../src/store/db";
import { until } from "../support/daemon";
import { seededRandom, type Random } from "../support/random";
import { expectReplayToAgree } from "../support/replayed";
import { crashes, firstLine, seed, startKillable } from "./killable";

const aliveMsMax = 900;

const folder = mkdtempSync(join(tmpdir(), "virtuoso-crash-"));
const reports = join(folder, "reports");
const data = join(folder, "data");
mkdirSync(reports);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test(
  `killed ${crashes} times while reports arrive, every report is known once and the past can be replayed`,
  async () => {
    const random = seededRandom(seed);
    const writer = new Writer(random);
    try {
      for (let life = 0; life < crashes; life++) await liveAndDie(random, writer);
      await settleAndStop();
      expectEveryReportOnce(writer);
      await expectReplayToAgree(data);
    } catch (error) {
      process.stderr.write(`crash test: seed ${seed}\n`);
      throw error;
    }
  },
  30_000 + crashes * 5000,
);

/** Starts the real process and kills it at a moment of chance: while it starts, while it reads, while it commits. */
async function liveAndDie(random: Random, writer: Writer): Promise<void> {
  const daemon = startKillable(folder);
  const ready = firstLine(daemon.stdout);
  const diesAt = performance.now() + random.next() * aliveMsMax;
  const changesSettings = random.below(3) === 0;
  if (changesSettings) void ready.then((line) => changeSettings(line, random));
  while (performance.now() < diesAt) {
    writer.write();
    await Bun.sleep(random.below(25));
  }
  daemon.kill("SIGKILL");
  await daemon.exited;
  await ready;
}

/** One last life to read what is left, ended as its owner would. */
async function settleAndStop(): Promise<void> {
  const daemon = startKillable(folder);
  await firstLine(daemon.stdout);
  await until("every report in the ledger", () => readdirSync(reports).every((name) => inStore().has(name)), 30_000);
  daemon.kill("SIGTERM");
  expect(await daemon.exited).toBe(0);
}

async function changeSettings(readyLine: string, random: Random): Promise<void> {
  const url = /http:\S+(?=\/dashboard)/.exec(readyLine)?.[0];
  if (url === undefined) return;
  const body = JSON.stringify({
    signals: { min_score: 60 + random.below(20) },
    monitoring: { max_alerts: 1 + random.below(6) },
  });
  // It may die before it answers: then it is open whether the change holds, and both are right.
  await Promise.allSettled([
    fetch(`${url}/api/dashboard/config`, { method: "POST", headers: { "content-type": "application/json" }, body }),
  ]);
}

function inStore(): Set<string> {
  using database = openForReading(data);
  return new Set(
    database.raw
      .query<{ path: string }, []>("SELECT path FROM files")
      .all()
      .map(({ path }) => path),
  );
}

/** Writes what real writers write: new signals, twins, edits, copies, reversals, and now and then rubbish. */
class Writer {
  readonly #names: string[] = [];
  readonly edited = new Set<string>();
  #written = 0;

  constructor(private readonly random: Random) {}

  write(): void {
    const { random } = this;
    const kind = random.below(12);
    const known = this.#names.length > 0 ? this.#names[random.below(this.#names.length)] : undefined;
    const name = `report-${++this.#written}.json`;
    this.#names.push(name);
    if (known !== undefined && kind === 0) copyFileSync(join(reports, known), join(reports, name));
    else if (known !== undefined && kind === 1) this.#edit(known);
    else if (kind === 2) this.#place(name, '{"symbol": "BTCUSDT", "signal": "PERHAPS", "score": 80}');
    else this.#place(name, JSON.stringify(this.#signal(kind === 3 ? this.#written - 1 : this.#written)));
  }

  #edit(name: string): void {
    this.#names.pop();
    this.edited.add(name);
    this.#place(name, JSON.stringify(this.#signal(this.#written)));
  }

  #signal(id: number): object {
    const { random } = this;
    const signal = random.pick(["BUY", "SELL"]);
    const strength = 55 + random.below(45);
    return {
      symbol: random.pick(["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT"]),
      signal,
      score: signal === "BUY" ? strength : 100 - strength,
      timestamp: Date.now() - (random.below(10) === 0 ? 3_600_000 : 0),
      signal_id: `id-${id}`,
    };
  }

  #place(name: string, text: string): void {
    const path = join(reports, name);
    writeFileSync(`${path}.tmp`, text);
    renameSync(`${path}.tmp`, path);
  }
}

/** No content of a file was taken in twice, and the one each holds now was taken in. */
function expectEveryReportOnce(writer: Writer): void {
  using database = openForReading(data);
  const taken = database.raw
    .query<{ path: string; digest: string; times: number }, []>(
      "SELECT path, digest, count(*) AS times FROM reports GROUP BY path, digest",
    )
    .all();
  // What is refused while it is still being copied is read again once it is whole, and may be the same.
  const refused = new Set(
    database.raw
      .query<{ path: string }, []>("SELECT path FROM files WHERE outcome = 'refused'")
      .all()
      .map(({ path }) => path),
  );
  expect(taken.filter(({ path, times }) => times !== 1 && !refused.has(path))).toEqual([]);
  const files = database.raw.query<{ path: string; digest: string }, []>("SELECT path, digest FROM files").all();
  expect(files.map(({ path }) => path).toSorted()).toEqual(readdirSync(reports).toSorted());
  for (const { path, digest } of files)
    expect({ path, known: taken.some((each) => each.path === path && each.digest === digest) }).toEqual({
      path,
      known: true,
    });
  const versions = Map.groupBy(taken, ({ path }) => path);
  expect([...versions].filter(([path, { length }]) => length > 1 && !writer.edited.has(path))).toEqual([]);
  const alertsPublished = database.raw
    .query<{ published: number }, []>(
      "SELECT count(*) AS published FROM events WHERE json_extract(frame, '$.type') = 'new_alert' GROUP " +
        "BY json_extract(frame, '$.alert.id')",
    )
    .all();
  expect(alertsPublished.filter(({ published }) => published !== 1)).toEqual([]);
  expect(alertsPublished.length).toBe(
    database.raw.query<{ count: number }, []>("SELECT count(*) AS count FROM alerts").get()?.count ?? -1,
  );
  expect(files.length).toBeGreaterThan(crashes * 5);
}
