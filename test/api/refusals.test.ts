import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { startTestDaemon, type TestDaemon } from "../support/daemon";

setDefaultTimeout(30_000);

let given: TestDaemon;
beforeAll(async () => {
  given = await startTestDaemon({ scanning: false });
});
afterAll(() => given[Symbol.asyncDispose]());

interface ProblemShape {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly type: string;
  readonly detail?: string;
  readonly errors?: readonly { path: string; message: string }[];
}

async function ask(path: string, init?: RequestInit): Promise<ProblemShape> {
  const response = await fetch(`${given.url}${path}`, init);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  expect(response.headers.get("cache-control")).toBe("no-store");
  const problem = (await response.json()) as ProblemShape;
  expect(problem).toMatchObject({ type: "about:blank", status: response.status });
  expect(problem.title.length).toBeGreaterThan(5);
  return problem;
}

function post(
  body: BodyInit | null,
  headers: Record<string, string> = { "content-type": "application/json" },
): RequestInit {
  return { method: "POST", headers, body };
}

const config = "/api/dashboard/config";

describe("400", () => {
  test.each([
    ["/api/alerts?limit=0", "limit"],
    ["/api/alerts?limit=101", "limit"],
    ["/api/alerts?limit=ten", "limit"],
    ["/api/alerts?limit=1&limit=2", "limit"],
    ["/api/alerts?priority=urgent", "priority"],
    ["/api/alerts?type=SIGNALS", "type"],
    ["/api/alerts?state=closed", "state"],
    ["/api/alerts?since=yesterday", "since"],
    ["/api/alerts?format=xml", "format"],
    ["/api/dashboard/alerts/recent?limit=1000", "limit"],
    ["/api/dashboard/overview?timeframe=2h", "timeframe"],
    ["/api/signals?direction=up", "direction"],
    ["/api/signals?min_strength=101", "min_strength"],
    ["/api/signals?min_strength=-1", "min_strength"],
    ["/api/signals?by=mood", "by"],
    ["/api/signals?q=", "q"],
    ["/api/opportunities?min_confidence=2", "min_confidence"],
    ["/api/decisions?outcome=lost", "outcome"],
    ["/api/decisions?verdict=cooldown", "verdict"],
    ["/api/decisions?reason=late", "reason"],
    ["/api/events", "after"],
    ["/api/events?after=-1", "after"],
    ["/api/dashboard/config?origins=yes", "origins"],
  ])("%s names %s", async (path, field) => {
    const problem = await ask(path);
    expect(problem).toMatchObject({ status: 400, code: "validation" });
    expect(problem.errors?.map(({ path: named }) => named)).toEqual([field]);
    expect(problem.errors?.[0]?.message.length).toBeGreaterThan(5);
  });

  test("unknown query fields are refused on every route", async () => {
    const { paths } = await given.get<{ paths: Record<string, Record<string, object>> }>("/api/openapi.json");
    const routes = Object.entries(paths)
      .filter(([path, { get }]) => get && path.startsWith("/api/"))
      .map(([path]) => path);
    expect(routes.length).toBeGreaterThan(15);
    for (const route of routes) {
      const { status, code, errors } = await ask(
        `${route.replace("{id}", "s1").replace("{symbol}", "BTCUSDT")}?colour=red`,
      );
      expect({ route, status, code, said: JSON.stringify(errors).includes("colour") }).toEqual({
        route,
        status: 400,
        code: "validation",
        said: true,
      });
    }
  });

  test.each(["nonsense", "-1.5", "Infinity", "e30"])("the cursor %s is none of ours", async (cursor) => {
    for (const list of ["signals", "alerts", "decisions", "opportunities"])
      expect(await ask(`/api/${list}?cursor=${cursor}`)).toMatchObject({ status: 400, code: "bad-cursor" });
  });

  test.each([
    ['{"signals":{"min_score":101}}', "signals.min_score"],
    ['{"signals":{"min_score":"70"}}', "signals.min_score"],
    ['{"signals":{"min_score":null}}', "signals.min_score"],
    ['{"monitoring":{"scan_interval":0.5}}', "monitoring.scan_interval"],
    ['{"monitoring":{"max_alerts":0}}', "monitoring.max_alerts"],
    ['{"monitoring":{"alert_cooldown":1441}}', "monitoring.alert_cooldown"],
    ['{"alpha":{"risk_level":"low"}}', "alpha.risk_level"],
    ['{"alpha":{"colour":1}}', "alpha"],
    ['{"colour":1}', "(root)"],
    ['{"__proto__":{"signals":{}}}', "(root)"],
    ['{"signals":{"__proto__":{"min_score":1}}}', "signals"],
    ["[]", "(root)"],
    ["null", "(root)"],
  ])("the settings %s name %s", async (body, field) => {
    for (const path of [config, `${config}/preview`]) {
      const problem = await ask(path, post(body));
      expect(problem).toMatchObject({ status: 400, code: "validation" });
      expect(problem.errors?.map(({ path: named }) => named)).toEqual([field]);
    }
  });

  test.each(["", "{", "hello", '{"signals":{}} {}'])("a body that is no JSON: %p", async (body) => {
    expect(await ask(config, post(body))).toMatchObject({
      status: 400,
      code: "validation",
      detail: "The body is not JSON.",
    });
  });
});

