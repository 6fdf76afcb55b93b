import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { generate } from "otplib";
import { bearer, signedIn, startGuardedDaemon, type GuardedDaemon } from "../support/access";
import { until } from "../support/daemon";
import { listenTo } from "../support/socket";

setDefaultTimeout(60_000);

let given: GuardedDaemon;
/** The daemon's clock goes as ours does, so much ahead. */
let aheadMs = 0;
beforeAll(async () => {
  given = await startGuardedDaemon({
    now: () => Date.now() + aheadMs,
    ticking: false,
    config: "export default { auth: { sessionTimeout: '1h' } };",
  });
});
afterAll(() => given[Symbol.asyncDispose]());

const tokenOf = (link: string) => link.split("#link=")[1] ?? "";
const code = async (answer: Response) => ((await answer.json()) as { code: string }).code;
const me = async (headers: Record<string, string>) => (await fetch(`${given.url}/api/auth/me`, { headers })).status;

test("the first start has no account; the first link makes it, once, and each later one signs the owner in, once", async () => {
  expect(given.daemon.lacksAccount).toBe(true);
  const options = async () => (await (await fetch(`${given.url}/api/auth/options`)).json()) as object;
  expect(await options()).toMatchObject({ auth: "required", setup: true });
  const token = tokenOf(given.daemon.createLink());
  const setup = { token, username: "Ada", password: given.password };
  expect(await code(await given.post("/api/auth/setup", { ...setup, token: "x" }))).toBe("link-refused");
  expect(await (await given.post("/api/auth/link", { token })).json()).toEqual({ status: "setup" });
  expect(await code(await given.post("/api/auth/setup", { ...setup, password: "password1234" }))).toBe("validation");
  const both = await Promise.all([
    given.post("/api/auth/setup", setup),
    given.post("/api/auth/setup", { ...setup, username: "eve" }),
  ]);
  expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
  const made = await signedIn(both.find(({ status }) => status === 200) ?? new Response(null, { status: 500 }));
  expect(await me({ cookie: made.cookie })).toBe(200);
  expect(await options()).toMatchObject({ setup: false });
  expect(await code(await given.post("/api/auth/setup", setup))).toBe("link-refused");
  expect(await code(await given.post("/api/auth/link", { token }))).toBe("link-refused");

  const later = tokenOf(given.daemon.createLink());
  const owner = await signedIn(await given.post("/api/auth/link", { token: later }));
  expect(await (await fetch(`${given.url}/api/auth/me`, { headers: { cookie: owner.cookie } })).json()).toMatchObject({
    kind: "owner",
    role: "admin",
  });
  expect(await code(await given.post("/api/auth/link", { token: later }))).toBe("link-refused");
  const late = tokenOf(given.daemon.createLink());
  aheadMs += 15 * 60_000;
  expect(await code(await given.post("/api/auth/link", { token: late }))).toBe("link-refused");
  for (const [name, role] of [
    ["vera", "viewer"],
    ["tom", "trader"],
    ["rosa", "admin"],
  ] as const)
    await given.addUser(name, role);
});

test("an unknown name, a wrong password and a locked account are answered alike", async () => {
  const tried = async (username: string, password: string) => {
    const answer = await given.post("/api/auth/login", { username, password });
    return { status: answer.status, body: await answer.text(), cookies: answer.headers.getSetCookie() };
  };
  const unknown = await tried("no.such.name", given.password);
  expect(unknown).toMatchObject({ status: 401, cookies: [] });
  for (let n = 0; n < 5; n++) expect(await tried("vera", "not the password")).toEqual(unknown);
  expect(await tried("vera", given.password)).toEqual(unknown);
  aheadMs += 11_000;
  expect((await tried("VERA", given.password)).status).toBe(200);
});

