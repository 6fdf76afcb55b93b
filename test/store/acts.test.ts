import { expect, test } from "bun:test";
import { actOn } from "../../src/acts";
import { actsOn } from "../../src/store/acts";
import { Pruner } from "../../src/store/prune";
import { listAlerts } from "../../src/store/alerts";
import { hours, noon } from "../support/deciding";
import { reportOf, signalOf } from "../support/observations";
import { fileOf, openTestWriter } from "../support/writer";

test("what people did with an alert is kept as long as the alert, and goes with it", async () => {
  using desk = await openTestWriter(noon);
  const { database, writer } = desk;
  const symbols = ["BTCUSDT", "ETHUSDT"];
  const signals = symbols.map((symbol) => signalOf({ observedAt: noon, symbol, expiresAt: noon + 2 * hours }));
  const report = reportOf({ receivedAt: noon, signals });
  await writer.submit({ observation: report, file: fileOf(report) });
  const seqs = listAlerts(database, { limit: 10 }).items.map(({ seq }) => seq);
  const note = { act: "note", by: "ada", from: "test", note: "seen", forMs: null, value: null } as const;
  const done = await actOn({ database, writer, now: () => noon }, [...seqs, 99_999], note);
  expect([...(done ?? [])].map(([, outcome]) => outcome)).toEqual(["done", "done", "unknown"]);
  const kept = () => seqs.map((seq) => actsOn(database, seq).length);
  const prune = (at: number) =>
    new Pruner(database, desk.storeWriter.search).step(
      { events: null, decisions: null, raw: null, signals: null, deliveries: null, alerts: at },
      1000,
      () => performance.now(),
    );
  prune(noon + hours);
  // Both still stand, however old.
  expect(kept()).toEqual([1, 1]);
  desk.setNow(noon + 3 * hours);
  writer.tick();
  prune(noon + hours);
  expect(kept()).toEqual([0, 0]);
});
