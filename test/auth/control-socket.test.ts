import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { encodeUser, userHeader, versionHeader } from "../../src/api/control-headers";
import { roles } from "../../src/core/roles";
import { version } from "../../src/version";
import { bearer, overSocket, startGuardedDaemon, type GuardedDaemon } from "../support/access";
import { startTestDaemon } from "../support/daemon";
import { everyRoute } from "../support/routes";

setDefaultTimeout(60_000);

let given: GuardedDaemon;
let admin: Record<string, string>;
beforeAll(async () => {
  given = await startGuardedDaemon({
    limits: true,
    config: 'export default { server: { allowedHosts: ["desk.example"] } };',
  });
  admin = bearer(await given.token("admin", "admin")).headers;
});
afterAll(() => given[Symbol.asyncDispose]());

const json = { "content-type": "application/json" };
const named = (name: string) => ({ ...json, [userHeader]: encodeUser(name) });
const send = (path: string, method: string, body?: object, headers: Record<string, string> = json) =>
  overSocket(given.data, path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });

interface Audited {
  readonly who: string;
  readonly from: string;
  readonly what: string;
  readonly subject: string | null;
}

async function newestAudited(limit: number): Promise<Audited[]> {
  const { items } = (await (await send(`/api/audit?limit=${limit}`, "GET")).json()) as { items: Audited[] };
  return items.map(({ who, from, what, subject }) => ({ who, from, what, subject }));
}

const ownersRoutes = everyRoute()
  .filter(({ need }) => need === "owner")
  .map(({ method, path }) => [method, path] as const);

describe("over TCP", () => {
  const disguises: Readonly<Record<string, Record<string, string>>> = {
    "as anyone": {},
    "by the header of the socket": { [userHeader]: "ada" },
    "behind a proxy": { [userHeader]: "ada", "x-forwarded-for": "127.0.0.1", "forwarded": "for=unix" },
    "by another host name": { [userHeader]: "ada", "host": "desk.example" },
  };

  test.each(Object.entries(disguises))("the owner's routes are refused %s, with whatever token", async (_, headers) => {
    expect(ownersRoutes.length).toBe(3);
    for (const [method, path] of ownersRoutes) {
      const ask = async (token: Record<string, string>) => {
        const body = method === "POST" ? { body: "{}" } : {};
        const answer = await fetch(`${given.url}${path}`, {
          method,
          headers: { ...json, ...headers, ...token },
          ...body,
        });
        return { status: answer.status, code: ((await answer.json()) as { code: string }).code };
      };
      expect(await ask({})).toEqual({ status: 401, code: "not-signed-in" });
      for (const role of roles) {
        const token = await given.token(`${role} ${crypto.randomUUID()}`, role);
        expect({ role, ...(await ask(bearer(token).headers)) }).toEqual({ role, status: 403, code: "not-allowed" });
      }
    }
  });

  test("they are refused without sign-in, and after signing in by a link", async () => {
    await using open = await startTestDaemon({ scanning: false });
    for (const [method, path] of ownersRoutes) {
      const init = { method, headers: named("ada"), ...(method === "POST" ? { body: "{}" } : {}) };
      expect((await fetch(`${open.url}${path}`, init)).status).toBe(403);
    }
    const { url } = (await (await send("/api/owner/signin-link", "POST", {})).json()) as { url: string };
    const token = url.split("#link=")[1];
    await given.addUser("ada", "admin");
    const signedIn = await given.post("/api/auth/link", { token, transport: "bearer" });
    const { access_token: access } = (await signedIn.json()) as { access_token: string };
    for (const [method, path] of ownersRoutes) {
      const init = { method, headers: { ...named("ada"), ...bearer(access).headers } };
      const answer = await fetch(`${given.url}${path}`, { ...init, ...(method === "POST" ? { body: "{}" } : {}) });
      expect(answer.status).toBe(403);
    }
  });

  test("the header counts for nothing: who changes something is the token, from its address", async () => {
    const headers = { ...named("mallory"), ...admin };
    const answer = await fetch(`${given.url}/api/tokens`, {
      method: "POST",
      headers,
      body: JSON.stringify({ name: "over TCP", role: "viewer" }),
    });
    expect({ status: answer.status, version: answer.headers.get(versionHeader) }).toEqual({
      status: 201,
      version: null,
    });
    expect(await newestAudited(1)).toEqual([
      { who: "token admin", from: "127.0.0.1", what: "token.created", subject: "over TCP" },
    ]);
  });
});