test("a browser somebody signed in with is let in while a stranger at its address is not, and its cookie is of one account", async () => {
  await using other = await startGuardedDaemon();
  for (const name of ["lena", "vera"]) await other.addUser(name, "viewer");
  const before = await other.post("/api/auth/login", { username: "lena", password: other.password });
  const device =
    before.headers
      .getSetCookie()
      .find((each) => each.includes("_device_"))
      ?.split(";")[0] ?? "";
  expect(device).toMatch(/^virtuoso_device_[0-9a-f]+=/);
  const tried = async (username: string, password: string, cookie = "") =>
    (await other.post("/api/auth/login", { username, password }, { cookie })).status;
  for (let n = 0; n < 5; n++) expect(await tried("lena", "not the password")).toBe(401);
  expect(await tried("lena", other.password)).toBe(401);
  expect(await tried("lena", other.password, `${device}x`)).toBe(401);
  expect(await tried("lena", other.password, device)).toBe(200);
  for (let n = 0; n < 5; n++) expect(await tried("vera", "not the password")).toBe(401);
  expect(await tried("vera", other.password, device)).toBe(401);
});

test("a second factor: set with a code, asked for, good once, replaced by a recovery code, good once too", async () => {
  const tom = await given.signIn("tom");
  const headers = { "cookie": tom.cookie, "x-csrf-token": tom.csrf };
  expect((await given.post("/api/auth/totp", { password: "not the password" }, headers)).status).toBe(400);
  const { secret, uri } = (await (
    await given.post("/api/auth/totp", { password: given.password }, headers)
  ).json()) as { secret: string; uri: string };
  expect(uri).toStartWith("otpauth://totp/Virtuoso:tom?");
  const codeNow = () => generate({ secret, epoch: Math.floor((Date.now() + aheadMs) / 1000) });
  expect((await given.post("/api/auth/totp/confirm", { code: "000000" }, headers)).status).toBe(400);
  const first = await codeNow();
  const { recovery_codes: recovery } = (await (
    await given.post("/api/auth/totp/confirm", { code: first }, headers)
  ).json()) as { recovery_codes: string[] };
  expect(new Set(recovery).size).toBe(10);

  const credentials = { username: "tom", password: given.password };
  expect(await code(await given.post("/api/auth/login", credentials))).toBe("code-needed");
  expect(await code(await given.post("/api/auth/login", { ...credentials, password: "not it" }))).toBe(
    "sign-in-refused",
  );
  expect(await code(await given.post("/api/auth/login", { ...credentials, code: first }))).toBe("sign-in-refused");
  aheadMs += 60_000;
  const second = await codeNow();
  expect((await given.post("/api/auth/login", { ...credentials, code: second })).status).toBe(200);
  expect(await code(await given.post("/api/auth/login", { ...credentials, code: second }))).toBe("sign-in-refused");
  expect((await given.post("/api/auth/login", { ...credentials, code: recovery[0] })).status).toBe(200);
  expect(await code(await given.post("/api/auth/login", { ...credentials, code: recovery[0] }))).toBe(
    "sign-in-refused",
  );
  // From paper, by a thumb: it is the same code.
  const typed = ` ${(recovery[1] ?? "")
    .toUpperCase()
    .replace("-", " \u2013 ")
    .replace(/^(....)/, "$1\u00a0")} `;
  const again = await signedIn(await given.post("/api/auth/login", { ...credentials, code: typed }));
  expect(await (await fetch(`${given.url}/api/auth/me`, { headers: { cookie: again.cookie } })).json()).toMatchObject({
    second_factor: { set: true, recovery_codes_left: 8 },
  });
  expect(
    (
      await given.post(
        "/api/auth/totp/remove",
        { password: given.password },
        { "cookie": again.cookie, "x-csrf-token": again.csrf },
      )
    ).status,
  ).toBe(200);
  expect((await given.post("/api/auth/login", credentials)).status).toBe(200);
});

async function opened(name: string) {
  const session = await given.signIn(name);
  return { session, listener: await listenTo(given.url, null, { cookie: session.cookie, origin: given.url }) };
}

async function asAdmin() {
  const { cookie, csrf } = await given.signIn("rosa");
  return { "cookie": cookie, "x-csrf-token": csrf, "content-type": "application/json" };
}

