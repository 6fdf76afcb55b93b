import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { Hosts } from "../../src/api/hosts";
import { overSocket } from "../support/access";
import { startTestDaemon, type TestDaemon } from "../support/daemon";
import { sendRaw } from "../support/raw-request";
import { listenTo } from "../support/socket";

setDefaultTimeout(30_000);

let given: TestDaemon;
let port: string;
beforeAll(async () => {
  given = await startTestDaemon({ scanning: false });
  port = new URL(given.url).port;
});
afterAll(() => given[Symbol.asyncDispose]());

const knock = {
  connection: "upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
};

describe("a page of another site whose name was made to resolve to us", () => {
  test.each([
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "localhost.",
    "127.0.0.2",
    "0.0.0.0",
    "[::]",
    "desk.internal.evil.example",
  ])("%s is not served", async (name) => {
    for (const path of [
      "/api/alerts",
      "/api/dashboard/overview",
      "/dashboard",
      "/metrics",
      "/healthz/",
      "/api/dashboard/ws",
    ]) {
      const response = await fetch(`${given.url}${path}`, {
        headers: { host: `${name}:${port}`, ...(path.endsWith("/ws") ? knock : {}) },
      });
      expect({ path, status: response.status }).toEqual({ path, status: 403 });
      expect(await response.json()).toMatchObject({ code: "bad-host" });
    }
  });

  test.each(["localhost", "LOCALHOST", "127.0.0.1", "[::1]"])("%s is served, with a port or without", async (name) => {
    for (const host of [name, `${name}:${port}`, `${name}:9999`])
      expect((await fetch(`${given.url}/api/auth/options`, { headers: { host } })).status).toBe(200);
  });
});

test("what watches over it is answered whatever the name, and without one under HTTP/1.0", async () => {
  for (const path of ["/healthz", "/readyz"]) {
    for (const host of ["evil.example", `10.4.5.6:${port}`])
      expect((await fetch(`${given.url}${path}`, { headers: { host } })).status).toBe(200);
    expect((await sendRaw(given.url, `GET ${path} HTTP/1.0\r\n\r\n`)).text).toMatch(/^HTTP\/1\.[01] 200 /);
  }
  expect((await sendRaw(given.url, "GET /api/alerts HTTP/1.0\r\n\r\n")).text).toMatch(/^HTTP\/1\.[01] 403 /);
});

describe("the port that a scheme has anyway", () => {
  test.each([
    ["https://desk.example", "desk.example", true, true],
    ["https://desk.example", "desk.example:443", true, true],
    ["https://desk.example:443", "desk.example", true, true],
    ["http://desk.example", "DESK.example:80", false, true],
    ["http://desk.example", "desk.example:443", false, false],
    ["https://desk.example", "desk.example:80", true, false],
    ["https://desk.example:8443", "desk.example", true, false],
    ["http://desk.example", "desk.example", true, false],
    ["null", "desk.example", true, false],
    // A page of the very name we are asked by, which is none of ours.
    ["https://evil.example", "evil.example", true, false],
  ])("a page of %s that asks %s", (origin, host, secure, allowed) =>
    expect(new Hosts("127.0.0.1", ["Desk.Example"]).allowsOrigin(origin, host, secure)).toBe(allowed),
  );
});

describe("wherever it listens it knows loopback's names, its own and the public one", () => {
  test.each<[string, string | null, Record<string, boolean>]>([
    [
      "0.0.0.0",
      null,
      {
        "localhost:8000": true,
        "127.0.0.1": true,
        "[::1]:8000": true,
        "0.0.0.0:8000": true,
        "desk.example": false,
        "127.0.0.2": false,
      },
    ],
    ["::", null, { localhost: true, "127.0.0.1:8000": true, "[::1]": true, "[::]": true, "desk.example": false }],
    ["192.0.2.1", null, { "localhost": true, "192.0.2.1:8000": true, "192.0.2.2": false }],
    [
      "127.0.0.1",
      "https://desk.example/desk",
      { "localhost": true, "desk.example": true, "DESK.example:443": true, "desk.example.org": false },
    ],
    ["0.0.0.0", "http://[fd00::1]:8000", { "[fd00::1]:8000": true, "[fd00::2]:8000": false }],
  ])("on %s, known as %p", (host, publicUrl, names) => {
    const hosts = new Hosts(host, [], publicUrl);
    for (const [name, served] of Object.entries(names))
      expect({ name, served: hosts.allows(name) }).toEqual({ name, served });
  });
});

