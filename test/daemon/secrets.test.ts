import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { redact } from "../../src/config/redaction";
import { openForWriting } from "../../src/store/db";
import { virtuoso } from "../commands/program";
import { Running } from "../commands/running";
import { until } from "../support/daemon";
import { aSignal } from "../support/reports";
import { startScriptedServer, type ScriptedServer } from "../support/scripted-server";

setDefaultTimeout(60_000);

/** Each is given to the program where people give such. */
const planted = {
  clientSecret: "planted-client-secret-42",
  jwtSecret: 'planted-jwt-secret/with "quotes" + signs, 48 of them.',
  password: "planted correct horse battery",
  mistyped: "planted correct horse batteru",
  urlPassword: "planted-url-password-77",
  remoteToken: "vrt_plantedRemoteTokenAAAAAAAAAAAAAAAA",
  hookSecret: `whsec_${Buffer.from("a planted secret of the webhook").toString("base64")}`,
  hookHeader: "Bearer planted-header-of-the-webhook",
  ntfyToken: "tk_plantedtokenofntfy",
  ntfyTopic: "planted-topic-31415",
};
const environment = {
  VIRTUOSO_AUTH: "required",
  VIRTUOSO_RATE_LIMITS: "off",
  VIRTUOSO_JWT_SECRET: planted.jwtSecret,
  EXCHANGE_API_KEY: planted.clientSecret,
  // Named so that nothing but their place in the config makes secrets of them.
  HOOK_ONE: planted.hookSecret,
  HOOK_TWO: planted.hookHeader,
  NTFY_ONE: planted.ntfyToken,
  NTFY_TWO: planted.ntfyTopic,
};

const configFile = (channelsAt: string) => `import { defineConfig, env, ntfy, webhook } from "virtuoso";
export default defineConfig({
  channels: [
    webhook({ url: "${channelsAt}", secret: env("HOOK_ONE"), headers: { "x-hook": env("HOOK_TWO") } }),
    ntfy({ server: "${channelsAt}", topic: env("NTFY_TWO"), token: env("NTFY_ONE") }),
  ],
  log: { level: "debug", format: "json" },
  auth: { oidc: { issuer: "http://127.0.0.1:1", clientId: "desk", clientSecret: env("EXCHANGE_API_KEY"), roles: { staff: "viewer" } } },
});`;

