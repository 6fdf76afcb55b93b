import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DeliveryShape } from "../../src/views/deliveries";
import type { ListOf } from "../../src/views/page";
import { virtuoso } from "../commands/program";
import { Running } from "../commands/running";
import { until } from "../support/daemon";
import { aSignal } from "../support/reports";
import { everyRoute } from "../support/routes";
import { startScriptedServer, type Reply, type ScriptedServer } from "../support/scripted-server";
import { listenTo, type Listener } from "../support/socket";

setDefaultTimeout(60_000);

const whsec = (words: string) => `whsec_${Buffer.from(words).toString("base64")}`;
/** In the config by env(), and given at run time; no value looks like a secret by itself. */
const planted = {
  fixedSecret: whsec("planted in the config: a webhook"),
  fixedHeader: "planted-header-of-the-config",
  ownSecret: whsec("planted at run time: the first one"),
  ownHeader: "planted-header-of-run-time",
  newSecret: whsec("planted at run time: what came next"),
  topic: "planted_topic_of_run_time",
  token: "tk_planted0token0of0run0time",
  urlPassword: "planted-password-in-an-address",
  misplaced: "planted-in-the-wrong-place",
};

const environment = {
  HOOK_ONE: planted.fixedSecret,
  HOOK_TWO: planted.fixedHeader,
  VIRTUOSO_AUTH: "off",
  VIRTUOSO_RATE_LIMITS: "off",
};

const configOf = (at: string) => `import { defineConfig, env, webhook } from "virtuoso";
export default defineConfig({
  log: { level: "debug", format: "json" },
  channels: [webhook({ name: "fixed", url: "${at}/fixed", secret: env("HOOK_ONE"), headers: { "x-hook": env("HOOK_TWO") } })],
});`;

let folder: string;
let serving: Running;
let receiver: ScriptedServer;
let live: Listener;
let url: string;
let reply: Reply = { status: 200 };
/** Everything the program wrote anywhere, by where. */
const written = new Map<string, string>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-channel-secrets-"));
  mkdirSync(join(folder, "reports/json"), { recursive: true });
  receiver = await startScriptedServer();
  // It repeats all it was sent, as a careless server does.
  receiver.script((request) => ({ ...reply, body: JSON.stringify(request) }));
  writeFileSync(join(folder, "virtuoso.config.ts"), configOf(receiver.url));
  serving = new Running(["serve", "--port", "0"], folder, environment);
  url = (await serving.says(/virtuoso ready (http:\S+)\/dashboard/))[1] ?? "";
  live = await listenTo(url);
});

