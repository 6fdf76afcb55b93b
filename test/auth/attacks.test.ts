import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT, type JWTPayload } from "jose";
import { bearer, startGuardedDaemon, signedIn, type GuardedDaemon, type SignedIn } from "../support/access";
import { listenTo } from "../support/socket";

setDefaultTimeout(60_000);

let given: GuardedDaemon;
let ada: SignedIn;
beforeAll(async () => {
  given = await startGuardedDaemon();
  for (const [name, role] of [
    ["ada", "admin"],
    ["vera", "viewer"],
  ] as const)
    await given.addUser(name, role);
  ada = await given.signIn("ada");
});
afterAll(() => given[Symbol.asyncDispose]());

const path = "/api/auth/me";
const statusOf = async (headers: Record<string, string>) => (await fetch(`${given.url}${path}`, { headers })).status;

/** A token like a good one, changed by one thing; signed with the daemon's own key unless another is given. */
async function forged(change: {
  header?: object;
  claims?: JWTPayload;
  key?: Uint8Array;
  without?: string;
}): Promise<string> {
  const { kid } = decodeProtectedHeader(ada.access);
  const claims: JWTPayload = { ...decodeJwt(ada.access), ...change.claims };
  if (change.without !== undefined) delete claims[change.without];
  const key = change.key ?? new TextEncoder().encode(readFileSync(join(given.data, "jwt.secret"), "utf8").trim());
  return await new SignJWT(claims)
    .setProtectedHeader({ alg: "HS256", typ: "JWT", ...(kid === undefined ? {} : { kid }), ...change.header })
    .sign(key);
}

const parts = (token: string) => token.split(".") as [string, string, string];
const encoded = (json: object) => Buffer.from(JSON.stringify(json)).toString("base64url");
const seconds = () => Math.floor(Date.now() / 1000);

describe("a token that is not ours", () => {
  test("is refused, whatever is wrong with it, and the good one is not", async () => {
    const [header, claims, signature] = parts(ada.access);
    const { kid } = decodeProtectedHeader(ada.access);
    const long = new Uint8Array(64).fill(7);
    const tokens: Record<string, string> = {
      "alg none": new UnsecuredJWT(decodeJwt(ada.access)).encode(),
      "alg none, our kid": `${encoded({ alg: "none", kid, typ: "JWT" })}.${claims}.`,
      "alg NoNe, with the signature": `${encoded({ alg: "NoNe", kid, typ: "JWT" })}.${claims}.${signature}`,
      "no signature": `${header}.${claims}.`,
      "another key": await forged({ key: long }),
      "no kid": await forged({ header: { kid: undefined } }),
      "another kid": await forged({ header: { kid: "00000000" } }),
      "a kid that is a path": await forged({ header: { kid: "../../etc/passwd" } }),
      "HS384": await forged({ header: { alg: "HS384" } }),
      "HS512": await forged({ header: { alg: "HS512" } }),
      "said to be RS256": `${encoded({ alg: "RS256", kid, typ: "JWT" })}.${claims}.${signature}`,
      "a key in its header": await forged({
        key: long,
        header: { jwk: { kty: "oct", k: Buffer.from(long).toString("base64url") } },
      }),
      "another type": await forged({ header: { typ: "at+jwt" } }),
      "an unknown critical header": `${encoded({ alg: "HS256", kid, typ: "JWT", crit: ["exp2"], exp2: 1 })}.${claims}.${signature}`,
      "expired": await forged({ claims: { exp: seconds() - 1 } }),
      "not yet valid": await forged({ claims: { nbf: seconds() + 60 } }),
      "another issuer": await forged({ claims: { iss: "someone" } }),
      "another audience": await forged({ claims: { aud: "someone" } }),
      "no expiry": await forged({ without: "exp" }),
      "no session": await forged({ without: "sid" }),
      "a session that never was": await forged({ claims: { sid: "a".repeat(43) } }),
      "tampered claims": `${header}.${encoded({ ...decodeJwt(ada.access), sub: "owner" })}.${signature}`,
      "tampered signature": `${header}.${claims}.${signature.slice(0, -2)}${signature.endsWith("AA") ? "BB" : "AA"}`,
      "not a token": "hello",
      "empty parts": "..",
      "an API token that never was": `vrt_${"a".repeat(43)}`,
      "very long": "a".repeat(8000),
    };
    for (const [what, token] of Object.entries(tokens)) {
      expect({
        what,
        bearer: await statusOf({ authorization: `Bearer ${token}` }),
        cookie: await statusOf({ cookie: `${ada.cookie.split("=")[0] ?? ""}=${token}` }),
      }).toEqual({ what, bearer: 401, cookie: 401 });
    }
    expect(await statusOf(bearer(ada.access).headers)).toBe(200);
    expect(await statusOf(bearer(await forged({})).headers)).toBe(200);
    expect(await statusOf({ authorization: `Basic ${btoa(`ada:${given.password}`)}` })).toBe(401);
  });

  test("is not taken from the address", async () => {
    expect((await fetch(`${given.url}${path}?access_token=${ada.access}`)).status).toBe(401);
    expect((await fetch(`${given.url}/api/alerts?token=${await given.token("in the address", "viewer")}`)).status).toBe(
      401,
    );
  });
});

