import { expect, test } from "bun:test";
import { startTestDaemon, until, type TestDaemon } from "../support/daemon";
import { expectReplayToAgree } from "../support/replayed";
import type { AlertShape } from "../../src/views/shapes";

/** What Prometheus found stands on the desk until Prometheus says that it is over. */

const fingerprint = "c0ffee0123456789";

function told(status: "firing" | "resolved", more: object = {}) {
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

function post(desk: TestDaemon, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${desk.url}/api/ingest/alertmanager`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) });
}

const standing = async (desk: TestDaemon) => (await desk.get<{ items: AlertShape[] }>("/api/alerts?type=SYSTEM&state=open")).items;

test("a firing alert is raised once, survives a restart, and is over when it is resolved", async () => {
  await using desk = await startTestDaemon({ scanning: false });
  const answer = await post(desk, told("firing"));
  expect({ status: answer.status, body: await answer.json() }).toEqual({ status: 200, body: { accepted: 1 } });
  const [alert] = await standing(desk);
  expect(alert).toMatchObject({ kind: "state", type: "SYSTEM", priority: "high", source: "alertmanager", message: "DiskFull: The disk of <b>db</b> is nearly full" });
  expect(await desk.get(`/api/alerts/${alert?.id}`)).toMatchObject({ details: { fingerprint, instance: "db:9100", severity: "critical", startsAt: "2026-03-02T12:00:00.123456789Z" } });
  await post(desk, told("firing"));
  await desk.restart();
  await post(desk, told("firing"));
  expect(await standing(desk)).toHaveLength(1);
  await post(desk, told("resolved"));
  expect(await standing(desk)).toEqual([]);
  expect(await desk.get(`/api/alerts/${alert?.id}`)).toMatchObject({ state: "resolved" });
  await post(desk, told("resolved"));
  await post(desk, told("firing"));
  expect(await standing(desk)).toHaveLength(1);
  await desk.stop();
  await expectReplayToAgree(desk.data);
});

test("each fingerprint is an alert of its own, and severity becomes priority", async () => {
  await using desk = await startTestDaemon({ scanning: false });
  for (const [index, severity] of ["critical", "warning", "info", undefined].entries()) {
    await post(desk, told("firing", { fingerprint: `${index}`, labels: { alertname: "Each", ...(severity === undefined ? {} : { severity }) } }));
  }
  expect((await standing(desk)).map(({ priority }) => priority).toSorted()).toEqual(["high", "low", "medium", "medium"]);
});

test("what is not Alertmanager's is refused", async () => {
  await using desk = await startTestDaemon({ scanning: false });
  for (const wrong of [{}, { ...told("firing"), version: "3" }, told("firing", { fingerprint: "../x" }), told("firing", { labels: { alertname: 7 } }), told("firing", { startsAt: "yesterday" })]) {
    expect((await post(desk, wrong)).status).toBe(400);
  }
  expect((await fetch(`${desk.url}/api/ingest/alertmanager`, { method: "POST", body: "{}" })).status).toBe(415);
  expect(await standing(desk)).toEqual([]);
});

test("where accounts are required a machine needs a token that may ingest", async () => {
  await using desk = await startTestDaemon({ scanning: false, auth: "required" });
  expect((await post(desk, told("firing"))).status).toBe(401);
  const made = Bun.spawn([process.execPath, "src/cli.ts", "token", "create", "alertmanager", "--role", "ingest", "--data", desk.data], { stdout: "pipe", stderr: "inherit" });
  const token = (await new Response(made.stdout).text()).trim();
  expect((await post(desk, told("firing"), { authorization: `Bearer ${token}` })).status).toBe(200);
  expect((await fetch(`${desk.url}/api/alerts`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(403);
});

test("the daemon tells Prometheus where it is, as it was asked, below a path of its own too", async () => {
  await using desk = await startTestDaemon({ scanning: false, config: `export default { server: { basePath: "/desk" } };` });
  const { host, origin } = new URL(desk.url);
  expect(await (await fetch(`${origin}/desk/api/prometheus/sd`)).json()).toMatchObject([{ targets: [host], labels: { __scheme__: "http", __metrics_path__: "/desk/metrics" } }]);
});

const config = (above: number) => `export default { host: { slow_answers: { above: ${above}, for: "0s" } } };`;

test("slow answers become an alert without any Prometheus, and it is over when they are", async () => {
  await using desk = await startTestDaemon({ config: config(0) });
  // The first page is prepared when it is asked for, which takes its time.
  for (let count = 0; count < 25; count++) await (await fetch(`${desk.url}/dashboard?${count}`)).arrayBuffer();
  const alert = await until("the alert", async () => (await standing(desk)).find(({ message }) => message.includes("One answer in a hundred takes")), 30_000);
  expect(alert.kind).toBe("state");
  await Bun.write(`${desk.folder}/virtuoso.config.ts`, config(1000));
  await until("its end", async () => (await desk.get<AlertShape>(`/api/alerts/${alert.id}`)).state === "resolved", 30_000);
}, 90_000);
