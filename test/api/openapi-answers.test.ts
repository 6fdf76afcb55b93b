import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { startGuardedDaemon, type GuardedDaemon } from "../support/access";
import { until } from "../support/daemon";

setDefaultTimeout(60_000);

interface Operation {
  readonly security?: readonly object[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly description?: string;
    readonly schema: { readonly type?: string };
  }[];
  readonly responses: Readonly<
    Record<string, { readonly $ref?: string; readonly content?: Readonly<Record<string, object>> }>
  >;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly securitySchemes: object };
}

let daemon: GuardedDaemon;
let document: Document;
let text: string;
let token: string;
const checks = new Map<string, ValidateFunction>();
const asked = new Set<string>();
const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));

beforeAll(async () => {
  daemon = await startGuardedDaemon({ config: "export default { monitoring: { max_alerts: 100 } };" });
  token = await daemon.token("check", "admin");
  await daemon.addUser("mira", "admin");
  const now = Date.now();
  daemon.drop("market_report_1.json", {
    timestamp: now,
    market_overview: { regime: "Bullish", average_change: 1 },
    bitcoin_beta_analysis: {
      alpha_opportunities: [
        {
          symbol: "AVAXUSDT",
          divergence_type: "beta_expansion",
          confidence: 0.892,
          alpha_potential: 0.124,
          risk_level: "Medium",
        },
      ],
    },
  });
  daemon.drop(
    "many.json",
    [70, 90, 40].map((score, index) => ({
      symbol: `C${index}USDT`,
      signal: "BUY",
      score,
      reliability: 90,
      timestamp: now,
      components: { rsi: { score: 60, weight: 0.4 } },
    })),
  );
  daemon.drop("broken.json", "{");
  text = await (await ask("GET", "/api/openapi.json")).text();
  document = JSON.parse(text) as Document;
  ajv.addSchema(Object.assign({}, closed(document)), "api");
  await until(
    "everything read",
    async () =>
      (await items("/api/alerts")).length > 0 &&
      (await items("/api/quarantine")).length > 0 &&
      (await items("/api/opportunities")).length > 0,
  );
});
afterAll(() => daemon[Symbol.asyncDispose]());

async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return await fetch(`${daemon.url}${path}`, {
    method,
    redirect: "manual",
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function items(path: string): Promise<{ id: string }[]> {
  return ((await (await ask("GET", path)).json()) as { items: { id: string }[] }).items;
}

/** The description, each object of which has no other fields than it names: what is answered beside them is not described. */
function closed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(closed);
  if (typeof part !== "object" || part === null) return part;
  const inside = Object.fromEntries(Object.entries(part).map(([name, value]) => [name, closed(value)]));
  return "properties" in inside && !("additionalProperties" in inside)
    ? { ...inside, additionalProperties: false }
    : inside;
}

/** What the description says of an answer to this route, as a check. */
function checkOf(method: string, route: string, status: number, type: string): ValidateFunction {
  const operation = document.paths[route]?.[method.toLowerCase()];
  if (!operation) throw new Error(`${method} ${route} is not described`);
  const [key] = [String(status), `${String(status).charAt(0)}XX`, "default"].filter(
    (each) => operation.responses[each] !== undefined,
  );
  if (key === undefined) throw new Error(`${method} ${route} says nothing of ${status}`);
  const place =
    operation.responses[key]?.$ref?.slice(1) ??
    `/paths/${route.replaceAll("~", "~0").replaceAll("/", "~1")}/${method.toLowerCase()}/responses/${key}`;
  const reference = `api#${place.replaceAll("{", "%7B").replaceAll("}", "%7D")}/content/${type.replaceAll("/", "~1")}/schema`;
  const known = checks.get(reference) ?? ajv.compile({ $ref: reference });
  checks.set(reference, known);
  return known;
}

/** Asks, and holds the answer against what is described. */
async function expectDescribed(
  method: string,
  route: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
): Promise<{ status: number; body: unknown }> {
  const answer = await ask(method, path, body, headers);
  const { status } = answer;
  asked.add(`${method} ${route}`);
  const type = (answer.headers.get("content-type") ?? "").split(";")[0] ?? "";
  const reply = await answer.text();
  if (reply === "") {
    expect({
      path,
      status,
      described: document.paths[route]?.[method.toLowerCase()]?.responses[String(status)] !== undefined,
    }).toEqual({ path, status, described: true });
    return { status, body: null };
  }
  const value: unknown = type.endsWith("json") ? JSON.parse(reply) : reply;
  const check = checkOf(method, route, status, type);
  const holds = check(value);
  expect({ method, path, status, holds, errors: check.errors ?? null }).toEqual({
    method,
    path,
    status,
    holds: true,
    errors: null,
  });
  return { status, body: value };
}

test("a public linter finds nothing in the description", async () => {
  const found = await lintFromString({ source: text, config: await createConfig({ extends: ["recommended"] }) });
  expect(found.map(({ ruleId, message, location }) => ({ ruleId, message, at: location[0]?.pointer }))).toEqual([]);
});

test("every parameter says its type and what it is for", () => {
  const silent = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { parameters = [] }]) =>
      parameters
        .filter((each) => each.in === "query" && ((each.description ?? "") === "" || each.schema.type === undefined))
        .map(({ name }) => `${method} ${path} ${name}`),
    ),
  );
  expect(silent).toEqual([]);
  expect(document.paths["/api/alerts"]?.["get"]?.parameters?.find(({ name }) => name === "limit")?.schema).toEqual({
    type: "integer",
    minimum: 1,
    maximum: 100,
  } as object);
  expect(Object.keys(document.paths["/api/alerts"]?.["get"]?.responses["200"]?.content ?? {})).toEqual([
    "application/json",
    "text/csv",
    "application/jsonl",
  ]);
  expect(Object.keys(document.components.securitySchemes)).toEqual(["bearer", "cookie"]);
  expect(document.paths["/api/auth/login"]?.["post"]?.security).toEqual([]);
});