describe("a refresh token", () => {
  test("is good once; shown again it ends the session, for thief and owner alike", async () => {
    const first = (await (
      await given.post("/api/auth/login", { username: "vera", password: given.password, transport: "bearer" })
    ).json()) as { access_token: string; refresh_token: string };
    const second = (await (
      await given.post("/api/auth/refresh", { refresh_token: first.refresh_token })
    ).json()) as typeof first;
    expect(await statusOf(bearer(second.access_token).headers)).toBe(200);
    expect((await given.post("/api/auth/refresh", { refresh_token: first.refresh_token })).status).toBe(401);
    for (const token of [first, second]) expect(await statusOf(bearer(token.access_token).headers)).toBe(401);
    expect((await given.post("/api/auth/refresh", { refresh_token: second.refresh_token })).status).toBe(401);
  });

  test("shown by many at once is taken from one, and then from none", async () => {
    const { refresh_token: token } = (await (
      await given.post("/api/auth/login", { username: "vera", password: given.password, transport: "bearer" })
    ).json()) as { refresh_token: string };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => given.post("/api/auth/refresh", { refresh_token: token })),
    );
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    const [won] = (
      await Promise.all(answers.map(async (answer) => (await answer.json()) as { refresh_token?: string }))
    ).filter(({ refresh_token: next }) => next !== undefined);
    expect((await given.post("/api/auth/refresh", { refresh_token: won?.refresh_token ?? "x" })).status).toBe(401);
  });

  test("is no access token, nor the other way round", async () => {
    const refresh = /refresh_[0-9a-f]+=([^;]+)/.exec(ada.cookie)?.[1] ?? "";
    expect(await statusOf(bearer(refresh).headers)).toBe(401);
    expect((await given.post("/api/auth/refresh", { refresh_token: ada.access })).status).toBe(401);
    expect(await statusOf({ cookie: ada.cookie })).toBe(200);
  });
});

