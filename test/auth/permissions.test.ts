import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { exportNeed, topicNeeds } from "../../src/auth/permissions";
import { permissionsOf, roles, type Permission, type Role } from "../../src/core/roles";
import { topics } from "../../src/views/frames";
import { bearer, startGuardedDaemon, type GuardedDaemon } from "../support/access";
import { everyNeed } from "../support/routes";
import { listenTo } from "../support/socket";

const routeNeeds = everyNeed();

setDefaultTimeout(60_000);

let given: GuardedDaemon;
const tokens = new Map<Role, string>();
beforeAll(async () => {
  given = await startGuardedDaemon();
  await given.addUser("ada", "admin");
  for (const role of roles) tokens.set(role, await given.token(`of ${role}`, role));
});
afterAll(() => given[Symbol.asyncDispose]());

/** The contract's own words, written out once more: the table in the program must say the same. */
const allowed: Readonly<Record<Exclude<Role, "admin">, readonly Permission[]>> = {
  trader: [
    "dashboard.view",
    "dashboard.health.view",
    "dashboard.pipeline.view",
    "dashboard.portfolio.view",
    "dashboard.alerts.manage",
    "dashboard.export.data",
  ],
  analyst: ["dashboard.view", "dashboard.health.view", "dashboard.portfolio.view", "dashboard.export.data"],
  viewer: ["dashboard.view", "dashboard.health.view"],
  ingest: ["ingest.write"],
};

test("each role may what the contract says", () => {
  for (const [role, may] of Object.entries(allowed))
    expect([...permissionsOf[role as Role]].toSorted()).toEqual(may.toSorted());
  expect(permissionsOf.admin.size).toBe(10);
});

/**
 * Who may ask for what, written by hand from the contract: whoever changes a row of the program's table changes it here
 * as well, and means to.
 */
const everybody = ["nobody", "admin", "trader", "analyst", "viewer", "ingest"] as const;
const known = ["admin", "trader", "analyst", "viewer", "ingest"] as const;
const viewers = ["admin", "trader", "analyst", "viewer"] as const;
const traders = ["admin", "trader"] as const;
const admins = ["admin"] as const;
const machines = ["admin", "ingest"] as const;
const onTheSocketAlone = [] as const;
const frozen: Readonly<Record<string, readonly string[]>> = {
  "GET /healthz": everybody,
  "GET /readyz": everybody,
  "GET /metrics": viewers,
  "GET /api/prometheus/sd": viewers,
  "GET /api/openapi.json": viewers,
  "GET /api/asyncapi.json": viewers,
  "POST /api/ingest/alertmanager": machines,
  "GET /api/auth/options": everybody,
  "POST /api/auth/login": everybody,
  "POST /api/auth/link": everybody,
  "POST /api/auth/setup": everybody,
  "GET /api/auth/oidc/start": everybody,
  "GET /api/auth/oidc/callback": everybody,
  "POST /api/auth/refresh": everybody,
  "POST /api/auth/logout": everybody,
  "GET /api/auth/me": known,
  "POST /api/auth/password": known,
  "GET /api/auth/sessions": known,
  "DELETE /api/auth/sessions": known,
  "DELETE /api/auth/sessions/:id": known,
  "POST /api/auth/totp": known,
  "POST /api/auth/totp/confirm": known,
  "POST /api/auth/totp/remove": known,
  "GET /api/tokens": known,
  "POST /api/tokens": known,
  "DELETE /api/tokens/:name": known,
  "GET /api/users": admins,
  "POST /api/users": admins,
  "PATCH /api/users/:name": admins,
  "DELETE /api/users/:name": admins,
  "GET /api/audit": admins,
  "GET /api/audit/chain": admins,
  "GET /api/dashboard/overview": viewers,
  "GET /api/dashboard/ws": viewers,
  "GET /api/dashboard/alerts/recent": viewers,
  "GET /api/dashboard/health": viewers,
  "GET /api/dashboard/config": viewers,
  "POST /api/dashboard/config": admins,
  "DELETE /api/dashboard/config/:key": admins,
  "GET /api/dashboard/config/history": viewers,
  "GET /api/dashboard/config/schema": viewers,
  "POST /api/dashboard/config/preview": viewers,
  "GET /api/alerts": viewers,
  "POST /api/alerts/acknowledge": traders,
  "POST /api/alerts/unacknowledge": traders,
  "POST /api/alerts/resolve": traders,
  "POST /api/alerts/:id/acknowledge": traders,
  "POST /api/alerts/:id/unacknowledge": traders,
  "POST /api/alerts/:id/resolve": traders,
  "POST /api/alerts/:id/feedback": traders,
  "POST /api/alerts/:id/notes": traders,
  "GET /api/alerts/groups": viewers,
  "GET /api/alerts/:id": viewers,
  "GET /api/silences": viewers,
  "POST /api/silences": traders,
  "POST /api/silences/preview": traders,
  "PATCH /api/silences/:id": traders,
  "DELETE /api/silences/:id": traders,
  "GET /api/signals": viewers,
  "GET /api/signals/:id": viewers,
  "GET /api/opportunities": viewers,
  "GET /api/opportunities/:id": viewers,
  "GET /api/decisions": viewers,
  "GET /api/decisions/counts": viewers,
  "GET /api/decisions/held-groups": viewers,
  "GET /api/decisions/:id": viewers,
  "GET /api/received/:id": viewers,
  "GET /api/sources": viewers,
  "GET /api/quarantine": viewers,
  "GET /api/deliveries": viewers,
  "POST /api/deliveries/:id/retry": traders,
  "POST /api/deliveries/:id/withdraw": traders,
  "GET /api/channels": viewers,
  "POST /api/channels": admins,
  "PATCH /api/channels/:name": admins,
  "DELETE /api/channels/:name": admins,
  "POST /api/channels/:name/test": admins,
  "GET /api/routes": viewers,
  "PUT /api/routes": admins,
  "POST /api/routes/preview": viewers,
  "POST /api/quarantine/retry": admins,
  "POST /api/scan": admins,
  "GET /api/market": viewers,
  "GET /api/candles": viewers,
  "GET /api/symbols": viewers,
  "GET /api/symbols/:symbol": viewers,
  "GET /api/events": viewers,
  "GET /api/preferences": known,
  "PATCH /api/preferences": known,
  "POST /api/errors": known,
  "GET /api/owner/status": onTheSocketAlone,
  "POST /api/owner/clock/confirm": onTheSocketAlone,
  "POST /api/owner/signin-link": onTheSocketAlone,
};