describe("what ends, ends at once, and its open sockets with it", () => {
  test("signing out, and signing out everywhere", async () => {
    const [one, two] = [await opened("vera"), await opened("vera")];
    await given.post("/api/auth/logout", {}, { cookie: one.session.cookie });
    expect(await one.listener.closed).toBe(1008);
    expect(await me({ cookie: one.session.cookie })).toBe(401);
    expect(await me({ cookie: two.session.cookie })).toBe(200);
    expect(
      (
        await fetch(`${given.url}/api/auth/sessions`, {
          method: "DELETE",
          headers: { "cookie": two.session.cookie, "x-csrf-token": two.session.csrf },
        })
      ).status,
    ).toBe(200);
    expect(await two.listener.closed).toBe(1008);
  });

  test("one session of the list", async () => {
    const [here, there] = [await opened("vera"), await opened("vera")];
    const headers = { "cookie": here.session.cookie, "x-csrf-token": here.session.csrf };
    const { items } = (await (await fetch(`${given.url}/api/auth/sessions`, { headers })).json()) as {
      items: { id: string; current: boolean; address: string }[];
    };
    expect(items).toHaveLength(2);
    const other = items.find(({ current }) => !current);
    expect(
      (await fetch(`${given.url}/api/auth/sessions/${other?.id ?? ""}`, { method: "DELETE", headers })).status,
    ).toBe(200);
    expect(await there.listener.closed).toBe(1008);
    expect(await me({ cookie: here.session.cookie })).toBe(200);
    here.listener.close();
  });

  test("a role that is lowered, and a password that is changed", async () => {
    const { session, listener } = await opened("tom");
    const headers = await asAdmin();
    expect((await fetch(`${given.url}/api/alerts?format=csv`, { headers: { cookie: session.cookie } })).status).toBe(
      200,
    );
    const token = (await (
      await given.post(
        "/api/tokens",
        { name: "of tom", role: "trader" },
        { "cookie": session.cookie, "x-csrf-token": session.csrf },
      )
    ).json()) as { token: string };
    expect(
      (await fetch(`${given.url}/api/users/tom`, { method: "PATCH", headers, body: '{"role":"viewer"}' })).status,
    ).toBe(200);
    expect(await listener.closed).toBe(1008);
    for (const shown of [{ cookie: session.cookie }, bearer(token.token).headers])
      expect((await fetch(`${given.url}/api/alerts?format=csv`, { headers: shown })).status).toBe(403);
    expect(
      (
        await fetch(`${given.url}/api/users/tom`, {
          method: "PATCH",
          headers,
          body: '{"password":"another lamp over water"}',
        })
      ).status,
    ).toBe(200);
    expect(await me({ cookie: session.cookie })).toBe(401);
    expect((await given.post("/api/auth/login", { username: "tom", password: given.password })).status).toBe(401);
  });

  test("a token that is revoked, and one whose time is over", async () => {
    const token = await given.token("soon gone", "viewer");
    const listener = await listenTo(given.url, null, bearer(token).headers);
    expect(
      (await fetch(`${given.url}/api/tokens/soon%20gone`, { method: "DELETE", headers: await asAdmin() })).status,
    ).toBe(200);
    expect(await listener.closed).toBe(1008);
    expect(await me(bearer(token).headers)).toBe(401);

    const { token: short } = (await (
      await given.owner("/api/tokens", {
        name: "short",
        role: "viewer",
        expires_at: new Date(Date.now() + aheadMs + 60_000).toISOString(),
      })
    ).json()) as { token: string };
    const last = await listenTo(given.url, null, bearer(short).headers);
    aheadMs += 60_000;
    expect(await last.closed).toBe(1008);
    expect(await me(bearer(short).headers)).toBe(401);
  });

  test("an account that is removed; the last admin cannot be", async () => {
    await given.addUser("gone", "viewer");
    const { session, listener } = await opened("gone");
    const headers = await asAdmin();
    expect((await fetch(`${given.url}/api/users/gone`, { method: "DELETE", headers })).status).toBe(200);
    expect(await listener.closed).toBe(1008);
    expect(await me({ cookie: session.cookie })).toBe(401);
    const { items } = (await (await fetch(`${given.url}/api/users`, { headers })).json()) as {
      items: { name: string; role: string }[];
    };
    const admins = items.filter(({ role }) => role === "admin").map(({ name }) => name);
    for (const name of admins.filter((each) => each !== "rosa"))
      await fetch(`${given.url}/api/users/${name}`, { method: "DELETE", headers });
    expect((await fetch(`${given.url}/api/users/rosa`, { method: "DELETE", headers })).status).toBe(409);
    expect(
      (await fetch(`${given.url}/api/users/rosa`, { method: "PATCH", headers, body: '{"role":"viewer"}' })).status,
    ).toBe(409);
  });

  test("a session that is not used for the time that is configured", async () => {
    const { session, listener } = await opened("vera");
    for (let minutes = 0; minutes < 90; minutes += 10) {
      aheadMs += 10 * 60_000;
      const renewed = await given.post("/api/auth/refresh", {}, { cookie: session.cookie.replace(/^[^;]+; /, "") });
      Object.assign(session, await signedIn(renewed));
      expect(await me({ cookie: session.cookie })).toBe(200);
    }
    expect(listener.socket.readyState).toBe(WebSocket.OPEN);
    aheadMs += 60 * 60_000;
    expect(await listener.closed).toBe(1008);
    expect((await given.post("/api/auth/refresh", {}, { cookie: session.cookie })).status).toBe(401);
  });
});

