import { expect, test } from "bun:test";
import { listAlerts } from "../../src/store/alerts";
import { Deciding, hours, minutes, noon, usualSettings } from "../support/deciding";
import { fileOf, openTestWriter } from "../support/writer";
import { reportOf, signalOf } from "../support/observations";
import { expectReplayToAgree } from "../support/replayed";
import { alertDetail } from "../../src/views/trace";
import { printStory } from "../../src/commands/why/story";
import { paintFor } from "../../src/commands/print/paint";

/** A signal that was itself held back reached no one: open alerts stay open. */

const long = (at: number) =>
  reportOf({
    receivedAt: at,
    file: `long-${at}.json`,
    signals: [signalOf({ observedAt: at, direction: "long", score: 80 })],
  });
const short = (at: number) =>
  reportOf({
    receivedAt: at,
    file: `short-${at}.json`,
    signals: [signalOf({ observedAt: at, direction: "short", score: 20 })],
  });

const heldBackBy = {
  cooldown: (history: Deciding) => {
    // The short raised before is within its cooldown.
    history.show(short(noon - minutes));
  },
  cap: (history: Deciding) => {
    history.settings = usualSettings();
    const others = ["AUSDT", "BUSDT", "CUSDT"].map((symbol) =>
      signalOf({ observedAt: noon, symbol, symbolAsWritten: symbol, score: 100 }),
    );
    history.show(reportOf({ receivedAt: noon, file: "others.json", signals: others }));
  },
  silenced: (history: Deciding) => {
    history.settings = usualSettings({
      silences: [{ match: { symbol: "BTCUSDT" }, until: noon + hours, why: "enough of it" }],
    });
  },
} as const;

for (const [word, prepare] of Object.entries(heldBackBy)) {
  test(`held back by ${word}, the opposite ends nothing`, () => {
    const history = new Deciding();
    if (word === "cooldown") prepare(history);
    expect(history.show(long(noon)).raised).toHaveLength(1);
    if (word !== "cooldown") prepare(history);
    const { decisions, changed } = history.show(short(noon + minutes));
    expect(decisions.map((each) => each.word)).toEqual([word as "cooldown"]);
    expect(changed).toEqual([]);
  });
}

test("raised, it ends the opposite by its own name", () => {
  const history = new Deciding();
  const [raisedAlert] = history.show(long(noon)).raised;
  const { raised, changed } = history.show(short(noon + minutes));
  expect(changed).toEqual([
    {
      seq: raisedAlert?.seq ?? 0,
      state: "expired",
      at: noon + minutes,
      supersededBy: raised[0]?.seq ?? 0,
      reason: "superseded",
    },
  ]);
});

test("what an earlier edition decided is replayed as it was decided", () => {
  const history = new Deciding(usualSettings({ edition: 0 }));
  history.show(short(noon - minutes));
  history.show(long(noon));
  expect(history.show(short(noon + minutes)).changed).toMatchObject([{ supersededBy: null, reason: "superseded" }]);
});

test("time alone ends an event as expired", () => {
  const history = new Deciding();
  history.show(long(noon));
  expect(history.tick(noon + 24 * hours).changed).toMatchObject([
    { state: "expired", reason: "expired", supersededBy: null },
  ]);
});

test("the reason is kept, and why says when and by what", async () => {
  using writer = await openTestWriter(noon);
  for (const [at, report] of [
    [noon, long(noon)],
    [noon + minutes, short(noon + minutes)],
  ] as const) {
    writer.setNow(at);
    expect(await writer.writer.submit({ observation: report, file: fileOf(report) })).toBe(true);
  }
  const [second, first] = listAlerts(writer.reader.database, { limit: 10 }).items;
  writer.setNow(noon + 25 * hours);
  writer.writer.tick();
  const details = [first, second].map((row) => alertDetail(writer.reader.database, `a${row?.seq}`));
  expect(details).toMatchObject([
    {
      state: "expired",
      ended_at: "2026-03-02T12:01:00.000Z",
      end_reason: "superseded",
      superseded_by: `a${second?.seq}`,
    },
    { state: "expired", ended_at: "2026-03-03T13:00:00.000Z", end_reason: "expired", superseded_by: null },
  ]);
  const story = (detail: (typeof details)[number]) =>
    detail
      ? printStory({ about: "alert", detail: detail }, paintFor(process.stdout), noon + 26 * hours).join("\n")
      : "";
  expect(story(details[0] ?? null)).toContain(`a${second?.seq}, which says the opposite`);
  expect(story(details[1] ?? null)).toContain("its time ran out");
  await expectReplayToAgree(writer.data);
});