describe("the page at the public URL is ours, whatever host the proxy hands on", () => {
  const hosts = new Hosts("127.0.0.1", [], "https://desk.example/desk");
  test.each([
    ["https://desk.example", "127.0.0.1:8000", false, true],
    ["https://desk.example", "desk.example", true, true],
    ["http://desk.example", "127.0.0.1:8000", false, false],
    ["https://desk.example:8443", "127.0.0.1:8000", false, false],
    ["https://evil.example", "127.0.0.1:8000", false, false],
  ])("a page of %s, handed on as %s", (origin, host, secure, allowed) =>
    expect(hosts.allowsOrigin(origin, host, secure)).toBe(allowed),
  );
});

test("without sign-in, what comes through a proxy is refused in words, and kept for doctor", async () => {
  for (const header of ["x-forwarded-for", "forwarded", "x-real-ip", "via"]) {
    for (const path of [
      "/api/alerts",
      "/api/dashboard/overview",
      "/dashboard",
      "/metrics",
      "/api/auth/options",
      "/api/dashboard/ws",
    ]) {
      const response = await fetch(`${given.url}${path}`, {
        headers: { [header]: "198.51.100.9", ...(path.endsWith("/ws") ? knock : {}) },
      });
      expect({ header, path, status: response.status }).toEqual({ header, path, status: 403 });
      expect(await response.json()).toMatchObject({
        code: "without-sign-in",
        detail: expect.stringContaining("VIRTUOSO_PROXIES=127.0.0.1"),
      });
    }
    for (const path of ["/healthz", "/readyz"])
      expect((await fetch(`${given.url}${path}`, { headers: { [header]: "198.51.100.9" } })).status).toBe(200);
  }
  const status = (await (await overSocket(given.data, "/api/owner/status")).json()) as {
    proxy_mistakes: readonly { kind: string }[];
  };
  expect(status.proxy_mistakes).toContainEqual(
    expect.objectContaining({ kind: "without-sign-in", times: 24, message: expect.stringContaining("127.0.0.1") }),
  );
});

test("a name that is not answered to is named with the line to write", async () => {
  const response = await fetch(`${given.url}/dashboard`, { headers: { host: "desk.example" } });
  expect(await response.json()).toMatchObject({
    code: "bad-host",
    detail: expect.stringContaining("VIRTUOSO_PUBLIC_URL=https://desk.example"),
  });
});

function change(origin: string): Promise<Response> {
  return fetch(`${given.url}/api/dashboard/config`, {
    method: "POST",
    headers: { "content-type": "application/json", origin },
    body: '{"signals":{"min_score":70}}',
  });
}

describe("a page of another site that asks in the name of its visitor", () => {
  test.each([
    "http://evil.example",
    "null",
    "http://localhost:1",
    "http://localhost",
    "https://127.0.0.1.evil.example",
    "file://",
    "chrome-extension://abc",
  ])("%s changes nothing and receives nothing", async (origin) => {
    const changed = await change(origin);
    expect(changed.status).toBe(403);
    expect(await changed.json()).toMatchObject({ code: "bad-origin" });
    expect((await fetch(`${given.url}/api/dashboard/ws`, { headers: { ...knock, origin } })).status).toBe(403);
    expect(
      (await fetch(`${given.url}/api/alerts`, { headers: { origin } })).headers.get("access-control-allow-origin"),
    ).toBeNull();
    expect(await given.get("/api/dashboard/config")).toMatchObject({ signals: { min_score: 65 } });
  });

  test("our own page may", async () => {
    expect((await change(given.url)).status).toBe(200);
    const listener = await listenTo(given.url, null, { origin: given.url });
    listener.close();
  });
});
