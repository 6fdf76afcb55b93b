import { expect, test } from "bun:test";
import type { MarketView } from "../../src/core/market";
import type { UserRule } from "../../src/core/settings";
import { alertList } from "../../src/views/alerts";
import { alertDetail, decisionDetail, opportunityDetail, receivedDetail, signalDetail } from "../../src/views/trace";
import { hours, noon } from "../support/deciding";
import { fileOf, openTestWriter, type TestWriter } from "../support/writer";
import { reportOf, signalOf } from "../support/observations";
import { expectReplayToAgree } from "../support/replayed";
import { startTestDaemon } from "../support/daemon";
import { decisionList, type DecisionShape } from "../../src/views/decisions";

/** What a decision is about is kept with it, so that every id that is shown opens. */

const opportunity = {
  symbol: "ETHUSDT",
  pattern: "beta_expansion",
  confidence: 0.9,
  alphaPotential: null,
  riskLevel: null,
  observedAt: noon,
  datedBy: "body",
  timeframes: {},
  insight: null,
  action: null,
  expectedDuration: null,
  entryConditions: [],
  exitConditions: [],
} as const;

const market = { observedAt: noon, regime: "BULLISH" } as unknown as MarketView;

/** Of a type that is not that of what it was asked about. */
const rules: UserRule[] = [
  { name: "look", judge: ({ kind }) => ({ message: `a ${kind}`, type: kind === "signal" ? "MARKET" : "SIGNAL" }) },
];

function openOf({ reader }: TestWriter, id: string): object | null {
  const open = {
    s: signalDetail,
    o: opportunityDetail,
    m: receivedDetail,
    r: receivedDetail,
    d: decisionDetail,
    a: alertDetail,
  }[id.charAt(0)];
  return open?.(reader.database, id) ?? null;
}

test(
  "decisions on a signal, an opportunity, the market and the desk itself name what they are about, and " +
    "every id opens with its trace",
  async () => {
    using writer = await openTestWriter(noon, rules);
    const report = reportOf({
      receivedAt: noon,
      signals: [signalOf({ observedAt: noon })],
      opportunities: [opportunity],
      market,
    });
    await writer.writer.submit({ observation: report, file: fileOf(report) });
    const finding = {
      name: "regime-change",
      symbol: null,
      exchange: "bybit",
      message: "the market turned",
      observedAt: noon,
      why: [],
    } as const;
    await writer.writer.submit({
      observation: {
        kind: "scan",
        scanner: "market:bybit",
        source: "bybit",
        receivedAt: noon,
        opportunities: [],
        market,
        findings: [finding],
      },
      file: null,
    });
    await writer.writer.submit({
      observation: { kind: "scanner-fared", scanner: "system", failing: "no reason", receivedAt: noon },
      file: null,
    });
    const decisions = decisionList(writer.reader.database, { limit: 100 }).items;
    const about = decisions.map(({ rule, subject_id: subject }) => `${rule} ${subject?.charAt(0)}`).toSorted();
    expect(about).toEqual([
      "look m",
      "look m",
      "look o",
      "look s",
      "opportunity o",
      "regime-change r",
      "scanner-failing r",
      "strong-signal s",
    ]);
    for (const { id, subject_id: subject, alert_id: alert } of decisions) {
      for (const each of [id, subject, alert])
        if (each !== null)
          expect({ each, opened: openOf(writer, each) }).toMatchObject({
            each,
            opened: { id: each, trace: expect.any(Array) as unknown as [] },
          });
      const trace = (subject === null ? null : openOf(writer, subject)) as {
        trace: { decision: DecisionShape }[];
      } | null;
      expect(trace?.trace.map(({ decision }) => decision.id)).toContain(id);
    }
    expect(
      alertList(writer.reader.database, { limit: 100 }).items.map(
        ({ rule, signal_id: signal, subject_id: subject }) => [rule, signal?.charAt(0), subject?.charAt(0)],
      ),
    ).toContainEqual(["look", "o", "o"]);
    await expectReplayToAgree(writer.data);
  },
);

test("the trace of a signal holds nothing that was decided of the report as a whole", async () => {
  using writer = await openTestWriter(noon);
  for (let count = 0; count < 5; count++) {
    const report = reportOf({
      receivedAt: noon,
      file: `${count}.json`,
      modifiedAt: noon + hours,
      signals: [signalOf({ observedAt: noon, symbol: `A${count}USDT` })],
    });
    await writer.writer.submit({ observation: report, file: fileOf(report) });
  }
  const offset = decisionList(writer.reader.database, { limit: 100 }).items.find(({ rule }) => rule === "clock-offset");
  const seq = offset?.subject_id?.slice(1) ?? "";
  expect(offset?.subject_id).toBe(`r${seq}`);
  expect(signalDetail(writer.reader.database, `s${seq}`)?.trace.map(({ decision }) => decision.rule)).toEqual([
    "strong-signal",
  ]);
  expect(receivedDetail(writer.reader.database, `r${seq}`)?.known).toMatchObject({
    modifiedAt: "2026-03-02T13:00:00.000Z",
  });
  expect(receivedDetail(writer.reader.database, `r${seq}`)?.trace.map(({ decision }) => decision.rule)).toEqual([
    "clock-offset",
    "strong-signal",
  ]);
});

test("over HTTP and on the command line", async () => {
  await using daemon = await startTestDaemon({ scanning: false });
  const webhook = {
    version: "4",
    alerts: [
      {
        status: "firing",
        labels: { alertname: "DiskFull" },
        annotations: {},
        startsAt: "2026-03-02T12:00:00Z",
        endsAt: "0001-01-01T00:00:00Z",
        fingerprint: "c0ffee",
      },
    ],
  };
  await fetch(`${daemon.url}/api/ingest/alertmanager`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(webhook),
  });
  const [decision] = (await daemon.get<{ items: DecisionShape[] }>("/api/decisions")).items;
  expect(decision?.subject_id).toMatch(/^r\d+$/);
  expect(await daemon.get(`/api/received/${decision?.subject_id}`)).toMatchObject({
    id: decision?.subject_id ?? "",
    kind: "external-alerts",
    trace: [{ decision: { id: decision?.id ?? "" } }],
  });
  expect(await daemon.get(`/api/decisions/${decision?.id}`)).toMatchObject({
    id: decision?.id ?? "",
    trace: [{ decision: { word: "raised" } }],
  });
  for (const [id, words] of [
    [decision?.subject_id, "external alerts"],
    [decision?.id, `about`],
  ] as const) {
    const ran = Bun.spawnSync([process.execPath, "src/cli.ts", "why", id ?? "", "--data", daemon.data]);
    expect({ id, code: ran.exitCode, out: ran.stdout.toString() }).toMatchObject({
      id,
      code: 0,
      out: expect.stringContaining(words) as unknown as string,
    });
  }
  expect((await fetch(`${daemon.url}/api/received/r999999`)).status).toBe(404);
});