describe("a browser's session", () => {
  test("is kept in cookies no script reads and no other site sends", () => {
    expect(ada.setCookies).toHaveLength(3);
    for (const each of ada.setCookies) {
      expect(each).toContain("; HttpOnly");
      expect(each).toMatch(/; SameSite=(Lax|Strict)/);
      // Over plain http a Secure cookie would never come back.
      expect(each).not.toContain("Secure");
      expect(each).not.toContain("Domain");
      // What opens a session anew, and what lets a device in, go nowhere but where they are used.
      if (!each.startsWith("virtuoso_refresh_") && !each.startsWith("virtuoso_device_"))
        expect(each).toContain("; Path=/; ");
      else expect(each).toMatch(/; Path=\/api\/auth; .*SameSite=Strict/);
    }
  });

  test("under TLS is kept in cookies of the host alone; those an earlier version set are good for nothing and go", async () => {
    await using below = await startGuardedDaemon({
      config: 'export default { server: { basePath: "/desk", proxies: ["127.0.0.1"] } };',
    });
    await below.addUser("ada", "admin");
    const secure = { "x-forwarded-proto": "https" };
    const session = await signedIn(
      await below.post("/desk/api/auth/login", { username: "ada", password: below.password }, secure),
    );
    const set = session.setCookies.filter((each) => !each.includes("Max-Age=0"));
    expect(set).toHaveLength(3);
    for (const each of set)
      expect(each).toMatch(
        /^__Host-virtuoso_[^=]+=[^;]+; Path=\/; Max-Age=\d+; Secure; HttpOnly; SameSite=(Lax|Strict)$/,
      );
    expect(
      session.setCookies
        .filter((each) => each.includes("Max-Age=0"))
        .map((each) => each.split("=")[0] ?? "")
        .every((name) => name.startsWith("virtuoso_")),
    ).toBe(true);
    const cookie = set.map((each) => each.split(";")[0]).join("; ");
    const ask = async (shown: string, headers: Record<string, string> = secure) =>
      (await fetch(`${below.url}/desk${path}`, { headers: { cookie: shown, ...headers } })).status;
    expect(await ask(cookie)).toBe(200);
    // Another site of the domain can plant a name without the prefix, and whoever comes without TLS has none with it.
    expect(await ask(cookie.replaceAll("__Host-", ""))).toBe(401);
    expect(await ask(cookie, {})).toBe(401);
    const refreshed = await below.post("/desk/api/auth/refresh", {}, { cookie, ...secure });
    expect(refreshed.status).toBe(200);
    expect(
      (
        await below.post(
          "/desk/api/auth/logout",
          {},
          {
            cookie: refreshed.headers
              .getSetCookie()
              .map((each) => each.split(";")[0])
              .join("; "),
            ...secure,
          },
        )
      ).headers.getSetCookie(),
    ).toHaveLength(4);
  });

  test("is a new one at every sign-in: one that was planted is worth nothing, and the one before ends", async () => {
    const before = await given.signIn("vera");
    const answer = await given.post(
      "/api/auth/login",
      { username: "vera", password: given.password },
      { cookie: before.cookie },
    );
    const after = await signedIn(answer);
    expect(decodeJwt(after.access)["sid"]).not.toBe(decodeJwt(before.access)["sid"]);
    expect(await statusOf({ cookie: before.cookie })).toBe(401);
    expect(await statusOf({ cookie: after.cookie })).toBe(200);
    const planted = before.cookie.replaceAll(/=[^;]+/g, "=planted");
    const fresh = await signedIn(
      await given.post("/api/auth/login", { username: "vera", password: given.password }, { cookie: planted }),
    );
    expect(fresh.cookie).not.toContain("planted");
  });

  test("changes nothing for a form of another site, nor without its token", async () => {
    const change = (headers: Record<string, string>, body = '{"signals":{"min_score":70}}') =>
      fetch(`${given.url}/api/dashboard/config`, { method: "POST", headers: { cookie: ada.cookie, ...headers }, body });
    const json = { "content-type": "application/json" };
    const csrf = { "x-csrf-token": ada.csrf };
    const refused: [string, Response, number, string][] = [
      [
        "a form of another site",
        await change({ "origin": "http://evil.example", "content-type": "application/x-www-form-urlencoded", ...csrf }),
        403,
        "bad-origin",
      ],
      [
        "a script of another site",
        await change({ ...json, ...csrf, origin: "http://evil.example" }),
        403,
        "bad-origin",
      ],
      ["a sandboxed frame", await change({ ...json, ...csrf, origin: "null" }), 403, "bad-origin"],
      ["no token", await change(json), 403, "bad-csrf"],
      ["an empty token", await change({ ...json, "x-csrf-token": "" }), 403, "bad-csrf"],
      [
        "the token of another session",
        await change({ ...json, "x-csrf-token": (await given.signIn("ada")).csrf }),
        403,
        "bad-csrf",
      ],
      ["a form with the token", await change({ ...csrf, "content-type": "text/plain" }), 415, "wrong-type"],
    ];
    for (const [what, answer, status, code] of refused)
      expect({ what, status: answer.status, code: ((await answer.json()) as { code: string }).code }).toEqual({
        what,
        status,
        code,
      });
    expect((await change({ ...json, ...csrf })).status).toBe(200);
    expect((await change({ ...json, ...csrf, origin: given.url })).status).toBe(200);
    // Deleting takes no body, and no less.
    expect(
      (await fetch(`${given.url}/api/users/vera`, { method: "DELETE", headers: { cookie: ada.cookie } })).status,
    ).toBe(403);
  });

  test("opens no socket for a page of another site", async () => {
    for (const origin of ["http://evil.example", "null", null]) {
      const refused = listenTo(given.url, null, { cookie: ada.cookie, ...(origin === null ? {} : { origin }) });
      expect(
        await refused.then(
          () => "opened",
          () => "refused",
        ),
      ).toBe("refused");
    }
    const own = await listenTo(given.url, null, { cookie: ada.cookie, origin: given.url });
    own.close();
    // Who sends a token means it: any page may, and the token is never said back.
    const elsewhere = await listenTo(given.url, null, {
      "origin": "http://elsewhere.example",
      "sec-websocket-protocol": `bearer.${ada.access}, virtuoso`,
    });
    expect(elsewhere.socket.protocol).toBe("virtuoso");
    elsewhere.close();
  });
});

