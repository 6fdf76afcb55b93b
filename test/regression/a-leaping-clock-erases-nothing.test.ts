import { expect, test } from "bun:test";
import { RetentionKeeper, type RetentionDeps } from "../../src/daemon/retention";
import { fileOf, openTestWriter, type TestWriter } from "../support/writer";
import { reportOf, signalOf } from "../support/observations";

const start = Date.parse("2026-03-02T12:00:00Z");
const day = 86_400_000;
const kept = {
  signals: 90 * day,
  raw: 30 * day,
  decisions: 30 * day,
  events: 7 * day,
  alerts: 365 * day,
  deliveries: 90 * day,
};

type Ahead = Parameters<RetentionDeps["doubted"]>[0];

function keep(
  given: TestWriter,
  clock: { wall: number; monotonic: number },
  doubted: (ahead: Ahead) => void = () => undefined,
): RetentionKeeper {
  const { writer, storeWriter, database, reader } = given;
  return new RetentionKeeper({
    writer,
    storeWriter,
    database,
    reader,
    now: () => clock.wall,
    elapsed: () => clock.monotonic,
    kept: () => kept,
    stepped: () => undefined,
    removed: () => undefined,
    doubted,
  });
}

async function fill(given: TestWriter): Promise<void> {
  for (let n = 0; n < 5; n++) {
    const report = reportOf({
      receivedAt: start - n,
      file: `${n}.json`,
      signals: [signalOf({ observedAt: start, signalId: `${n}` })],
    });
    expect(await given.writer.submit({ observation: report, file: fileOf(report) })).toBe(true);
  }
}

/** The rows of what retention may remove. */
function rows({ database }: TestWriter): number[] {
  return ["signals", "reports", "decisions", "events", "observations"].map(
    (table) => database.raw.query<{ n: number }, []>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0,
  );
}

test("a clock 500 days ahead for 75 s, a restart in the midst of it: every row stays; a person's word lets them go", async () => {
  using given = await openTestWriter(start);
  await fill(given);
  const whole = rows(given);
  const clock = { wall: start, monotonic: 0 };
  const pass = (ms: number) => {
    clock.wall += ms;
    clock.monotonic += ms;
  };
  {
    using keeper = keep(given, clock);
    keeper.step();
    clock.wall += 500 * day;
    for (let n = 0; n < 15; n++) {
      pass(5000);
      expect(keeper.step().more).toBe(false);
    }
    expect(rows(given)).toEqual(whole);
    expect(keeper.doubt?.byMs).toBe(500 * day);
  }
  {
    // Started while it is ahead, and what was stored meanwhile says the same.
    const late = reportOf({
      receivedAt: clock.wall,
      file: "late.json",
      signals: [signalOf({ observedAt: clock.wall, signalId: "late" })],
    });
    expect(await given.writer.submit({ observation: late, file: fileOf(late) })).toBe(true);
    using keeper = keep(given, { ...clock, monotonic: 0 });
    keeper.step();
    expect(keeper.doubt).not.toBeNull();
    expect(rows(given)[0]).toBe((whole[0] ?? 0) + 1);
  }
  clock.wall -= 500 * day;
  {
    using keeper = keep(given, clock);
    pass(5000);
    keeper.step();
    expect(keeper.doubt).toBeNull();
    expect(rows(given)[0]).toBe((whole[0] ?? 0) + 1);
  }
  clock.wall += 500 * day;
  using keeper = keep(given, clock);
  expect(keeper.doubt).not.toBeNull();
  expect(keeper.confirm(() => undefined)).toBe(true);
  while (keeper.step().more) pass(10);
  // What came while the clock was ahead is younger, and in no one's way.
  expect(rows(given)[0]).toBe(1);
});

