import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { generate } from "otplib";
import { LockOut } from "../../src/auth/lock-out";
import { RefusedSignIns } from "../../src/auth/refused-sign-ins";
import { whyWeak } from "../../src/auth/passwords";
import type { AuditEntry } from "../../src/store/audit";
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

const attempt = (account: string, address: string, device: string | null = null) => ({ account, address, device });

describe("the lock-out", () => {
  test("grows with every failure, ends by itself, and never lasts longer than a quarter of an hour", () => {
    let now = 0;
    const lockOut = new LockOut(() => now);
    const waits: number[] = [];
    for (let n = 0; n < 30; n++) {
      lockOut.failed(attempt("ada", "10.0.0.1"));
      const from = now;
      while (lockOut.isLocked(attempt("ada", "10.0.0.1"))) now += 1000;
      waits.push((now - from) / 1000);
    }
    expect(waits.slice(0, 12)).toEqual([0, 0, 0, 0, 10, 20, 40, 80, 160, 320, 640, 900]);
    expect(Math.max(...waits)).toBe(900);
    expect(lockOut.isLocked(attempt("vera", "10.9.9.9"))).toBe(false);
  });

  test("of a stranger is his alone, and a known device passes it wherever it is", () => {
    const lockOut = new LockOut(() => 0);
    for (let n = 0; n < 1000; n++) lockOut.failed(attempt("ada", `10.0.${n % 10}.1`));
    expect(lockOut.isLocked(attempt("ada", "10.0.3.1"))).toBe(true);
    expect(lockOut.isAccountLocked("ada")).toBe(true);
    expect(lockOut.isLocked(attempt("ada", "10.1.0.1"))).toBe(false);
    expect(lockOut.isLocked(attempt("ada", "10.0.3.1", "laptop"))).toBe(false);
    lockOut.unlock("ada");
    expect(lockOut.isAccountLocked("ada")).toBe(false);
  });

  test("is forgotten an hour after the last failure, and whoever gets in is not forgiven what was tried at others", () => {
    let now = 0;
    const lockOut = new LockOut(() => now);
    for (let n = 0; n < 4; n++) lockOut.failed(attempt("ada", "10.0.0.1"));
    now += 3_600_000;
    lockOut.failed(attempt("ada", "10.0.0.1"));
    expect(lockOut.isLocked(attempt("ada", "10.0.0.1"))).toBe(false);
    for (let n = 0; n < 14; n++) {
      lockOut.failed(attempt(`name${n}`, "10.0.0.2"));
      lockOut.succeeded(attempt("vera", "10.0.0.2"));
    }
    lockOut.failed(attempt("another", "10.0.0.2"));
    expect(lockOut.isLocked(attempt("vera", "10.0.0.2"))).toBe(true);
  });

  test("unlocks the account that was meant, and keeps no more than it can", () => {
    const lockOut = new LockOut(() => 0);
    for (let n = 0; n < 5; n++)
      for (const name of ["ada", "ada.b"]) lockOut.failed(attempt(name, `10.${name.length}.0.1`));
    lockOut.unlock("ada");
    expect([lockOut.isAccountLocked("ada"), lockOut.isAccountLocked("ada.b")]).toEqual([false, true]);
    for (let n = 0; n < 10_000; n++) lockOut.failed(attempt(`name${n}`, `10.9.${n >> 8}.${n & 255}`));
    expect(lockOut.isAccountLocked("ada.b")).toBe(false);
  });

  test("of a known device holds for whoever has taken it", () => {
    const lockOut = new LockOut(() => 0);
    for (let n = 0; n < 5; n++) lockOut.failed(attempt("ada", `10.0.0.${n}`, "laptop"));
    expect(lockOut.isLocked(attempt("ada", "10.9.9.9", "laptop"))).toBe(true);
    expect(lockOut.isLocked(attempt("ada", "10.9.9.9"))).toBe(false);
    lockOut.succeeded(attempt("ada", "10.9.9.9", "laptop"));
    expect(lockOut.isLocked(attempt("ada", "10.9.9.9", "laptop"))).toBe(false);
  });

  test("counts an address over all the names it tries, and a network of IPv6 as one", () => {
    const lockOut = new LockOut(() => 0);
    for (let n = 0; n < 15; n++) lockOut.failed(attempt(`name${n}`, `2001:db8:1:2::${n}`));
    expect(lockOut.isLocked(attempt("another", "2001:db8:1:2:ffff::1"))).toBe(true);
    expect(lockOut.isLocked(attempt("another", "2001:0db8:1:2:0:0:0:1%eth0"))).toBe(true);
    expect(lockOut.isLocked(attempt("another", "2001:db8:1:3::1"))).toBe(false);
    const ofOne = new LockOut(() => 0);
    for (let n = 0; n < 5; n++) ofOne.failed(attempt("ada", `2001:db8:1:2::${n}`));
    expect([
      ofOne.isLocked(attempt("ada", "2001:db8:1:2:ffff::1")),
      ofOne.isLocked(attempt("ada", "2001:db8:1:3::1")),
    ]).toEqual([true, false]);
  });
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

function keeping() {
  const rows: AuditEntry[] = [];
  let now = 0;
  const refusals = new RefusedSignIns(
    (entry) => void rows.push(entry),
    () => now,
  );
  return { rows, refusals, goOn: (ms: number) => (now += ms) };
}

describe("refused sign-ins in the audit log", () => {
  test("are a row each until the address is limited, then they are counted", () => {
    const { rows, refusals, goOn } = keeping();
    for (let n = 0; n < 5; n++) refusals.add({ account: "ada", address: "10.0.0.1", locked: false });
    for (let n = 0; n < 10_000; n++) refusals.add({ account: "ada", address: "10.0.0.1", locked: true });
    expect(rows).toHaveLength(5);
    refusals.flush();
    expect(rows).toHaveLength(5);
    goOn(10 * 60_000);
    refusals.flush();
    expect(rows.slice(5)).toMatchObject([
      {
        who: "unknown",
        from: "10.0.0.1",
        what: "sign-in.refused",
        subject: "ada",
        after: { count: 10_000, accounts: ["ada"] },
      },
    ]);
  });

  test("are fifteen rows an hour of one network, and a row each again the hour after", () => {
    const { rows, refusals, goOn } = keeping();
    const refuse = (count: number, network: number) => {
      for (let n = 0; n < count; n++)
        refusals.add({ account: null, address: `2001:db8:0:${network}::${n}`, locked: false });
    };
    refuse(20, 1);
    expect(rows).toHaveLength(15);
    expect(rows[0]).toMatchObject({ who: "unknown", subject: null, after: { locked: false } });
    for (let network = 2; network < 20; network++) refuse(15, network);
    expect(rows).toHaveLength(100);
    goOn(60 * 60_000);
    refuse(20, 1);
    expect(rows).toHaveLength(115);
    for (let network = 2; network < 20; network++) refuse(15, network);
    expect(rows).toHaveLength(200);
  });

  test("are written once, by the first few names that were tried", () => {
    const { rows, refusals } = keeping();
    for (let n = 0; n < 9; n++) refusals.add({ account: `name${n}`, address: "10.0.0.1", locked: true });
    refusals.flush({ all: true });
    refusals.flush({ all: true });
    expect(rows).toMatchObject([
      { subject: null, after: { count: 9, accounts: ["name0", "name1", "name2", "name3", "name4"] } },
    ]);
  });

  test("are bounded whatever the number of addresses and names", () => {
    const { rows, refusals } = keeping();
    for (let n = 0; n < 100_000; n++)
      refusals.add({
        account: null,
        address: `2001:db8:${(n >> 8).toString(16)}:${(n & 255).toString(16)}::1`,
        locked: false,
      });
    refusals.flush({ all: true });
    expect(rows.length).toBeLessThanOrEqual(121);
    const counted = rows.reduce((sum, { after }) => sum + ((after as { count?: number }).count ?? 1), 0);
    expect(counted).toBe(100_000);
  });
});

test.each([
  ["short", "short"],
  ["11 letters.", "short"],
  ["passwordpassword", "everybody"],
  ["Password12345!", "everybody"],
  ["qwerty123456", "everybody"],
  ["aaaaaaaaaaaaaaa", "different"],
  ["1234567890123", "keyboard"],
  ["adalovelace!!", "name"],
] as const)("%s is no password", async (password, why) => {
  const words = {
    short: "12 characters",
    everybody: "everybody tries",
    different: "different characters",
    keyboard: "keyboard",
    name: "name",
  };
  expect(await whyWeak(password, "adalovelace")).toContain(words[why]);
});

test.each(["correct horse battery", "green lamp over water", "пароль из нескольких слов", "x7#kQ!2m_Lp9"])(
  "%s is one",
  async (password) => {
    expect(await whyWeak(password, "ada")).toBeNull();
  },
);

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
