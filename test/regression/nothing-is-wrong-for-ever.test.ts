import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import pino from "pino";
import type { Condition } from "../../src/core/decide/state";
import { createScheduler } from "../../src/daemon/scans";
import type { Writer } from "../../src/writer";
import { createMetrics } from "../../src/telemetry/metrics";
import type { AlertShape } from "../../src/views/alerts";
import { startTestDaemon, until, type TestDaemon } from "../support/daemon";
import { expectReplayToAgree } from "../support/replayed";
import { aSignal } from "../support/reports";

/** What an alert speaks of is mended or taken out of the config: the alert ends, while the daemon runs and over a restart. */

const failing = `{ name: "mine", judge: () => { throw new Error("broken"); } }`;
const mended = `{ name: "mine", judge: () => undefined }`;
const configOfSource = (name: string) =>
  `export default { sources: [{ kind: "reports", name: "${name}", dir: "FOLDER/reports", expectEvery: "1s" }] };`;
const configOf = (rules: string) => `export default { rules: [${rules}] };`;

async function openAlerts(daemon: TestDaemon): Promise<AlertShape[]> {
  return (await daemon.get<{ items: AlertShape[] }>("/api/alerts?type=SYSTEM&state=open")).items;
}

async function endOf(daemon: TestDaemon, id: string): Promise<Pick<AlertShape, "state" | "end_reason">> {
  const { state, end_reason } = await daemon.get<AlertShape>(`/api/alerts/${id}`);
  return { state, end_reason };
}

async function raise(daemon: TestDaemon, name: string): Promise<AlertShape> {
  daemon.drop(name, aSignal().body(Date.now()));
  return until("the alert about the rule", async () =>
    (await openAlerts(daemon)).find(({ rule }) => rule === "rule-failing"),
  );
}

test("a rule mended in the config while the daemon runs", async () => {
  await using daemon = await startTestDaemon({ scanning: false, config: configOf(failing) });
  const { id } = await raise(daemon, "one.json");
  writeFileSync(join(daemon.folder, "virtuoso.config.ts"), configOf(mended));
  await until("its end", async () => (await openAlerts(daemon)).length === 0);
  expect(await endOf(daemon, id)).toEqual({ state: "resolved", end_reason: "gone" });
});

test("a rule removed while the daemon was down", async () => {
  await using daemon = await startTestDaemon({ scanning: false, config: configOf(failing) });
  const { id } = await raise(daemon, "one.json");
  await daemon.stop();
  const later = await startTestDaemon({ scanning: false, folder: daemon.folder, config: configOf("") });
  expect(await openAlerts(later)).toEqual([]);
  expect(await endOf(later, id)).toEqual({ state: "resolved", end_reason: "gone" });
  await later.stop();
});

test("a source removed while the daemon was down", async () => {
  await using daemon = await startTestDaemon({ scanning: false, config: configOfSource("one") });
  daemon.drop("one.json", aSignal().body(Date.now()));
  const { id } = await until("the silence", async () =>
    (await openAlerts(daemon)).find(({ rule }) => rule === "source-silent"),
  );
  await daemon.stop();
  const later = await startTestDaemon({ scanning: false, folder: daemon.folder, config: configOfSource("another") });
  expect(await endOf(later, id)).toEqual({ state: "resolved", end_reason: "gone" });
  later.daemon.tick();
  expect(await openAlerts(later)).toEqual([]);
  await later.stop();
  await expectReplayToAgree(daemon.data);
});

test("a scanner that failed before the restart and works after it", async () => {
  const submitted: unknown[] = [];
  const writer = {
    submit: async ({ observation }: { observation: unknown }) => submitted.push(observation),
  } as unknown as Writer;
  const scan = async (conditionOf: () => Condition | undefined) => {
    const scheduler = createScheduler({
      writer,
      metrics: createMetrics({
        version: "test",
        mode: "live",
        groups: { sources: [], scanners: ["one"], exchanges: [], rules: [], channels: [] },
      }),
      log: pino({ level: "silent" }),
      now: () => 5,
      elapsed: () => 5,
      inTurn: false,
      conditionOf,
    });
    scheduler.follow([
      { name: "one", times: () => ({ intervalMs: 1000, timeoutMs: 1000 }), scan: async () => "scanned" },
    ]);
    await scheduler.run("one");
    await scheduler[Symbol.asyncDispose]();
  };
  await scan(() => undefined);
  expect(submitted).toEqual([]);
  await scan(() => ({ since: 1, alertSeq: 2 }));
  expect(submitted).toEqual([{ kind: "scanner-fared", scanner: "one", failing: null, receivedAt: 5 }]);
});