test("where nothing is stored about the clock, the newest row is what it is held against", async () => {
  using given = await openTestWriter(start);
  await fill(given);
  const whole = rows(given);
  using keeper = keep(given, { wall: start + 500 * day, monotonic: 0 });
  keeper.step();
  expect(rows(given)).toEqual(whole);
  expect(keeper.doubt?.byMs).toBe(500 * day + 4);
});

test("while the clock is in doubt nothing goes, not even what was due before it leapt; there is one alert of it", async () => {
  using given = await openTestWriter(start);
  await fill(given);
  const whole = rows(given);
  const clock = { wall: start + 89 * day, monotonic: 0 };
  const readings: (number | null)[] = [];
  using first = keep(given, clock, (ahead) => readings.push(ahead?.byMs ?? null));
  expect(readings).toEqual([89 * day + 4]);
  expect(first.confirm(() => undefined)).toBe(true);
  clock.wall += day;
  expect(first.step()).toMatchObject({ more: false });
  expect(rows(given)).toEqual(whole);
  // The debt is by the time that is believed.
  expect(first.debtSeconds()).toMatchObject({ signals: 0, raw: (59 * day + 4) / 1000 });
  clock.wall -= day;
  first.step();
  expect(readings).toEqual([89 * day + 4, null, day, null]);
  expect(rows(given)).toEqual([5, 0, 0, 0, whole[4] ?? 0]);
});

test("what is believed outlives a kill: a leap, a person's word, and the time of every ten minutes", async () => {
  using given = await openTestWriter(start);
  await fill(given);
  const clock = { wall: start, monotonic: 0 };
  const pass = (ms: number) => {
    clock.wall += ms;
    clock.monotonic += ms;
  };
  const killed = keep(given, clock);
  killed.step();
  for (let n = 0; n < 12; n++) {
    pass(5 * 60_000);
    killed.step();
  }
  pass(50 * 60_000);
  // Of the first ten minutes alone it would be 100 minutes and more, and too long to be believed.
  expect(keep(given, clock).doubt).toBeNull();

  clock.wall += 500 * day;
  killed.step();
  const late = reportOf({
    receivedAt: clock.wall,
    file: "late.json",
    signals: [signalOf({ observedAt: clock.wall, signalId: "late" })],
  });
  expect(await given.writer.submit({ observation: late, file: fileOf(late) })).toBe(true);
  const after = keep(given, clock);
  expect(after.doubt).not.toBeNull();

  // Its place in the audit log and the word itself are one commit.
  given.database.raw.run("CREATE TABLE said (by TEXT)");
  const say = () => void given.database.raw.run("INSERT INTO said VALUES ('ada')");
  expect(() =>
    after.confirm(() => {
      say();
      throw new TypeError("a bug");
    }),
  ).toThrow("a bug");
  expect(after.doubt).not.toBeNull();
  expect(keep(given, clock).doubt).not.toBeNull();
  expect(after.confirm(say)).toBe(true);
  expect(given.database.raw.query("SELECT count(*) AS n FROM said").get()).toEqual({ n: 1 });
  expect(keep(given, clock).doubt).toBeNull();
});

test("candles and betas past their time go, by the clock that is believed, and the others stay", async () => {
  using given = await openTestWriter(start);
  await fill(given);
  const {
    database: { raw },
  } = given;
  const put = (at: number) => {
    raw.run("INSERT INTO candles VALUES ('x', 'BTCUSDT', '1m', ?, 1, 1, 1, 1, 1)", [at]);
    raw.run("INSERT INTO betas VALUES ('x', 'BTCUSDT', 'ETHUSDT', '1m', ?, 1)", [at]);
  };
  const times = (table: string) =>
    raw
      .query<{ at: number }, []>(`SELECT at FROM ${table} ORDER BY at`)
      .all()
      .map(({ at }) => at);
  const [old, young] = [start - 32 * day, start];
  for (const at of [old, young]) put(at);
  using keeper = keep(given, { wall: start, monotonic: 0 });
  while (keeper.step().more);
  expect([times("candles"), times("betas")]).toEqual([[young], [young]]);
});