test(
  "an open page keeps no one signed in: neither what it asks, nor its socket, nor its renewals prolong a " +
    "session without a person",
  async () => {
    const { session, listener } = await opened("vera");
    const seen = async () =>
      (
        (await (await fetch(`${given.url}/api/auth/me`, { headers: { cookie: session.cookie } })).json()) as {
          session: { idle_seconds: number; idle_seconds_max: number };
        }
      ).session;
    const renewed = async (idleSeconds: number) =>
      await given.post("/api/auth/refresh", { idle_seconds: idleSeconds }, { cookie: session.cookie });
    for (let minutes = 10; minutes < 60; minutes += 10) {
      aheadMs += 10 * 60_000;
      Object.assign(session, await signedIn(await renewed(minutes * 60)));
      const { idle_seconds: idle, idle_seconds_max: idleMax } = await seen();
      expect(Math.round(idle / 60)).toBe(minutes);
      expect(idleMax).toBe(3600);
    }
    // Somebody came by two minutes ago; who says less of it than before takes nothing back.
    Object.assign(session, await signedIn(await renewed(120)));
    Object.assign(session, await signedIn(await renewed(3000)));
    expect(Math.round((await seen()).idle_seconds / 60)).toBe(2);
    expect(listener.socket.readyState).toBe(WebSocket.OPEN);
    for (const minutes of [12, 22, 32, 42, 52]) {
      aheadMs += 10 * 60_000;
      Object.assign(session, await signedIn(await renewed(minutes * 60)));
    }
    aheadMs += 9 * 60_000;
    expect(await listener.closed).toBe(1008);
    expect(await me({ cookie: session.cookie })).toBe(401);
    expect((await renewed(0)).status).toBe(401);
  },
);

test("uses are remembered over a restart, and who was signed in still is", async () => {
  const session = await given.signIn("vera");
  const token = await given.token("kept", "viewer");
  expect(await me(bearer(token).headers)).toBe(200);
  await given.restart();
  expect(await me({ cookie: session.cookie })).toBe(200);
  const { items } = (await (
    await fetch(`${given.url}/api/tokens`, { headers: { cookie: (await given.signIn("rosa")).cookie } })
  ).json()) as { items: { name: string; last_used_at: string | null }[] };
  expect(items.find(({ name }) => name === "kept")?.last_used_at).not.toBeNull();
});

test("a secret that others can read is refused", async () => {
  await given.stop();
  chmodSync(join(given.data, "jwt.secret"), 0o644);
  expect(await given.restart().then(() => "it started", String)).toMatch(
    /jwt\.secret can be read by others: chmod 600/,
  );
  chmodSync(join(given.data, "jwt.secret"), 0o600);
  await given.restart();
  await until("it runs again", async () => (await fetch(`${given.url}/healthz`)).ok);
});
