import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import pino from "pino";
import { startGuardedDaemon, type GuardedDaemon } from "../support/access";
import { client, startIdentityProvider, type TestProvider } from "../support/identity-provider";

setDefaultTimeout(60_000);

let given: GuardedDaemon;
let provider: TestProvider;
/** What the daemon logs. */
const said: { readonly msg: string; readonly why?: string }[] = [];
const groups: Record<string, string[]> = { ada: ["staff", "traders"], bob: ["staff"], vera: ["viewers", "traders"] };

beforeAll(async () => {
  // The daemon's port must be known to the provider: it starts, and starts again on the same.
  const port = await freePort();
  provider = await startIdentityProvider(`http://127.0.0.1:${port}/api/auth/oidc/callback`, groups);
  given = await startGuardedDaemon({
    flags: { port },
    log: pino({ level: "info" }, { write: (line) => void said.push(JSON.parse(line) as (typeof said)[number]) }),
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
  const start = await fetch(`${given.url}/api/auth/oidc/start?next=${encodeURIComponent(next)}`, {
    redirect: "manual",
  });
  const state = start.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const back = await provider.walk(start.headers.get("location") ?? "", login);
  return await land(back, kept ?? state);
}

async function land(back: string, cookie: string): Promise<Way> {
  const answer = await fetch(back, { redirect: "manual", headers: { cookie } });
  return {
    status: answer.status,
    to: answer.headers.get("location") ?? "",
    cookie: answer.headers
      .getSetCookie()
      .map((each) => each.split(";")[0] ?? "")
      .filter((pair) => !pair.endsWith("="))
      .join("; "),
  };
}

const me = async (cookie: string) =>
  (await (await fetch(`${given.url}/api/auth/me`, { headers: { cookie } })).json()) as {
    name?: string;
    role?: string;
    code?: string;
  };

test("who the provider vouches for gets the role of the group, and the page they wanted", async () => {
  const way = await come("ada", "/symbols/BTCUSDT?x=1");
  expect(way).toMatchObject({ status: 302, to: "/symbols/BTCUSDT?x=1" });
  expect(await me(way.cookie)).toMatchObject({ name: "ada", role: "trader" });
  expect(await me((await come("vera")).cookie)).toMatchObject({ role: "trader" });
  expect(await (await fetch(`${given.url}/api/auth/options`)).json()).toMatchObject({ identity_provider: "Company" });
});

test("the role is that of the groups now, and a name somebody else has opens no account", async () => {
  groups["vera"] = ["viewers"];
  expect(await me((await come("vera")).cookie)).toMatchObject({ name: "vera", role: "viewer" });
  await given.addUser("carl", "admin");
  groups["carl"] = ["viewers"];
  expect(await me((await come("carl")).cookie)).toMatchObject({ name: "carl-2", role: "viewer" });
  expect((await given.post("/api/auth/login", { username: "ada", password: given.password })).status).toBe(401);
});

test("without a group that has a role there is no way in", async () => {
  const way = await come("bob");
  expect(way).toMatchObject({ status: 302, to: "/signin?trouble=no-role", cookie: "" });
});

/** Goes off to sign in, and comes to where the provider would send the browser back to. */
async function begin(
  jar: readonly string[] = [],
  path = "start",
): Promise<{ readonly set: readonly string[]; readonly state: string; readonly to: URL }> {
  const start = await fetch(`${given.url}/api/auth/oidc/${path}`, {
    redirect: "manual",
    headers: { cookie: jar.join("; ") },
  });
  const set = start.headers.getSetCookie();
  return {
    set,
    state: set.find((each) => !each.includes("Max-Age=0"))?.split(";")[0] ?? "",
    to: new URL(start.headers.get("location") ?? "", given.url),
  };
}

const refused = { to: "/signin?trouble=provider-refused", cookie: "" };

test("what was not begun in this browser, or was used, is worth nothing", async () => {
  const { set, state, to } = await begin();
  expect(set).toEqual([
    expect.stringMatching(
      /^virtuoso_oidc_[\w-]+=[\w-]{43}; Path=\/api\/auth\/oidc; Max-Age=600; HttpOnly; SameSite=Lax$/,
    ),
  ]);
  expect(to.searchParams.get("code_challenge_method")).toBe("S256");
  expect(to.searchParams.get("nonce")?.length).toBeGreaterThan(20);
  const back = await provider.walk(to.href, "ada");
  // In another browser, which has a sign-in of its own under way, and with a state of somebody else's making.
  const other = await begin();
  for (const jar of ["", other.state, `${state.split("=")[0]}=another`])
    expect(await land(back, jar)).toMatchObject({
      to: expect.stringMatching(/^\/signin\?trouble=provider-refused/),
      cookie: "",
    });
  expect(await land(back.replace(/state=[^&]+/, "state=another"), state)).toMatchObject(refused);
  expect(await land(back, state)).toMatchObject({ to: "/dashboard" });
  // That spent it.
  expect(await land(back, state)).toMatchObject(refused);
  expect(await come("ada", "/dashboard", "virtuoso_oidc_x=planted")).toMatchObject(refused);
});

test("each tab has a sign-in of its own, in any order; a browser keeps a few of them, and none that is over", async () => {
  const [one, two] = [await begin(), await begin([], "start?next=/alerts")];
  const jar = `${one.state}; ${two.state}`;
  const [backOne, backTwo] = [await provider.walk(one.to.href, "ada"), await provider.walk(two.to.href, "vera")];
  expect(await land(backTwo, jar)).toMatchObject({ to: "/alerts" });
  expect(await me((await land(backOne, jar)).cookie)).toMatchObject({ name: "ada" });

  let kept: string[] = [one.state];
  for (let tabs = 0; tabs < 12; tabs++) {
    const { set, state } = await begin(kept);
    const gone = set.filter((each) => each.includes("Max-Age=0")).map((each) => each.split("=")[0] ?? "");
    kept = [...kept.filter((pair) => !gone.includes(pair.split("=")[0] ?? "-")), state];
  }
  expect(kept).toHaveLength(8);
  expect(kept).not.toContain(one.state);
});

test("whoever signs out is sent to sign out of the provider; who signed in by password is not", async () => {
  const { cookie } = await come("ada");
  const { csrf_token: csrf } = (await (await fetch(`${given.url}/api/auth/me`, { headers: { cookie } })).json()) as {
    csrf_token: string;
  };
  const { provider_sign_out: url } = (await (
    await given.post("/api/auth/logout", {}, { "cookie": cookie, "x-csrf-token": csrf })
  ).json()) as { provider_sign_out: string };
  expect(url.split("?")[0]).toBe(`${provider.issuer}/session/end`);
  expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
    client_id: client.id,
    post_logout_redirect_uri: `${given.url}/signin`,
  });
  expect((await me(cookie)).code).toBe("not-signed-in");
  // The provider knows the address to come back to.
  expect(await (await fetch(url)).text()).toContain(`${provider.issuer}/session/end/confirm`);
  const carl = await given.signIn("carl");
  expect(
    await (await given.post("/api/auth/logout", {}, { "cookie": carl.cookie, "x-csrf-token": carl.csrf })).json(),
  ).toEqual({ status: "done", provider_sign_out: null });
});

test.each([
  "//evil.example",
  "/\\evil.example",
  "https://evil.example/",
  "/.//evil.example",
  "/signin",
  "javascript:alert(1)",
])("from %s it leads home", async (next) => {
  expect(await come("ada", next)).toMatchObject({ status: 302, to: "/dashboard" });
});

test("a provider that has died leads to the sign-in page at every step; why stands in the audit log, and in the log", async () => {
  const { cookie } = await come("ada");
  const { csrf_token: csrf } = (await (await fetch(`${given.url}/api/auth/me`, { headers: { cookie } })).json()) as {
    csrf_token: string;
  };
  const { state, to } = await begin([], "start?next=/alerts%3Fq%3D1");
  const back = await provider.walk(to.href, "ada");
  await provider[Symbol.asyncDispose]();
  const unreachable = "/signin?trouble=provider-unreachable&next=%2Falerts%3Fq%3D1";
  expect(await land(back, state)).toMatchObject({ status: 302, to: unreachable, cookie: "" });
  expect((await begin([], "start?next=/alerts%3Fq%3D1")).to.href).toBe(`${given.url}${unreachable}`);
  const whys = [...(await audited())];
  expect(whys).toContain(`identity provider: provider-unreachable: ${provider.issuer}/token refuses the connection`);
  expect(whys).toContain(
    `identity provider: provider-unreachable: ${provider.issuer}/.well-known/openid-configuration refuses the connection`,
  );
  expect(whys).toContain("identity provider: no-role: auth.oidc.roles gives bob no role: the claim groups holds staff");
  const logged = said.filter(({ msg }) => msg === "sign-in.refused").flatMap(({ why }) => why ?? []);
  expect(new Set(logged)).toEqual(new Set(whys));
  for (const text of [JSON.stringify(said), JSON.stringify(whys)])
    for (const secret of [client.secret, state.split("=")[1] ?? "-", new URL(back).searchParams.get("code") ?? "-"])
      expect(text).not.toContain(secret);
  // It keeps no one signed in.
  expect(await (await given.post("/api/auth/logout", {}, { "cookie": cookie, "x-csrf-token": csrf })).json()).toEqual({
    status: "done",
    provider_sign_out: null,
  });
});

async function audited(): Promise<string[]> {
  const { items } = (await (
    await fetch(`${given.url}/api/audit?limit=100`, {
      headers: { authorization: `Bearer ${await given.token("auditor", "admin")}` },
    })
  ).json()) as { items: { what: string; after: { why?: string } | null }[] };
  return items.filter(({ what }) => what === "sign-in.refused").flatMap(({ after }) => after?.why ?? []);
}