describe("404", () => {
  test.each([
    "/api/nothing",
    "/api/alerts/a99999",
    "/api/signals/s99999",
    "/api/opportunities/o99999",
    "/api/signals/a1",
    "/api/alerts/1",
    "/api/signals/s1e3",
    "/api/signals/%ff",
    "/ui/..%2f..%2fpackage.json",
    "/ui/nothing.js",
    "/.git/config",
  ])("%s", async (path) => {
    expect(await ask(path)).toMatchObject({ status: 404, code: "not-found" });
  });
});

describe("404: a person with a browser gets a page", () => {
  const browser = { headers: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" } };
  test.each([
    ["/nothing", "./dashboard"],
    ["/a/b%2fc/<b>", "../../dashboard"],
    ["/dashboard/", "../dashboard"],
  ])("%s leads back by %s", async (path, back) => {
    const response = await fetch(`${given.url}${path}`, browser);
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("content-security-policy")).toContain("script-src 'self';");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const html = await response.text();
    expect(html).toContain(`href="${back}"`);
    expect(html).not.toMatch(/<script>|<b>|style=/);
    const [, stylesheet = ""] = /rel="stylesheet" href="([^"]+)"/.exec(html) ?? [];
    expect((await fetch(new URL(stylesheet, `${given.url}${path}`))).status).toBe(200);
  });

  test.each(["/api/nothing", "/ui/nothing.js"])("but not at %s", async (path) => {
    expect(await ask(path, browser)).toMatchObject({ status: 404, code: "not-found" });
  });
});

test("404: a file that is not in quarantine cannot be read again", async () => {
  expect(await ask("/api/quarantine/retry", post('{"file":"nothing.json"}'))).toMatchObject({
    status: 404,
    code: "not-found",
    detail: "nothing.json is not in quarantine.",
  });
  expect((await fetch(`${given.url}/api/quarantine/retry`, post("{}"))).status).toBe(200);
});

describe("405, and what it takes", () => {
  test.each([
    ["/api/alerts", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"], "GET, HEAD"],
    ["/api/alerts/a1", ["POST", "DELETE"], "GET, HEAD"],
    ["/api/dashboard/config", ["PUT", "PATCH", "DELETE"], "POST, GET, HEAD"],
    ["/api/users/ada", ["GET", "POST", "PUT"], "PATCH, DELETE"],
    ["/api/auth/login", ["GET", "PUT"], "POST"],
    ["/api/dashboard/ws", ["POST", "DELETE"], "GET, HEAD"],
    ["/api/dashboard/overview", ["POST"], "GET, HEAD"],
    ["/healthz", ["POST"], "GET, HEAD"],
    ["/dashboard", ["POST", "PUT"], "GET, HEAD"],
  ])("%s", async (path, methods, allow) => {
    for (const method of methods) {
      expect({ method, ...(await ask(path, { method })) }).toMatchObject({ method, status: 405, code: "wrong-method" });
      expect((await fetch(`${given.url}${path}`, { method })).headers.get("allow")).toBe(allow);
    }
  });
});

test("HEAD is answered as GET is, without the body", async () => {
  const paths = [
    "/api/dashboard/overview",
    "/api/dashboard/config",
    "/api/alerts",
    "/api/alerts?format=csv",
    "/api/nothing",
    "/dashboard",
    "/docs",
    "/healthz",
    "/readyz",
    "/metrics",
    "/api/auth/login",
    "/api/openapi.json",
    "/api/dashboard/ws",
  ];
  for (const path of paths) {
    const [head, get] = await Promise.all(["HEAD", "GET"].map((method) => fetch(`${given.url}${path}`, { method })));
    expect({ path, status: head?.status, type: head?.headers.get("content-type"), body: await head?.text() }).toEqual({
      path,
      status: get?.status,
      type: get?.headers.get("content-type"),
      body: "",
    });
  }
});

function change(score: number, wanted: string): RequestInit {
  return post(JSON.stringify({ signals: { min_score: score } }), {
    "content-type": "application/json",
    "if-match": wanted,
  });
}

test("412: a change that was made of an older state", async () => {
  const before = (await fetch(`${given.url}${config}`)).headers.get("etag") ?? "";
  const first = await fetch(`${given.url}${config}`, change(71, before));
  expect(first.status).toBe(200);
  expect(await ask(config, change(72, before))).toMatchObject({ status: 412, code: "changed-meanwhile" });
  expect(await given.get(config)).toMatchObject({ signals: { min_score: 71 } });
  expect((await fetch(`${given.url}${config}`, change(73, first.headers.get("etag") ?? ""))).status).toBe(200);
  expect((await fetch(`${given.url}${config}`, change(74, "*"))).status).toBe(200);
});

test("413: a body over a mebibyte, announced or not", async () => {
  expect(await ask(config, post(`{"signals":{"min_score":${"7".repeat(1024 * 1024)}}}`))).toMatchObject({
    status: 413,
    code: "too-large",
  });
  const chunks = new ReadableStream({
    start(controller) {
      for (let sent = 0; sent < 20; sent++) controller.enqueue(new TextEncoder().encode(" ".repeat(64 * 1024)));
      controller.close();
    },
  });
  expect(await ask(config, post(chunks))).toMatchObject({ status: 413, code: "too-large" });
});

test.each([null, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp"])(
  "415: a change that says it is %p",
  async (type) => {
    expect(
      await ask(config, post('{"signals":{"min_score":80}}', type === null ? {} : { "content-type": type })),
    ).toMatchObject({ status: 415, code: "wrong-type" });
  },
);

test("none of it changed anything or ended the daemon", async () => {
  expect(await given.get(config)).toMatchObject({ signals: { min_reliability: 75 }, monitoring: { max_alerts: 3 } });
  expect(await given.get("/healthz")).toEqual({ status: "alive" });
});
