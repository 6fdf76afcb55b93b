import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bearer, startGuardedDaemon, type GuardedDaemon } from "../../support/access";
import { until } from "../../support/daemon";

setDefaultTimeout(60_000);

function configWith(perMinute: string): string {
  return `export default {
    server: { hsts: true, basePath: "/desk", proxies: ["127.0.0.1"], cors: ["https://board.example"], allowedHosts: ["desk.example"] },
    limits: { perMinute: { ${perMinute} } },
  };`;
}

let given: GuardedDaemon;
let admin: Readonly<Record<string, string>>;
beforeAll(async () => {
  given = await startGuardedDaemon({ limits: true, config: configWith("overview: 3, other: 0") });
  admin = bearer(await given.token("asker", "admin")).headers;
});
afterAll(() => given[Symbol.asyncDispose]());

function ask(path: string, headers: Record<string, string> = {}, init: RequestInit = {}): Promise<Response> {
  return fetch(`${given.url}${path}`, { ...init, headers: { ...admin, ...headers } });
}

/** An invalid token: its caller counts by address. */
function stranger(path: string, address: string): Promise<Response> {
  return fetch(`${given.url}${path}`, { headers: { "x-forwarded-for": address } });
}

describe("who asks too often", () => {
  test("is answered how long to wait, by address, and no other address is", async () => {
    const overview = "/api/dashboard/overview";
    const statuses = [];
    for (let asked = 0; asked < 5; asked++) statuses.push((await stranger(overview, "198.51.100.1")).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    const refused = await stranger(`/desk${overview}?timeframe=1h`, "198.51.100.1");
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: "limited", status: 429 });
    const wait = Number(refused.headers.get("retry-after"));
    expect(wait).toBeGreaterThanOrEqual(1);
    expect(wait).toBeLessThanOrEqual(20);
    expect(refused.headers.get("ratelimit-limit")).toBe("3");
    expect(refused.headers.get("ratelimit-remaining")).toBe("0");
    expect(refused.headers.get("ratelimit-reset")).toBe(String(wait));
    expect((await stranger(overview, "198.51.100.2")).status).toBe(401);
    expect((await ask("/api/alerts", { "x-forwarded-for": "198.51.100.1" })).status).toBe(200);
  });

  test("an edited config holds without a restart", async () => {
    writeFileSync(join(given.folder, "virtuoso.config.ts"), configWith("overview: 0, other: 0"));
    await until(
      "the new limit",
      async () => (await stranger("/api/dashboard/overview", "198.51.100.1")).status === 401,
    );
  });
});

describe("a sub-path", () => {
  test.each(["", "/desk"])("is served where a proxy takes it off, and where it does not: %p", async (base) => {
    for (const path of ["/healthz", "/dashboard", "/api/alerts?limit=1", "/api/dashboard/overview"])
      expect({ path, status: (await ask(`${base}${path}`)).status }).toEqual({ path, status: 200 });
    expect((await ask(`${base}/desktop`)).status).toBe(404);
  });

  test("of another name is none", async () => {
    expect((await ask("/desktop/healthz")).status).toBe(404);
  });
});

describe("a page of another site", () => {
  const origin = "https://board.example";

  test("that is listed may ask and read", async () => {
    const question = await ask(
      "/api/dashboard/config",
      { origin, "access-control-request-method": "POST", "access-control-request-headers": "authorization" },
      { method: "OPTIONS" },
    );
    expect(question.status).toBe(204);
    expect(question.headers.get("vary")).toBe("access-control-request-method, access-control-request-headers, origin");
    expect(question.headers.get("access-control-allow-origin")).toBe(origin);
    expect(question.headers.get("access-control-allow-headers")).toContain("authorization");
    expect(question.headers.get("access-control-allow-credentials")).toBeNull();
    const answer = await ask("/api/alerts", { origin });
    expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
    expect(answer.headers.get("vary")).toContain("origin");
  });

  test("that is listed reads what is answered before any route: the overview, and why a request is refused", async () => {
    const answers = [
      await ask("/api/dashboard/overview", { origin }),
      await ask("/api/alerts", { origin, host: "elsewhere.example" }),
      await ask("/api/dashboard/ws", { origin }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 403, 426]);
    for (const { headers } of answers) {
      expect(headers.get("access-control-allow-origin")).toBe(origin);
      expect(headers.get("access-control-expose-headers")).toContain("retry-after");
    }
  });

  test("that is not listed may not", async () => {
    const question = await ask(
      "/api/dashboard/config",
      { origin: "https://evil.example", "access-control-request-method": "POST" },
      { method: "OPTIONS" },
    );
    expect(question.headers.get("access-control-allow-origin")).toBeNull();
    expect(question.headers.get("access-control-allow-methods")).toBeNull();
    expect([question.status, question.headers.get("allow")]).toEqual([405, "POST, GET, HEAD"]);
    expect(
      (await ask("/api/alerts", { origin: "https://evil.example" })).headers.get("access-control-allow-origin"),
    ).toBeNull();
  });
});

test("every answer carries the headers that keep a browser from being used against its owner", async () => {
  const asked: [string, RequestInit][] = [
    ["/dashboard", {}],
    ["/", { redirect: "manual" }],
    ["/api/dashboard/overview", {}],
    ["/api/alerts", {}],
    ["/api/alerts?format=csv", {}],
    ["/nothing", {}],
    ["/metrics", {}],
    ["/api/alerts", { headers: { host: "evil.example" } }],
    ["/api/dashboard/ws", {}],
    ["/api/dashboard/ws", { method: "POST" }],
    ["/api/alerts", { method: "PUT" }],
    [
      "/api/alerts",
      { method: "OPTIONS", headers: { "origin": "https://board.example", "access-control-request-method": "GET" } },
    ],
    ["/api/alerts?limit=0", {}],
    ["/api/dashboard/config", { method: "POST", headers: { origin: "https://evil.example" } }],
  ];
  for (const [path, init] of asked) {
    const { headers } = await fetch(`${given.url}${path}`, {
      ...init,
      headers: { ...admin, ...(init.headers as Record<string, string> | undefined) },
    });
    const found = Object.fromEntries(
      ["x-content-type-options", "referrer-policy", "cross-origin-opener-policy", "cross-origin-resource-policy"].map(
        (name) => [name, headers.get(name)],
      ),
    );
    expect<object>({ path, ...found }).toEqual({
      path,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(headers.get("permissions-policy")).toContain("camera=()");
    expect(headers.get("strict-transport-security")).toBeNull();
    expect(headers.get("server")).toBeNull();
    expect(headers.get("x-powered-by")).toBeNull();
  }
  for (const path of ["/dashboard", "/api/dashboard/overview", "/api/alerts"]) {
    expect((await ask(path, { "x-forwarded-proto": "https" })).headers.get("strict-transport-security")).toBe(
      "max-age=31536000",
    );
  }
});
