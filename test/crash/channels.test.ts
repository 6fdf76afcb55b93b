import { afterAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openForReading } from "../../src/store/db";
import { deliveryIdOf } from "../../src/views/shape";
import { until } from "../support/daemon";
import { seededRandom, type Random } from "../support/random";
import { expectReplayToAgree } from "../support/replayed";
import { crashes, firstLine, seed, startKillable } from "./killable";
import { startReceivers, type Receivers } from "./receivers";

const aliveMsMax = 1200;

const folder = mkdtempSync(join(tmpdir(), "virtuoso-crash-channels-"));
/** Each is a source with a cap of its own. */
const folders = ["reports", "more1", "more2", "more3"].map((name) => join(folder, name));
for (const each of folders) mkdirSync(each);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Row {
  readonly seq: number;
  readonly alert: number;
  readonly channel: string;
  readonly purpose: string;
  readonly state: string;
  readonly into: number | null;
}

test(
  `killed ${crashes} times while three channels are sent to, every raise is sent or due, and under one id`,
  async () => {
    const random = seededRandom(seed);
    using receivers = startReceivers(random, folders.slice(1));
    writeFileSync(join(folder, "virtuoso.config.ts"), receivers.config);
    try {
      // There is a database from the first life on.
      await settleAndStop();
      let written = 0;
      for (let life = 0; life < crashes; life++) {
        written = await liveAndDie(random, written);
        expectNothingLost(receivers);
      }
      await settleAndStop();
      expectNothingLost(receivers);
      expect(outbox().rows.filter(({ state }) => state !== "sent" && state !== "folded")).toEqual([]);
      expect(outbox().rows.length).toBeGreaterThan(crashes * 3);
      await expectReplayToAgree(join(folder, "data"));
    } catch (error) {
      process.stderr.write(`crash test: seed ${seed}\n`);
      throw error;
    }
    process.stderr.write(`crash test: ${outbox().rows.length} deliveries, ${receivers.summary()}\n`);
  },
  60_000 + crashes * 5000,
);

/** Starts the real process and kills it at a moment of chance; answers how many reports there are by then. */
async function liveAndDie(random: Random, written: number): Promise<number> {
  let count = written;
  const daemon = startKillable(folder);
  const diesAt = performance.now() + 200 + random.next() * aliveMsMax;
  while (performance.now() < diesAt) {
    write(random, ++count);
    await Bun.sleep(random.below(200));
  }
  daemon.kill("SIGKILL");
  await daemon.exited;
  return count;
}

/** A life that sends what is left, ended as its owner would. */
async function settleAndStop(): Promise<void> {
  const daemon = startKillable(folder);
  await firstLine(daemon.stdout);
  // What the phone's pace holds back comes as one message once the first of it has waited for a minute.
  await until("nothing to be due", () => outbox().rows.every(({ state }) => state !== "due"), 90_000);
  daemon.kill("SIGTERM");
  expect(await daemon.exited).toBe(0);
}

/** A signal of a symbol of its own: nothing of it is held back. */
function write(random: Random, id: number): void {
  const path = join(folders[id % folders.length] ?? folder, `report-${id}.json`);
  const report = { symbol: `S${id}USDT`, signal: "BUY", score: 76 + random.below(24), timestamp: Date.now() };
  writeFileSync(`${path}.tmp`, JSON.stringify({ ...report, signal_id: `id-${id}` }));
  renameSync(`${path}.tmp`, path);
}

function outbox(): { readonly rows: Row[]; readonly alerts: number[]; readonly idOf: (seq: number) => string } {
  using database = openForReading(join(folder, "data"));
  const { raw } = database;
  const epoch = raw.query<{ value: string }, []>("SELECT value FROM meta WHERE key = 'epoch'").get()?.value ?? "";
  return {
    rows: raw
      .query<Row, []>(
        'SELECT seq, alert_seq AS alert, channel, purpose, state, folded_into AS "into" FROM deliveries ORDER BY seq',
      )
      .all(),
    alerts: raw
      .query<{ seq: number }, []>("SELECT seq FROM alerts WHERE priority <> 'low' ORDER BY seq")
      .all()
      .map(({ seq }) => seq),
    idOf: (seq) => deliveryIdOf(seq, epoch),
  };
}

/** Every raise is there once per channel; what is marked was accepted; an id is one message's for ever. */
function expectNothingLost(receivers: Receivers): void {
  const { rows, alerts, idOf } = outbox();
  for (const channel of receivers.names) {
    const raised = rows.filter((row) => row.channel === channel && row.purpose === "raise");
    expect(raised.map(({ alert }) => alert)).toEqual(alerts);
    const accepted = receivers.accepted(channel);
    for (const { seq, state, into } of raised) {
      expect(["due", "sent", "folded"]).toContain(state);
      const carrier = state === "folded" ? into : state === "sent" ? seq : null;
      if (carrier !== null) expect({ seq, accepted: accepted.has(idOf(carrier)) }).toEqual({ seq, accepted: true });
    }
  }
  const known = new Map(rows.map((row) => [idOf(row.seq), `a${row.alert} ${row.purpose}`]));
  for (const { id, about } of receivers.received) expect({ id, about }).toEqual({ id, about: known.get(id) ?? "none" });
}
