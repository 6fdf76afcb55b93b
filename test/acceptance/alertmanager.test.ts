import { expect, test } from "bun:test";
import { bearer, startGuardedDaemon } from "../support/access";
import { startTestDaemon, until, type TestDaemon } from "../support/daemon";
import { expectReplayToAgree } from "../support/replayed";
import type { AlertShape } from "../../src/views/alerts";

/** What Prometheus found stands on the desk until Prometheus says that it is over. */

const fingerprint = "c0ffee0123456789";

function notification(status: "firing" | "resolved", more: object = {}) {
  return {
    version: "4",
    groupKey: '{}:{alertname="DiskFull"}',
    truncatedAlerts: 0,
    status,
    receiver: "virtuoso",
    groupLabels: { alertname: "DiskFull" },
    commonLabels: {},
    commonAnnotations: {},
    externalURL: "http://alertmanager:9093",
    alerts: [
      {
        status,
        labels: { alertname: "DiskFull", severity: "critical", instance: "db:9100" },
        annotations: { summary: "The disk of <b>db</b> is nearly full", description: "93 %" },
        startsAt: "2026-03-02T12:00:00.123456789Z",
        endsAt: status === "firing" ? "0001-01-01T00:00:00Z" : "2026-03-02T12:05:00Z",
        generatorURL: "http://prometheus:9090/graph",
        fingerprint,
        ...more,
      },
    ],
  };
}

