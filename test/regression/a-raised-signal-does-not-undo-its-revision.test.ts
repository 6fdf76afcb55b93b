import { expect, test } from "bun:test";
import { listAlerts } from "../../src/store/alerts";
import { listSignals } from "../../src/store/signals";
import { fileOf, openTestWriter } from "../support/writer";
import { reportOf, signalOf } from "../support/observations";
import { expectReplayToAgree } from "../support/replayed";

test("twice in one report, a signal is known by its last version, whichever of both was raised", async () => {
  const now = Date.parse("2026-03-02T12:00:00Z");
  using test = await openTestWriter(now);
  const signal = (score: number) => signalOf({ observedAt: now, signalId: "one", score });
  const report = reportOf({ receivedAt: now, signals: [signal(90), signal(70)] });
  expect(await test.writer.submit({ observation: report, file: fileOf(report) })).toBe(true);
  expect(listSignals(test.reader.database, { limit: 10 }).items.map(({ score }) => score)).toEqual([70]);
  expect(listAlerts(test.reader.database, { limit: 10 }).items.map(({ priority }) => priority)).toEqual(["high"]);
  await expectReplayToAgree(test.data);
});
