import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startGuardedDaemon, type GuardedDaemon } from "../support/access";
import { client, startIdentityProvider, type TestProvider } from "../support/identity-provider";

setDefaultTimeout(60_000);

let given: GuardedDaemon;
let provider: TestProvider;
const groups: Record<string, string[]> = { ada: ["staff", "traders"], bob: ["staff"], vera: ["viewers", "traders"] };

beforeAll(async () => {
  // The daemon's port must be known to the provider: it starts, and starts again on the same.
  const port = await freePort();
  provider = await startIdentityProvider(`http://127.0.0.1:${port}/api/auth/oidc/callback`, groups);
  given = await startGuardedDaemon({
    flags: { port },
    before: (folder) => writeFileSync(join(folder, "secret"), `${client.secret}\n`),
    config: `import { defineConfig, file } from "virtuoso";
export default defineConfig({ auth: { oidc: { issuer: "${provider.issuer}", clientId: "${client.id}", clientSecret: file("FOLDER/secret"), scopes: "openid profile", roles: { viewers: "viewer", traders: "trader" }, label: "Company" } } });`,
  });
});
afterAll(async () => {
  await given[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

async function freePort(): Promise<number> {
  const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response() });
  const { port } = server;
  await server.stop(true);
  return port ?? 0;
}

interface Way {
  readonly status: number;
  readonly to: string;
  readonly cookie: string;
}

/** What a browser does: start here, sign in there, come back with what it kept. */
async function come(login: string, next = "/dashboard", kept?: string): Promise<Way> {
  const start = await fetch(`${given.url}/api/auth/oidc/start?next=${encodeURIComponent(next)}`, { redirect: "manual" });
  const state = start.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const back = await provider.walk(start.headers.get("location") ?? "", login);
  return await land(back, kept ?? state);
}

async function land(back: string, cookie: string): Promise<Way> {
  const answer = await fetch(back, { redirect: "manual", headers: { cookie } });
  return { status: answer.status, to: answer.headers.get("location") ?? "", cookie: answer.headers.getSetCookie().map((each) => each.split(";")[0] ?? "").filter((pair) => !pair.endsWith("=")).join("; ") };
}

const me = async (cookie: string) => (await (await fetch(`${given.url}/api/auth/me`, { headers: { cookie } })).json()) as { name?: string; role?: string; code?: string };

test("who the provider vouches for gets the role of the group, and where he wanted to go", async () => {
  const way = await come("ada", "/symbols/BTCUSDT?x=1");
  expect(way).toMatchObject({ status: 302, to: "/symbols/BTCUSDT?x=1" });
  expect(await me(way.cookie)).toMatchObject({ name: "ada", role: "trader" });
  expect(await me((await come("vera")).cookie)).toMatchObject({ role: "trader" });
  expect(await (await fetch(`${given.url}/api/auth/options`)).json()).toMatchObject({ identity_provider: "Company" });
});

test("the role is that of the groups now, and a name somebody else has is nobody's way in", async () => {
  groups["vera"] = ["viewers"];
  expect(await me((await come("vera")).cookie)).toMatchObject({ name: "vera", role: "viewer" });
  await given.addUser("carl", "admin");
  groups["carl"] = ["viewers"];
  expect(await me((await come("carl")).cookie)).toMatchObject({ name: "carl-2", role: "viewer" });
  expect((await given.post("/api/auth/login", { username: "ada", password: given.password })).status).toBe(401);
});

test("without a group that has a role nobody gets in", async () => {
  const way = await come("bob");
  expect(way).toMatchObject({ status: 302, to: "/signin?trouble=no-role", cookie: "" });
});

test("what was not begun in this browser, or was used, is worth nothing", async () => {
  const start = await fetch(`${given.url}/api/auth/oidc/start`, { redirect: "manual" });
  const state = start.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const to = new URL(start.headers.get("location") ?? "");
  expect(to.searchParams.get("code_challenge_method")).toBe("S256");
  expect(to.searchParams.get("nonce")?.length).toBeGreaterThan(20);
  const back = await provider.walk(to.href, "ada");
  expect(await land(back, "")).toMatchObject({ to: "/signin?trouble=provider-refused", cookie: "" });
  expect(await land(back.replace(/state=[^&]+/, "state=another"), state)).toMatchObject({ to: "/signin?trouble=provider-refused", cookie: "" });
  // That spent it.
  expect(await land(back, state)).toMatchObject({ to: "/signin?trouble=provider-refused", cookie: "" });
  expect(await come("ada", "/dashboard", "virtuoso_oidc_x=planted")).toMatchObject({ to: "/signin?trouble=provider-refused", cookie: "" });
});

test.each(["//evil.example", "/\\evil.example", "https://evil.example/", "/.//evil.example", "/signin", "javascript:alert(1)"])("from %s it leads home", async (next) => {
  expect(await come("ada", next)).toMatchObject({ status: 302, to: "/dashboard" });
});