function post(daemon: TestDaemon, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${daemon.url}/api/ingest/alertmanager`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

const openAlerts = async (daemon: TestDaemon) =>
  (await daemon.get<{ items: AlertShape[] }>("/api/alerts?type=SYSTEM&state=open")).items;

test("a firing alert is raised once, survives a restart, and is over when it is resolved", async () => {
  await using daemon = await startTestDaemon({ scanning: false });
  const answer = await post(daemon, notification("firing"));
  expect({ status: answer.status, body: await answer.json() }).toEqual({
    status: 200,
    body: { accepted: 1, refused: 0, refusals: [] },
  });
  const [alert] = await openAlerts(daemon);
  expect(alert).toMatchObject({
    kind: "state",
    type: "SYSTEM",
    priority: "high",
    source: "alertmanager",
    message: "DiskFull: The disk of <b>db</b> is nearly full",
  });
  expect(await daemon.get(`/api/alerts/${alert?.id}`)).toMatchObject({
    details: { fingerprint, instance: "db:9100", severity: "critical", startsAt: "2026-03-02T12:00:00.123456789Z" },
  });
  await post(daemon, notification("firing"));
  await daemon.restart();
  await post(daemon, notification("firing"));
  expect(await openAlerts(daemon)).toHaveLength(1);
  await post(daemon, notification("resolved"));
  expect(await openAlerts(daemon)).toEqual([]);
  expect(await daemon.get(`/api/alerts/${alert?.id}`)).toMatchObject({ state: "resolved" });
  await post(daemon, notification("resolved"));
  await post(daemon, notification("firing"));
  expect(await openAlerts(daemon)).toHaveLength(1);
  await daemon.stop();
  await expectReplayToAgree(daemon.data);
});

test("each fingerprint is an alert of its own, and severity becomes priority", async () => {
  await using daemon = await startTestDaemon({ scanning: false });
  for (const [index, severity] of ["critical", "warning", "info", undefined].entries()) {
    await post(
      daemon,
      notification("firing", {
        fingerprint: `${index}`,
        labels: { alertname: "Each", ...(severity === undefined ? {} : { severity }) },
      }),
    );
  }
  expect((await openAlerts(daemon)).map(({ priority }) => priority).toSorted()).toEqual([
    "high",
    "low",
    "medium",
    "medium",
  ]);
});

test("what is not Alertmanager's or Grafana's is refused", async () => {
  await using daemon = await startTestDaemon({ scanning: false });
  for (const wrong of [
    {},
    { ...notification("firing"), version: "3" },
    { version: "4", alerts: {} },
    notification("firing", { status: "burning" }),
    notification("firing", { startsAt: "yesterday" }),
  ]) {
    expect((await post(daemon, wrong)).status).toBe(400);
  }
  expect((await fetch(`${daemon.url}/api/ingest/alertmanager`, { method: "POST", body: "{}" })).status).toBe(415);
  expect(await openAlerts(daemon)).toEqual([]);
});

const anAlert = (more: object = {}) => ({ ...notification("firing").alerts[0], ...more });
const labels = (name: string, more: object = {}) => ({ labels: { alertname: name, ...more } });
const webhook = (alerts: unknown[], version = "4") => ({ ...notification("firing"), version, alerts });

const some = (name: string, count: number, status = "firing") =>
  webhook(Array.from({ length: count }, (_, index) => anAlert({ fingerprint: `${name}${index}`, status })));

test("every alert stands or falls by itself, and the answer counts both", async () => {
  await using daemon = await startTestDaemon({ scanning: false });
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`label${index}`, "x"]));
  const received = [
    anAlert({ fingerprint: '../of any form \u0000 "[]', ...labels("odd fingerprint") }),
    anAlert({ fingerprint: "f".repeat(5000), ...labels("long fingerprint") }),
    anAlert({ fingerprint: undefined, ...labels("no fingerprint") }),
    anAlert({ fingerprint: 77, ...labels("numeric fingerprint") }),
    anAlert({ fingerprint: "a1", annotations: { summary: "s".repeat(50_000) }, ...labels("long annotation") }),
    anAlert({ fingerprint: "a2", ...labels("many labels", { ...many, severity: "info" }) }),
    anAlert({ fingerprint: "a3", ...labels("n".repeat(5000)) }),
    anAlert({ fingerprint: "a4", labels: { alertname: 7, nested: { a: 1 } }, annotations: { summary: null } }),
    anAlert({
      fingerprint: "a5",
      endsAt: undefined,
      valueString: "[ var='A' ]",
      values: { A: 1 },
      ...labels("of Grafana"),
    }),
  ];
  const wrong = [
    null,
    "firing",
    {},
    anAlert({ status: "burning" }),
    anAlert({ labels: [] }),
    anAlert({ startsAt: "9999-01-01T00:00:00Z" }),
    anAlert({ startsAt: "1999-12-31T23:59:59Z" }),
    anAlert({ endsAt: "9999-01-01T00:00:00Z" }),
    anAlert({ startsAt: undefined }),
  ];
  const alerts = received.flatMap((alert, index) => [alert, wrong[index]]);
  const answer = (await (await post(daemon, webhook(alerts, "1"))).json()) as {
    accepted: number;
    refused: number;
    refusals: { index: number; reason: string }[];
  };
  expect({ accepted: answer.accepted, refused: answer.refused, at: answer.refusals.map(({ index }) => index) }).toEqual(
    { accepted: received.length, refused: wrong.length, at: wrong.map((_, index) => 2 * index + 1) },
  );
  expect(answer.refusals[5]?.reason).toContain("startsAt: expected a time between the year 2000 and tomorrow");
  const messages = (await openAlerts(daemon)).map(({ message }) => message);
  for (const name of [
    "odd fingerprint",
    "long fingerprint",
    "no fingerprint",
    "numeric fingerprint",
    "long annotation",
    "many labels",
    "nnn",
    "7",
    "of Grafana",
  ])
    expect({ name, received: messages.some((message) => message.startsWith(name)) }).toEqual({ name, received: true });
  expect((await openAlerts(daemon)).find(({ message }) => message.startsWith("many labels"))?.priority).toBe("low");
  // The same words with the end of each: nothing of it stays.
  await post(
    daemon,
    webhook(
      received.map((alert) => ({ ...alert, status: "resolved" })),
      "1",
    ),
  );
  expect(await openAlerts(daemon)).toEqual([]);
  await daemon.stop();
  await expectReplayToAgree(daemon.data);
});

test("a label or an alert that is sent twice is taken once, and more than a thousand at once are taken", async () => {
  await using daemon = await startTestDaemon({
    scanning: false,
    config: "export default { limits: { externalAlertsPerToken: 2000 } };",
  });
  const twice = JSON.stringify(webhook([anAlert()])).replace('"severity":', '"severity":"info","severity":');
  expect(
    (
      await fetch(`${daemon.url}/api/ingest/alertmanager`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: twice,
      })
    ).status,
  ).toBe(200);
  expect(await (await post(daemon, webhook([anAlert(), anAlert()]))).json()).toEqual({
    accepted: 2,
    refused: 0,
    refusals: [],
  });
  expect(await openAlerts(daemon)).toHaveLength(1);
  const many = Array.from({ length: 1500 }, (_, index) =>
    anAlert({ fingerprint: `m${index}`, annotations: { description: "d".repeat(1500) } }),
  );
  expect(JSON.stringify(many).length).toBeGreaterThan(2_000_000);
  expect(await (await post(daemon, webhook(many))).json()).toEqual({ accepted: 1500, refused: 0, refusals: [] });
});

test("a token keeps no more standing than it may, whatever it sends at once; another's are untouched", async () => {
  await using daemon = await startGuardedDaemon({
    config: "export default { limits: { externalAlertsPerToken: 10 } };",
  });
  const [one, two] = [
    bearer(await daemon.token("one", "ingest")).headers,
    bearer(await daemon.token("two", "ingest")).headers,
  ];
  const send = async (body: object, headers: Record<string, string>) => {
    const answer = await post(daemon, body, headers);
    const { accepted, refused } = (await answer.json()) as { accepted?: number; refused?: number };
    return answer.status === 200 ? { accepted, refused } : answer.status;
  };
  const atOnce = await Promise.all(["a", "b", "c"].map((name) => send(some(name, 6), one)));
  expect(atOnce).toEqual([{ accepted: 6, refused: 0 }, { accepted: 4, refused: 2 }, 400]);
  // What still fires is sent again and again, and is taken.
  expect(await send(some("a", 6), one)).toEqual({ accepted: 6, refused: 0 });
  expect(await send(some("a", 2, "resolved"), one)).toEqual({ accepted: 2, refused: 0 });
  expect(await send(some("c", 6), one)).toEqual({ accepted: 2, refused: 4 });
  expect(await send(some("d", 10), two)).toEqual({ accepted: 10, refused: 0 });
});

test("where accounts are required a machine needs a token that may ingest", async () => {
  await using daemon = await startTestDaemon({ scanning: false, auth: "required" });
  expect((await post(daemon, notification("firing"))).status).toBe(401);
  const made = Bun.spawn(
    [process.execPath, "src/cli.ts", "token", "create", "alertmanager", "--role", "ingest", "--data", daemon.data],
    { stdout: "pipe", stderr: "inherit" },
  );
  const token = (await new Response(made.stdout).text()).trim();
  expect((await post(daemon, notification("firing"), { authorization: `Bearer ${token}` })).status).toBe(200);
  expect((await fetch(`${daemon.url}/api/alerts`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(403);
});

test("the daemon gives Prometheus its address, as it was reached, below a path of its own too", async () => {
  await using daemon = await startGuardedDaemon({ config: `export default { server: { basePath: "/desk" } };` });
  const { host, origin } = new URL(daemon.url);
  expect(
    await (await fetch(`${origin}/desk/api/prometheus/sd`, bearer(await daemon.token("prometheus", "viewer")))).json(),
  ).toMatchObject([{ targets: [host], labels: { __scheme__: "http", __metrics_path__: "/desk/metrics" } }]);
});

const config = (above: number) => `export default { host: { slow_answers: { above: ${above}, for: "0s" } } };`;

test("slow answers become an alert without any Prometheus, and it is over when they are", async () => {
  await using daemon = await startTestDaemon({ config: config(0) });
  // The first page is prepared when it is asked for, which takes its time.
  for (let count = 0; count < 25; count++) await (await fetch(`${daemon.url}/dashboard?${count}`)).arrayBuffer();
  const alert = await until(
    "the alert",
    async () => (await openAlerts(daemon)).find(({ message }) => message.includes("One answer in a hundred takes")),
    30_000,
  );
  expect(alert.kind).toBe("state");
  await Bun.write(`${daemon.folder}/virtuoso.config.ts`, config(1000));
  await until(
    "its end",
    async () => (await daemon.get<AlertShape>(`/api/alerts/${alert.id}`)).state === "resolved",
    30_000,
  );
}, 90_000);
