import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allExpressions, readRules } from "../grafana/expressions";
import { operandsOf } from "../grafana/promql";
import { startTestDaemon, until } from "../support/daemon";
import { ran, startAlertmanager, startDemo, startPrometheus, virtuoso, type Server } from "./servers";

/** The real Prometheus and Alertmanager judge what the daemon exposes and what is installed for them. */

let folder = "";
let installed = "";
let demo: Server | null = null;
/** Rates over a minute have data once two scrapes of it stand a minute apart. */
const dataWithinMs = 150_000;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-services-"));
  installed = join(folder, "installed");
  expect((await virtuoso("grafana", "install", "--dir", installed)).code).toBe(0);
  demo = await startDemo(20);
}, 300_000);

afterAll(async () => {
  await demo?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const urlOfDemo = () => demo?.url ?? "";

test("promtool finds nothing wrong with /metrics, default metrics included", async () => {
  const page = await (await fetch(`${urlOfDemo()}/metrics`, { headers: { accept: "text/plain" } })).text();
  expect(page).toContain("process_cpu_seconds_total");
  expect(await ran(["promtool", "check", "metrics"], page)).toEqual({ code: 0, said: "" });
}, 60_000);

test("promtool and amtool find nothing wrong with what is installed, and the rules pass their tests", async () => {
  writeFileSync(join(installed, "ingest-token"), "a token");
  for (const words of [
    ["promtool", "check", "rules", join(installed, "alerts.yml")],
    ["promtool", "test", "rules", join(installed, "alerts.test.yml")],
    ["promtool", "check", "config", join(installed, "prometheus.yml")],
    ["amtool", "check-config", join(installed, "alertmanager.yml")],
  ]) {
    const { code, said } = await ran(words);
    expect({ words, code, failed: /fail|error/i.test(said) ? said : "" }).toEqual({ words, code: 0, failed: "" });
  }
}, 60_000);

/** What rightly has no data in a demo that is well, and why. */
const rightlyEmpty: Readonly<Record<string, string>> = {
  "rule VirtuosoMissing": "it asks for the absence of what is there",
  "Trading desk / annotation Alerts": "nothing fires",
  "Virtuoso itself / annotation Alerts": "nothing fires",
  "Sources and scanners / annotation Alerts": "nothing fires",
  "Virtuoso itself / TLS certificate / A": "the demo serves plain HTTP",
  "rule VirtuosoCertificateEnding": "the demo serves plain HTTP",
  "rule VirtuosoCertificateAboutToEnd": "the demo serves plain HTTP",
  "Virtuoso itself / Retention / B": "the clock is believed: it is drawn only while it is not",
  "Virtuoso itself / Rules of your own / A": "the demo has no rules of one's own",
  "Virtuoso itself / Channels / A": "the demo sends nothing",
  "Virtuoso itself / Messages / A": "the demo sends nothing",
  "Virtuoso itself / Messages by channel / A": "the demo sends nothing",
  "Virtuoso itself / Time to acceptance / A": "the demo sends nothing",
  "rule VirtuosoChannelDown": "the demo sends nothing",
};

test("a real Prometheus finds the demo by service discovery, and every query of every panel and rule has data", async () => {
  await using prometheus = await startPrometheus(
    join(folder, "prometheus"),
    `global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: ["${installed}/alerts.yml"]
scrape_configs: [{ job_name: virtuoso, http_sd_configs: [{ url: "${urlOfDemo()}/api/prometheus/sd", refresh_interval: 5s }] }]
`,
  );
  await until("the first scrape", async () => (await ask(prometheus, 'up{job="virtuoso"} == 1')).length > 0, 60_000);
  const givenUpAt = performance.now() + dataWithinMs;
  let empty = await emptyQueries(prometheus);
  while (empty.length > 0 && performance.now() < givenUpAt) {
    await beAClient(urlOfDemo(), prometheus);
    empty = await emptyQueries(prometheus);
  }
  expect(empty).toEqual([]);
  const recorded = readRules().flatMap(({ record }) => record ?? []);
  for (const name of recorded)
    expect({ name, samples: (await ask(prometheus, name)).length > 0 }).toEqual({ name, samples: true });
}, 300_000);

test("a real Alertmanager delivers a firing and a resolved alert into a daemon that asks for accounts", async () => {
  await using daemon = await startTestDaemon({ auth: "required", scanning: false });
  const tokenFor = async (name: string, role: string) => {
    const { code, said } = await virtuoso("token", "create", name, "--role", role, "--data", daemon.data);
    expect(code).toBe(0);
    return said.split("\n")[0] ?? "";
  };
  const config = join(folder, "alertmanager.yml");
  const shipped = readFileSync(join(installed, "alertmanager.yml"), "utf8");
  writeFileSync(
    config,
    shipped
      .replace("http://127.0.0.1:8000", daemon.url)
      .replace("group_wait: 10s", "group_wait: 100ms")
      .replace("group_interval: 1m", "group_interval: 1s"),
  );
  writeFileSync(join(folder, "ingest-token"), await tokenFor("alertmanager", "ingest"));
  const reading = { authorization: `Bearer ${await tokenFor("reader", "viewer")}` };
  await using alertmanager = await startAlertmanager(folder, config);
  const send = async (more: object) => {
    const alert = {
      labels: { alertname: "ExchangeGatewayDown", severity: "critical", instance: "gateway:9100" },
      annotations: { summary: "The gateway is down" },
      ...more,
    };
    const answer = await fetch(`${alertmanager.url}/api/v2/alerts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify([alert]),
    });
    expect(answer.status).toBe(200);
  };
  const found = async (state: string) => {
    const { items } = (await (
      await fetch(`${daemon.url}/api/alerts?type=SYSTEM&state=${state}`, { headers: reading })
    ).json()) as { items: { message: string; priority: string; source: string }[] };
    return items.find(({ source }) => source === "alertmanager");
  };
  await send({});
  expect(await until("the firing alert", () => found("open"), 60_000)).toMatchObject({
    message: "ExchangeGatewayDown: The gateway is down",
    priority: "high",
  });
  await send({ endsAt: new Date(Date.now() - 1000).toISOString() });
  expect(await until("the resolved alert", () => found("resolved"), 60_000)).toMatchObject({
    message: "ExchangeGatewayDown: The gateway is down",
  });
  expect(await found("open")).toBeUndefined();
}, 240_000);

/** Queries of panels and operands of rules that have no data and should. */
async function emptyQueries(prometheus: Server): Promise<string[]> {
  const empty: string[] = [];
  for (const { where, expr } of allExpressions()) {
    for (const operand of where.startsWith("rule ") ? operandsOf(expr) : [expr]) {
      if (rightlyEmpty[where] !== undefined) continue;
      const answer = await ask(prometheus, operand);
      if (answer.every(({ value }) => value[1] === "NaN")) empty.push(`${where}: ${operand}`);
    }
  }
  return empty;
}

interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

/** Executes a query; a query Prometheus refuses fails the test with what it says. */
async function ask({ url }: Server, query: string): Promise<readonly Sample[]> {
  const answer = (await (
    await fetch(`${url}/api/v1/query`, { method: "POST", body: new URLSearchParams({ query }) })
  ).json()) as { status: string; error?: string; data?: { result: readonly Sample[] } };
  if (answer.status !== "success") throw new Error(`${query}: ${answer.error ?? ""}`);
  return answer.data?.result ?? [];
}

/** A person with the desk open: the page, some lists, a socket that comes, resumes, and goes once Prometheus has seen it. */
async function beAClient(url: string, prometheus: Server): Promise<void> {
  for (const path of [
    "/dashboard",
    "/api/dashboard/overview",
    "/api/alerts",
    "/api/signals?limit=50",
    "/api/no-such-thing",
  ])
    await (await fetch(`${url}${path}`)).arrayBuffer();
  const socket = new WebSocket(`${url.replace("http", "ws")}/api/dashboard/ws`);
  await new Promise<void>((opened, failed) => {
    socket.addEventListener("open", () => opened(), { once: true });
    socket.addEventListener("error", () => failed(new Error("the socket could not be opened")), { once: true });
  });
  socket.send(JSON.stringify({ type: "resume", epoch: "another", seq: 0 }));
  await until(
    "the socket was counted",
    async () => (await ask(prometheus, "virtuoso_websocket_connections > 0")).length > 0,
  );
  socket.close();
  await until("and its end", async () => (await ask(prometheus, "virtuoso_websocket_connections == 0")).length > 0);
}
