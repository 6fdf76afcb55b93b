import { expect, test } from "bun:test";
import { listDecisions } from "../../src/store/decisions";
import { fileOf, openTestWriter } from "../support/writer";
import { reportOf, signalOf } from "../support/observations";
import { expectReplayToAgree } from "../support/replayed";

test("what came in before a change of the settings is decided by those that held then", async () => {
  const now = Date.parse("2026-03-02T12:00:00Z");
  using test = await openTestWriter(now);
  const report = reportOf({ receivedAt: now, signals: [signalOf({ observedAt: now, score: 80 })] });
  const stored = test.writer.submit({ observation: report, file: fileOf(report) });
  test.settings.change(test.writer, { patch: { signals: { min_score: 95 } }, from: "test", who: "test" });
  expect(await stored).toBe(true);
  expect(listDecisions(test.reader.database, { limit: 10 }).items.map(({ word }) => word)).toEqual(["raised"]);
  await expectReplayToAgree(test.data);
});
