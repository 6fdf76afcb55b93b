import { expect, test } from "bun:test";
import { dueRow, type Delivery } from "../../src/core/notify/delivery";
import { DeliveryStore, waitingSql } from "../../src/store/deliveries";
import { Pruner } from "../../src/store/prune";
import { alerts } from "../../src/store/schema";
import { openTestWriter, type TestWriter } from "../support/writer";
import { systemAlertRow } from "../support/alert-rows";

const now = Date.parse("2026-03-02T12:00:00Z");
const day = 86_400_000;

function rowOf(seq: number, more: Partial<Delivery> = {}): Delivery {
  const due = {
    alertSeq: seq,
    channel: "hook",
    route: null,
    step: 0,
    createdAt: now,
    dueAt: now,
    purpose: "raise",
  } as const;
  return { ...dueRow(due, seq), ...more };
}

function putAlert({ database }: TestWriter, seq: number, state: "open" | "resolved"): void {
  const alert = systemAlertRow(seq, now, { rule: "any", message: "any" });
  database.db
    .insert(alerts)
    .values({ ...alert, state, endedAt: state === "open" ? null : now })
    .run();
}

test.each([
  ["what is due", waitingSql("d.due_at <= ?2"), /SEARCH d USING INDEX deliveries_due \(channel=\? AND due_at<\?\)/],
  ["what was never accepted", waitingSql("d.created_at <= ?2"), /SEARCH d USING INDEX deliveries_due \(channel=\?\)/],
])("%s is found by the index of what is due, without sorting", async (_what, sql, wanted) => {
  using given = await openTestWriter(now);
  const plan = given.database.raw
    .query<{ detail: string }, [string, number, number]>(`EXPLAIN QUERY PLAN ${sql}`)
    .all("hook", now, 8)
    .map(({ detail }) => detail);
  expect(plan.find((step) => / d /.test(step))).toMatch(wanted);
  expect(plan.filter((step) => /SCAN|TEMP B-TREE FOR ORDER BY/.test(step))).toEqual([]);
});

test("what follows a message that is tried again is not due before it, and is once its channel works", async () => {
  using given = await openTestWriter(now);
  const outbox = new DeliveryStore(given.database);
  outbox.insert(rowOf(1));
  outbox.insert(rowOf(2, { alertSeq: 1, purpose: "resolve" }));
  outbox.insert(rowOf(3));
  outbox.mark({ seq: 1, dueAt: now + 5000, attempts: 1 });
  expect(outbox.waiting("hook", now, 8).map(({ seq }) => seq)).toEqual([3]);
  expect(outbox.nextDueAt("hook", now)).toBe(now + 5000);
  outbox.hasten("hook", now);
  expect(outbox.waiting("hook", now, 8).map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test("a row that is over stays so whatever a try that was under way says, unless it got out", async () => {
  using given = await openTestWriter(now);
  const outbox = new DeliveryStore(given.database);
  outbox.insert(rowOf(1, { state: "withdrawn", endedAt: now }));
  expect(outbox.mark({ seq: 1, dueAt: now + 5000, attempts: 1 })).toBeUndefined();
  expect(outbox.mark({ seq: 1, state: "failed", endedAt: now })).toBeUndefined();
  expect(outbox.mark({ seq: 1, state: "sent", acceptedAt: now, endedAt: now })).toMatchObject({ state: "sent" });
});

test("deliveries past their time go, but for those that are due and where an alert that stands got out", async () => {
  using given = await openTestWriter(now);
  const { database, storeWriter } = given;
  const outbox = new DeliveryStore(database);
  putAlert(given, 1, "open");
  putAlert(given, 2, "resolved");
  const sent = { state: "sent", acceptedAt: now, endedAt: now } as const;
  outbox.insert(rowOf(11, { alertSeq: 1, ...sent }));
  outbox.insert(rowOf(12, { alertSeq: 2, ...sent }));
  outbox.insert(rowOf(13, { alertSeq: 2, purpose: "resolve" }));
  outbox.insert(rowOf(14, { alertSeq: null, purpose: "test", ...sent, endedAt: now + 2 * day }));
  const kept = { signals: null, raw: null, decisions: null, events: null, alerts: null, deliveries: now + day };
  const { removed } = new Pruner(database, storeWriter.search).step(kept, 5, () => 0);
  expect(removed).toEqual({ deliveries: 1 });
  const left = database.raw.query<{ seq: number }, []>("SELECT seq FROM deliveries ORDER BY seq").all();
  expect(left.map(({ seq }) => seq)).toEqual([11, 13, 14]);
});