afterAll(async () => {
  await serving[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

async function ask(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  written.set(`${written.size} ${method} ${path}`, text);
  return { status: response.status, text };
}

async function run(words: string, stdin = ""): Promise<void> {
  const { out, err } = await virtuoso(words.split(" "), { cwd: folder, environment, stdin });
  written.set(`${written.size} virtuoso ${words}`, `${out}${err}`);
}

/** All that is wrong with a channel, one after the other. */
const failures: readonly Reply[] = [
  { status: 400 },
  { status: 500 },
  { status: 429, headers: { "retry-after": "0" } },
  { status: 302, headers: { location: "http://127.0.0.1:1/elsewhere" } },
  { status: 401 },
  { status: 410 },
];

test("channels of the config and of run time fail in every way, and their secrets stand nowhere", async () => {
  const own = { name: "own", kind: "webhook", url: `${receiver.url}/own`, secret: planted.ownSecret };
  expect((await ask("POST", "/api/channels", { ...own, headers: { "x-own": planted.ownHeader } })).status).toBe(201);
  await run(`channel add phone ntfy --set server=${receiver.url}`, `topic=${planted.topic}\ntoken=${planted.token}\n`);
  await run("channel add address -", `json://ada:${planted.urlPassword}@${new URL(receiver.url).host}/address\n`);

  // What is given in the wrong place, or has the wrong form.
  const wrong = [
    { ...own, name: "wrong", secret: planted.misplaced },
    { ...own, name: "wrong", url: planted.misplaced },
    { ...own, name: "wrong", colour: planted.misplaced },
    { ...own, name: "wrong", headers: { "webhook-id": planted.misplaced } },
    { name: "wrong", kind: "ntfy", topic: `${planted.misplaced} with spaces` },
    { name: "wrong", url: `pigeon://${planted.misplaced}` },
    { name: "wrong", url: `json://ada:${planted.misplaced}@` },
    { ...own, name: planted.misplaced.toUpperCase() },
  ];
  for (const body of wrong) expect((await ask("POST", "/api/channels", body)).status).toBe(400);
  expect((await ask("PATCH", "/api/channels/own", { secret: planted.misplaced })).status).toBe(400);
  expect((await ask("PATCH", "/api/channels/own", { secret: planted.newSecret, give_up: "3h" })).status).toBe(200);

  const raise = (symbol: string) =>
    writeFileSync(
      join(folder, `reports/json/${symbol}.json`),
      JSON.stringify(aSignal({ symbol, strength: 95 }).body(Date.now())),
    );
  raise("BTCUSDT");
  await until("all were sent to", () => new Set(receiver.received.map(({ path }) => path)).size >= 4);
  const sent = JSON.stringify(receiver.received);
  for (const name of ["fixedHeader", "ownHeader", "topic", "token"] as const) expect(sent).toContain(planted[name]);

  for (const [index, failure] of failures.entries()) {
    reply = failure;
    raise(`C${index}USDT`);
    for (const name of ["fixed", "own", "phone", "address"]) await ask("POST", `/api/channels/${name}/test`, {});
  }
  const { items } = JSON.parse((await ask("GET", "/api/deliveries?limit=100")).text) as ListOf<DeliveryShape>;
  expect(items.filter(({ state }) => state === "failed").length).toBeGreaterThan(3);
  const alert = items.find(({ alert_id: id }) => id !== null)?.alert_id ?? "";
  await ask("POST", `/api/deliveries/${items[0]?.id}/retry`, {});

  // Every answer there is.
  const known: Readonly<Record<string, string>> = {
    id: alert,
    name: "own",
    symbol: "BTCUSDT",
    key: "signals.min_score",
  };
  for (const { method, path } of everyRoute()) {
    if (method !== "GET") continue;
    const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => known[name] ?? "none");
    await ask("GET", filled);
    if (["alerts", "deliveries", "audit", "decisions", "signals"].some((list) => path === `/api/${list}`))
      for (const format of ["csv", "jsonl"]) await ask("GET", `${filled}?format=${format}`);
  }
  for (const page of ["/dashboard", "/alerts", "/health", "/audit"]) await ask("GET", page);
  for (const words of [
    "channel list -o json",
    "channel list",
    "deliveries -o json",
    "config get -o json",
    "config check",
    "doctor",
    "status -o json",
    "audit -o json",
    `why ${alert}`,
    "metrics -o json",
    "channel add own webhook --set url=http://127.0.0.1:1/",
    `channel add other webhook --set url=${receiver.url}/other --set secret=short`,
    "backup copy.db",
  ])
    await run(words);
  await ask("DELETE", "/api/channels/own");
  written.set("frames", JSON.stringify(live.frames));
  expect(live.faults).toEqual([]);
  live.close();
  serving.signal("SIGTERM");
  expect(await serving.ended).toBe(0);
  written.set("the daemon's stdout", serving.out);
  written.set("the daemon's stderr", serving.err);

  // At rest, in the database, its copy and beside it.
  const resting = [...readdirSync(join(folder, "data")).map((name) => join("data", name)), "copy.db"];
  for (const file of resting)
    if (statSync(join(folder, file)).isFile()) written.set(file, readFileSync(join(folder, file)).toString("latin1"));
  expect(written.has("data/virtuoso.db") || [...written.keys()].some((name) => name.endsWith(".db"))).toBe(true);

  const leaks = [...written].flatMap(([where, text]) =>
    Object.entries(planted)
      .filter(([, secret]) => spellings(secret).some((each) => text.includes(each)))
      .map(([name]) => `${name} in ${where}`),
  );
  expect(leaks).toEqual([]);
});

function spellings(secret: string): string[] {
  const base64 = Buffer.from(`ada:${secret}`).toString("base64");
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), base64];
}