test("who may ask for what is as it was frozen", () => {
  const granted = Object.fromEntries(
    Object.entries(routeNeeds).map(([route, need]) => {
      const allowedRoles = roles.filter(
        (role) => need === "anyone" || need === "signed-in" || (need !== "owner" && permissionsOf[role].has(need)),
      );
      return [route, need === "anyone" ? ["nobody", ...allowedRoles] : allowedRoles];
    }),
  );
  expect(granted).toEqual(frozen as Record<string, (Role | "nobody")[]>);
});

function ask(route: string, role: Role | null, query = ""): Promise<Response> {
  const [method = "", path = ""] = route.split(" ");
  const token = role === null ? {} : bearer(tokens.get(role) ?? "").headers;
  const body = method === "GET" || method === "DELETE" ? {} : { body: '{"surely":"refused"}' };
  return fetch(
    `${given.url}${path.replace(":id", "s99").replace(":name", "nobody").replace(/:\w+/, "BTCUSDT")}${query}`,
    { method, headers: { "content-type": "application/json", ...token }, redirect: "manual", ...body },
  );
}

/** Where no role is needed, or the role suffices: the handler's own answer. */
const handlersOwn = [200, 201, 204, 302, 400, 404, 409, 426, 503];

describe("every route", () => {
  test("of the description has its row, and every row its route", async () => {
    const { paths } = (await (
      await fetch(`${given.url}/api/openapi.json`, bearer(tokens.get("viewer") ?? ""))
    ).json()) as { paths: Record<string, Record<string, object>> };
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`),
    );
    const undescribed = new Set([
      "GET /api/dashboard/ws",
      "GET /api/openapi.json",
      "GET /api/asyncapi.json",
      "GET /api/auth/oidc/start",
      "GET /api/auth/oidc/callback",
      ...Object.keys(routeNeeds).filter((route) => routeNeeds[route] === "owner"),
    ]);
    expect(described.filter((route) => routeNeeds[route] === undefined)).toEqual([]);
    expect(Object.keys(routeNeeds).filter((route) => !described.includes(route) && !undescribed.has(route))).toEqual(
      [],
    );
  });

  for (const [route, need] of Object.entries(routeNeeds)) {
    test(`${route} needs ${need}`, async () => {
      const unknown = await ask(route, null);
      // Read from loopback, with no proxy in between.
      const open = frozen[route]?.includes("nobody") === true || route === "GET /metrics";
      if (!open)
        expect({
          who: "nobody",
          status: unknown.status,
          code: ((await unknown.json()) as { code: string }).code,
        }).toEqual({ who: "nobody", status: 401, code: "not-signed-in" });
      for (const role of roles) {
        const { status } = await ask(route, role);
        const may = route === "GET /metrics" || frozen[route]?.includes(role) === true;
        // What a token may not although it is signed in: its handler knows.
        const asExpected = may
          ? handlersOwn.includes(status) || need === "anyone" || need === "signed-in"
          : status === 403;
        expect({ role, status, asExpected }).toEqual({ role, status, asExpected: true });
      }
    });
  }

  test("that can be downloaded needs leave to export as well", async () => {
    for (const list of ["/api/alerts", "/api/signals", "/api/opportunities", "/api/decisions"]) {
      for (const role of roles) {
        const statuses = await Promise.all(
          ["csv", "jsonl", "json"].map(async (format) => (await ask(`GET ${list}`, role, `?format=${format}`)).status),
        );
        const sees = permissionsOf[role].has("dashboard.view");
        const exports = sees && permissionsOf[role].has(exportNeed);
        expect({ role, list, statuses }).toEqual({
          role,
          list,
          statuses: [exports ? 200 : 403, exports ? 200 : 403, sees ? 200 : 403],
        });
      }
    }
  });

  test("of no row is none: unknown paths do not reveal whether they exist", async () => {
    for (const path of ["/api/nothing", "/api/dashboard", "/ui/main.js", "/.env"])
      expect((await fetch(`${given.url}${path}`)).status).toBe(401);
  });
});

test("pages lead to the sign-in page and back, and show nothing on the way", async () => {
  for (const path of ["/", "/dashboard", "/symbols/BTCUSDT", "/opportunities?since=4h"]) {
    const answer = await fetch(`${given.url}${path}`, { redirect: "manual" });
    expect({
      path,
      status: answer.status,
      body: await answer.text(),
      to: new URL(answer.headers.get("location") ?? "", `${given.url}${path}`).href,
    }).toEqual({ path, status: 302, body: "", to: `${given.url}/signin?next=${encodeURIComponent(path)}` });
  }
  const page = await fetch(`${given.url}/dashboard`);
  expect(page.status).toBe(200);
  const html = await page.text();
  expect(html).toContain("Virtuoso");
  for (const [, asset] of html.matchAll(/(?:src|href)="\.\/(ui\/[^"]+)"/g))
    expect({ asset, status: (await fetch(`${given.url}/${asset}`)).status }).toEqual({ asset, status: 200 });
});

describe("the WebSocket", () => {
  test("of whoever may not see is refused before it opens", async () => {
    const knock = {
      connection: "upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    };
    const asked = async (headers: Record<string, string>) => {
      const answer = await fetch(`${given.url}/api/dashboard/ws`, { headers: { ...knock, ...headers } });
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      return answer.status;
    };
    expect(await asked({})).toBe(401);
    expect(await asked({ authorization: "Bearer vrt_none" })).toBe(401);
    expect(await asked(bearer(tokens.get("ingest") ?? "").headers)).toBe(403);
  });

  test.each(["trader", "viewer", "analyst", "admin"] as const)(
    "of %s receives the topics it may, and a refusal of the others",
    async (role) => {
      expect(Object.keys(topicNeeds).toSorted()).toEqual([...topics].toSorted());
      const listener = await listenTo(given.url, null, bearer(tokens.get(role) ?? "").headers);
      let refused = 0;
      for (const topic of topics) {
        listener.send({ type: "subscribe", topics: [topic] });
        const need = topicNeeds[topic];
        if (need === undefined || permissionsOf[role].has(need)) continue;
        expect(await listener.receive("error", refused++)).toMatchObject({ code: "not-allowed" });
      }
      listener.send({ type: "ping" });
      await listener.receive("pong");
      expect(listener.frames.filter(({ type }) => type === "error")).toHaveLength(refused);
      listener.close();
    },
  );
});