let folder: string;
let serving: Running;
/** Where its channels send: it repeats all it got, and takes none. */
let channels: ScriptedServer;
let url: string;
/** Everything the program wrote anywhere, by where. */
const written = new Map<string, string>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-secrets-"));
  mkdirSync(join(folder, "reports/json"), { recursive: true });
  channels = await startScriptedServer();
  channels.script((request) => ({ status: 400, body: JSON.stringify(request) }));
  writeFileSync(join(folder, "virtuoso.config.ts"), configFile(channels.url));
  openForWriting(join(folder, "data"))[Symbol.dispose]();
  await run(["user", "add", "ada", "--role", "admin"], `${planted.password}\n`);
  serving = new Running(["serve", "--port", "0"], folder, environment);
  url = (await serving.says(/virtuoso ready (http:\S+)\/dashboard/))[1] ?? "";
});
afterAll(async () => {
  await serving[Symbol.asyncDispose]();
  await channels[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

async function run(words: readonly string[], stdin = "", more: Readonly<Record<string, string>> = {}): Promise<string> {
  const { out, err } = await virtuoso(words, { cwd: folder, environment: { ...environment, ...more }, stdin });
  written.set(words.join(" "), `${out}${err}`);
  return out;
}

async function ask(path: string, init: RequestInit = {}): Promise<string> {
  const response = await fetch(`${url}${path}`, init);
  const text = await response.text();
  written.set(`${init.method ?? "GET"} ${path}`, text);
  return text;
}

function post(path: string, body: object, headers: Record<string, string> = {}): Promise<string> {
  return ask(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

test("a whole run says no secret, wherever it writes", async () => {
  const signedIn = JSON.parse(
    await post("/api/auth/login", { username: "ada", password: planted.password, transport: "bearer" }),
  ) as { access_token: string; refresh_token: string };
  written.delete("POST /api/auth/login");
  await post("/api/auth/login", { username: "ada", password: planted.mistyped });
  await post("/api/auth/login", { username: planted.mistyped, password: planted.password });
  const apiToken = (await run(["token", "create", "ci", "--role", "viewer"])).trim();
  expect(apiToken).toStartWith("vrt_");
  written.delete("token create ci --role viewer");
  const bearer = { authorization: `Bearer ${signedIn.access_token}` };
  const totp = JSON.parse(await post("/api/auth/totp", { password: planted.password }, bearer)) as { secret: string };
  written.delete("POST /api/auth/totp");

  // What is sent, with secrets, and refused.
  writeFileSync(join(folder, "reports/json/a.json"), JSON.stringify(aSignal({ strength: 95 }).body(Date.now())));
  await until("both channels", () => channels.received.length >= 2);
  const sent = JSON.stringify(channels.received);
  for (const name of ["hookHeader", "ntfyToken", "ntfyTopic"] as const) expect(sent).toContain(planted[name]);

  // What goes wrong with a secret at hand.
  await ask(`/api/alerts?token=${apiToken}`, { headers: { authorization: `Bearer ${apiToken}` } });
  await ask("/api/alerts", { headers: { authorization: `Bearer ${apiToken}x` } });
  await ask("/api/alerts", { headers: { cookie: `virtuoso_access=${signedIn.access_token}x` } });
  await post("/api/auth/login", { username: "ada", password: planted.password, colour: "red" });
  await post(
    "/api/errors",
    {
      message: `boom at ${url}/dashboard?token=${apiToken} of ${planted.jwtSecret}`,
      stack: `Bearer ${signedIn.refresh_token} ${signedIn.access_token}`,
      page: "/dashboard",
      version: "1",
    },
    bearer,
  );
  for (const path of [
    "/dashboard",
    "/signin",
    "/metrics",
    "/api/openapi.json",
    "/api/audit?limit=100",
    "/api/users",
    "/api/tokens",
    "/api/auth/sessions",
    "/api/auth/me",
    "/api/dashboard/health",
    "/api/dashboard/config?origins=1",
    "/api/channels",
    "/api/deliveries",
    "/api/alerts",
  ])
    await ask(path, { headers: bearer });
  for (const words of [
    "config get",
    "config get -o json",
    "config check",
    "config history",
    "status -o json",
    "deliveries -o json",
    "doctor",
    "audit -o json",
    "audit verify",
    "user list -o json",
    "token list -o json",
  ])
    await run(words.split(" "));
  await run(["alerts", "--url", `http://ada:${planted.urlPassword}@127.0.0.1:1`], "", {
    VIRTUOSO_TOKEN: planted.remoteToken,
  });

  // A config that throws with what it read.
  writeFileSync(
    join(folder, "virtuoso.config.ts"),
    `throw new Error("cannot reach postgres://ada:${planted.urlPassword}@db with " + ` +
      "process.env.VIRTUOSO_JWT_SECRET + process.env.EXCHANGE_API_KEY);",
  );
  await until("the bad config in the log", () => serving.err.includes("config file is refused"));
  await run(["config", "check"]);
  writeFileSync(
    join(folder, "with-literal.config.ts"),
    configFile(channels.url).replace('env("EXCHANGE_API_KEY")', JSON.stringify(planted.clientSecret)),
  );
  await run(["serve", "--port", "0", "--data", "other"]);
  await run(["config", "check", "--config", "with-literal.config.ts"]);
  serving.signal("SIGTERM");
  expect(await serving.ended).toBe(0);
  written.set("the daemon's stdout", serving.out);
  written.set("the daemon's stderr", serving.err);
  expect(serving.err).toContain("boom at");

  const secrets = {
    ...planted,
    apiToken,
    totp: totp.secret,
    access: signedIn.access_token,
    refresh: signedIn.refresh_token,
  };
  const leaks = [...written].flatMap(([where, text]) =>
    Object.entries(secrets)
      .filter(([, secret]) => spellings(secret).some((each) => text.includes(each)))
      .map(([name]) => `${name} in ${where}`),
  );
  expect(leaks).toEqual([]);

  // At rest: of passwords and tokens only what cannot be turned back.
  for (const file of readdirSync(join(folder, "data"))) {
    if (!statSync(join(folder, "data", file)).isFile()) continue;
    const bytes = readFileSync(join(folder, "data", file)).toString("latin1");
    for (const name of ["password", "apiToken", "access", "refresh", "jwtSecret"] as const)
      expect({ file, name, found: bytes.includes(secrets[name]) }).toEqual({ file, name, found: false });
  }
});

function spellings(secret: string): string[] {
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
}

test("a crash says where, ends with 1, and says no secret", async () => {
  writeFileSync(
    join(folder, "crash.config.ts"),
    "setTimeout(() => { throw new Error(`lost ${process.env.EXCHANGE_API_KEY}`); }, 300);\nexport default {};",
  );
  await using crashing = new Running(
    ["serve", "--port", "0", "--config", "crash.config.ts", "--data", "crashed"],
    folder,
    { ...environment, VIRTUOSO_AUTH: "off" },
  );
  expect(await crashing.ended).toBe(1);
  await until("its last words", () => crashing.err.includes("lost [redacted]"));
  expect(crashing.err).toContain("crash.config.ts");
  expect(crashing.err).not.toContain(planted.clientSecret);
});

test.each([
  ["Authorization: Bearer abcdefgh12345678", "abcdefgh12345678"],
  ["sec-websocket-protocol: virtuoso, bearer.abcdefgh12345678", "abcdefgh12345678"],
  ["https://bot:hunter2hunter2@hooks.example/x", "hunter2hunter2"],
  ['{"password":"hunter2 \\" hunter2"}', "hunter2"],
  ['{"clientSecret":"hunter2hunter2"}', "hunter2"],
  ["/signin#link=abcdefgh12345678", "abcdefgh12345678"],
  ["a vrt_abcdefgh12345678 in a sentence", "abcdefgh"],
  ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "eyJzdWIiOiIxIn0"],
])("what looks like a secret is hidden: %s", (text, secret) => expect(redact(text)).not.toContain(secret));

test("ordinary words stay as they are", () => {
  for (const text of [
    "http://127.0.0.1:8000/dashboard",
    "BTCUSDT 43000.1 at 10:25",
    '{"token":"ci","what":"token.created"}',
    "token ci",
    "/api/alerts?type=SIGNAL",
  ])
    expect(redact(text)).toBe(text);
});