describe("over the control socket", () => {
  test("what is changed is in the audit log under the name at the command line", async () => {
    const who = "zoë at the command line";
    const as = named(who);
    const changes: readonly (readonly [string, string, object?])[] = [
      ["POST", "/api/users", { username: "sole", role: "viewer", password: given.password }],
      ["DELETE", "/api/users/sole"],
      ["POST", "/api/tokens", { name: "script", role: "ingest" }],
      ["DELETE", "/api/tokens/script"],
      ["POST", "/api/dashboard/config", { signals: { min_score: 71 } }],
      ["DELETE", "/api/dashboard/config/signals.min_score"],
      ["POST", "/api/owner/clock/confirm", {}],
    ];
    for (const [method, path, body] of changes) {
      const answer = await send(path, method, body, as);
      expect({ path, ok: answer.ok, version: answer.headers.get(versionHeader) }).toEqual({ path, ok: true, version });
    }
    const from = "command line";
    expect(await newestAudited(changes.length)).toEqual([
      { who, from, what: "clock.confirmed", subject: null },
      { who, from, what: "settings.changed", subject: null },
      { who, from, what: "settings.changed", subject: null },
      { who, from, what: "token.revoked", subject: "script" },
      { who, from, what: "token.created", subject: "script" },
      { who, from, what: "account.removed", subject: "sole" },
      { who, from, what: "account.added", subject: "sole" },
    ]);
  });

  test("a name that is none is refused, and nothing is changed; without one it is the owner", async () => {
    const before = await newestAudited(5);
    for (const name of ["", "%20", "a".repeat(101), "a%0Ab", "%E2%80%AEadmin", "%", "%FF"]) {
      const headers = { ...json, [userHeader]: name };
      const answer = await send("/api/tokens", "POST", { name: "unnamed", role: "viewer" }, headers);
      expect({ name, status: answer.status }).toEqual({ name, status: 400 });
    }
    expect(await newestAudited(5)).toEqual(before);
    expect((await send("/api/tokens", "POST", { name: "by hand", role: "viewer" })).status).toBe(201);
    expect(await newestAudited(1)).toMatchObject([{ who: "owner", from: "command line", subject: "by hand" }]);
  });

  test("the last admin may be removed: a link lets the owner in again", async () => {
    const users = (await (await send("/api/users", "GET")).json()) as { items: { name: string; role: string }[] };
    const admins = users.items.filter(({ role }) => role === "admin");
    expect(admins.length).toBe(1);
    for (const { name } of admins) expect((await send(`/api/users/${name}`, "DELETE")).status).toBe(200);
  });

  test("no limit, host, origin or credentials have a meaning", async () => {
    const strange = { ...json, host: "evil.example", origin: "https://evil.example", authorization: "Bearer vrt_none" };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send("/api/dashboard/config", "GET", undefined, strange)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const changed = await send("/api/dashboard/config", "POST", { signals: { min_score: 72 } }, strange);
    expect(changed.status).toBe(200);
  });

  test("neither its answers are counted as HTTP's, nor are pages served", async () => {
    const count = async () => {
      const text = await (await send("/metrics", "GET")).text();
      return /^virtuoso_http_requests_total\{[^}]*route="\/api\/users"[^}]*status="200"[^}]*\} (\d+)$/m.exec(text)?.[1];
    };
    const before = await count();
    expect(before).toBeDefined();
    expect((await send("/api/users", "GET")).status).toBe(200);
    expect(await count()).toBe(before);
    expect((await send("/dashboard", "GET")).status).toBe(404);
    // A command of the version before asks for this, and writes the detail.
    expect(await (await send("/status", "GET")).json()).toMatchObject({
      code: "not-found",
      detail: expect.stringContaining("another version"),
    });
  });
});