async function first(path: string): Promise<string> {
  return (await items(path))[0]?.id ?? "";
}

test("every answer is as it is described, the refusals too", async () => {
  const known: Readonly<Record<string, string>> = {
    "/api/alerts/{id}": await first("/api/alerts"),
    "/api/signals/{id}": await first("/api/signals"),
    "/api/opportunities/{id}": await first("/api/opportunities"),
    "/api/decisions/{id}": await first("/api/decisions"),
    "/api/received/{id}": "r1",
    "/api/symbols/{symbol}": "BTCUSDT",
  };
  const queries: Readonly<Record<string, string>> = {
    "/api/events": "?after=0",
    "/api/candles": "?symbol=BTCUSDT&timeframe=1h",
    "/api/dashboard/config": "?origins=1",
  };
  for (const [route, operations] of Object.entries(document.paths)) {
    if (operations["get"] === undefined) continue;
    const path = route.replaceAll(/\{\w+\}/g, () => known[route] ?? "nothing");
    const good = await expectDescribed("GET", route, `${path}${queries[route] ?? ""}`);
    if (!/sessions|candles|received/.test(route)) expect({ route, ok: good.status < 400 }).toEqual({ route, ok: true });
    if (operations["get"].parameters?.some(({ name }) => name === "format") === true)
      for (const format of ["csv", "jsonl"]) await expectDescribed("GET", route, `${path}?format=${format}`);
    if (route !== "/metrics" && route !== "/healthz" && route !== "/readyz")
      expect((await expectDescribed("GET", route, `${path}?no_such=1`)).status).toBe(400);
    if (JSON.stringify(operations["get"].security) !== "[]")
      expect((await expectDescribed("GET", route, path, undefined, { authorization: "Bearer invalid" })).status).toBe(
        route === "/metrics" ? 200 : 401,
      );
    if (route.includes("{"))
      expect((await expectDescribed("GET", route, route.replaceAll(/\{\w+\}/g, "-"))).status).toBe(404);
  }

  const { password } = daemon;
  const bodies: readonly (readonly [string, string, string, unknown])[] = [
    ["POST", "/api/auth/login", "/api/auth/login", { username: "mira", password, transport: "bearer" }],
    [
      "POST",
      "/api/users",
      "/api/users",
      { username: "noor", role: "viewer", password: "seven quiet lanterns at noon" },
    ],
    ["PATCH", "/api/users/{name}", "/api/users/noor", { role: "trader" }],
    ["DELETE", "/api/users/{name}", "/api/users/noor", undefined],
    ["POST", "/api/tokens", "/api/tokens", { name: "spare", role: "viewer" }],
    ["DELETE", "/api/tokens/{name}", "/api/tokens/spare", undefined],
    ["PUT", "/api/routes", "/api/routes", { routes: [{ name: "all", digest: "08:00" }] }],
    ["PATCH", "/api/preferences", "/api/preferences", { theme: "dark" }],
    ["POST", "/api/dashboard/config", "/api/dashboard/config", { signals: { min_score: 66 } }],
    ["POST", "/api/dashboard/config/preview", "/api/dashboard/config/preview", { signals: { min_score: 60 } }],
    ["DELETE", "/api/dashboard/config/{key}", "/api/dashboard/config/signals.min_score", undefined],
    ["POST", "/api/quarantine/retry", "/api/quarantine/retry", {}],
    ["POST", "/api/errors", "/api/errors", { message: "x", page: "/dashboard", version: "1" }],
  ];
  for (const [method, route, path, body] of bodies) {
    const { status } = await expectDescribed(method, route, path, body);
    expect({ method, path, ok: status < 300 }).toEqual({ method, path, ok: true });
  }
  for (const [route, operations] of Object.entries(document.paths)) {
    for (const method of ["post", "put", "patch", "delete"]) {
      if (operations[method] === undefined) continue;
      const { status } = await expectDescribed(
        method.toUpperCase(),
        route,
        route.replaceAll(/\{\w+\}/g, "-"),
        method === "delete" ? undefined : { no_such: 1 },
      );
      expect({ method, route, refused: status >= 400 || route.endsWith("/sessions") }).toEqual({
        method,
        route,
        refused: true,
      });
    }
  }
  const described = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.filter((each) => !asked.has(each))).toEqual([]);
});