test("the way back from signing in leads to no other site", async () => {
  for (const wanted of ["//evil.example", "/\\evil.example", "http://evil.example/", "/%2f%2fevil.example"]) {
    const answer = await fetch(`${given.url}${wanted.startsWith("http") ? `/dashboard?x=${wanted}` : wanted}`, {
      redirect: "manual",
    });
    const to = answer.headers.get("location");
    if (to !== null) expect(new URL(to, given.url).origin).toBe(given.url);
  }
});

test("no one is granted more than their grantor has", async () => {
  const vera = await given.signIn("vera");
  const headers = { cookie: vera.cookie, "x-csrf-token": vera.csrf };
  expect((await given.post("/api/tokens", { name: "more", role: "admin" }, headers)).status).toBe(403);
  expect((await given.post("/api/tokens", { name: "machine", role: "ingest" }, headers)).status).toBe(403);
  expect(
    (await given.post("/api/users", { username: "eve", role: "admin", password: given.password }, headers)).status,
  ).toBe(403);
  const own = (await (await given.post("/api/tokens", { name: "own", role: "viewer" }, headers)).json()) as {
    token: string;
  };
  expect((await fetch(`${given.url}/api/alerts`, bearer(own.token))).status).toBe(200);
  expect(
    (await given.post("/api/tokens", { name: "of a token", role: "viewer" }, bearer(own.token).headers)).status,
  ).toBe(403);
  await given.token("of the owner", "admin");
  expect((await fetch(`${given.url}/api/tokens/of%20the%20owner`, { method: "DELETE", headers })).status).toBe(404);
  const listed = (await (await fetch(`${given.url}/api/tokens`, { headers })).json()) as { items: { name: string }[] };
  expect(listed.items.map(({ name }) => name)).toEqual(["own"]);
});

test("what is kept of secrets opens nothing, and others cannot read the one that signs", async () => {
  expect(statSync(join(given.data, "jwt.secret")).mode & 0o777).toBe(0o600);
  const token = await given.token("kept as a hash", "viewer");
  const refresh = /refresh_[0-9a-f]+=([^;]+)/.exec(ada.cookie)?.[1]?.split(".")[1] ?? "none";
  const kept = ["virtuoso.db", "virtuoso.db-wal"]
    .map((name) => readFileSync(join(given.data, name), "latin1"))
    .join("");
  expect(kept).toContain("kept as a hash");
  for (const secret of [token, refresh, given.password]) expect(kept.includes(secret)).toBe(false);
});
