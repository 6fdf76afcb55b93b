import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bearer, overSocket, startGuardedDaemon, type GuardedDaemon } from "../support/access";
import { until } from "../support/daemon";
import { sendRaw } from "../support/raw-request";
import { Running } from "../commands/running";

/** Each is tried against the running daemon, and refused. What is about sessions and tokens stands in test/auth. */

setDefaultTimeout(60_000);

const outside = "planted-outside-the-folder";

let given: GuardedDaemon;
let elsewhere: string;
let admin: Record<string, string>;
let host: string;

beforeAll(async () => {
  elsewhere = mkdtempSync(join(tmpdir(), "virtuoso-outside-"));
  writeFileSync(
    join(elsewhere, "outside.json"),
    JSON.stringify({ symbol: "BTCUSDT", signal: "BUY", score: 90, strategy: outside }),
  );
  given = await startGuardedDaemon({
    limits: true,
    config:
      'export default { server: { proxies: ["127.0.0.2"] }, limits: { perMinute: { other: 0, signIn: 0, ' +
      "refused: 0, configWrite: 0, configRead: 0 } } };",
    before: (folder) => {
      symlinkSync(join(elsewhere, "outside.json"), join(folder, "reports", "link.json"));
      symlinkSync(elsewhere, join(folder, "reports", "linked"));
      mkdirSync(join(folder, "reports", "below"));
      symlinkSync(join(elsewhere, "outside.json"), join(folder, "reports", "below", "link.json"));
    },
  });
  admin = { ...bearer(await given.token("attacker", "admin")).headers };
  host = new URL(given.url).host;
});
afterAll(async () => {
  await given[Symbol.asyncDispose]();
  rmSync(elsewhere, { recursive: true });
});

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${given.url}${path}`, {
    redirect: "manual",
    ...init,
    headers: { ...admin, ...(init.headers as Record<string, string> | undefined) },
  });
}

function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return ask(path, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
}

function get(path: string, headers = ""): string {
  return `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${admin["authorization"] ?? ""}\r\nConnection: close\r\n${headers}\r\n`;
}

function change(headers: string, content: string): string {
  return `POST /api/dashboard/config HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n${headers}\r\n${content}`;
}

async function alive(): Promise<void> {
  expect((await ask("/healthz")).status).toBe(200);
}

describe("a name that was made to resolve to us", () => {
  test.each(["evil.example", "127.0.0.1.evil.example", "[::ffff:127.0.0.1]", "127.0.0.1, evil.example", ""])(
    "Host: %p",
    async (name) => {
      const { status } = await sendRaw(
        given.url,
        `GET /api/alerts HTTP/1.1\r\nHost: ${name}\r\nAuthorization: ${admin["authorization"] ?? ""}\r\nConnection: close\r\n\r\n`,
      );
      expect([400, 403, null]).toContain(status);
    },
  );

  test("sent by a stranger as a proxy would", async () => {
    expect(
      (await ask("/api/alerts", { headers: { "host": "evil.example", "x-forwarded-host": "127.0.0.1" } })).status,
    ).toBe(403);
    // A proxy that is not configured does so too: its owner is shown the line to write.
    expect((await ask("/api/alerts", { headers: { "x-forwarded-for": "198.51.100.9" } })).status).toBe(200);
    const status = (await (await overSocket(given.data, "/api/owner/status")).json()) as {
      proxy_mistakes: readonly object[];
    };
    expect(status.proxy_mistakes).toContainEqual(
      expect.objectContaining({
        kind: "unnamed-proxy",
        message: expect.stringContaining("VIRTUOSO_PROXIES=127.0.0.2,127.0.0.1."),
      }),
    );
  });
});

describe("a path that leads elsewhere", () => {
  const ways = [
    "../",
    "..%2f",
    "%2e%2e/",
    "%2e%2e%2f",
    "..%5c",
    "..\\",
    "%252e%252e%252f",
    "....//",
    "..%00/",
    "%c0%ae%c0%ae/",
    "..;/",
  ];
  const bases = ["/", "/ui/", "/symbols/", "/api/", "/api/signals/", "/api/symbols/", "/ui/vendor/"];
  test.each(bases)("from %s", async (base) => {
    for (const way of ways) {
      for (const target of [
        "package.json",
        "data/jwt.secret",
        "data/virtuoso.db",
        "etc/passwd",
        "reports/below/link.json",
      ]) {
        const path = `${base}${way.repeat(4)}${target}`;
        const { status, text } = await sendRaw(given.url, get(path));
        // A page of any symbol is a page; what matters is that no file of another folder comes.
        expect({ path, status: [200, 302, 400, 404, null].includes(status) }).toEqual({ path, status: true });
        for (const content of ['"dependencies"', "SQLite format 3", "root:x:", outside])
          expect({ path, found: text.includes(content) }).toEqual({ path, found: false });
        if (status === 200)
          expect({ path, type: /content-type: text\/html/i.test(text) }).toEqual({ path, type: true });
      }
    }
  });

  test("a link among the reports is not followed, in the folder or below it", async () => {
    given.drop("real.json", { symbol: "ETHUSDT", signal: "SELL", score: 12, reliability: 0.9 });
    const signals = await until("the real report", async () => {
      const { items } = (await (await ask("/api/signals")).json()) as { items: { filename: string }[] };
      return items.some(({ filename }) => filename === "real.json") ? items : null;
    });
    expect(signals.map(({ filename }) => filename)).toEqual(["real.json"]);
    expect(await (await ask("/api/quarantine")).text()).not.toContain("link");
  });

  test("a file to be read again is one of those that were refused", async () => {
    for (const file of ["../../../etc/passwd", "link.json", "/etc/passwd", "..%2f..%2fetc%2fpasswd", "a\0b.json"]) {
      expect(await given.owner("/api/quarantine/retry", { file }).catch(String)).toContain(": 404 ");
    }
  });
});

describe("a request that is two, or none", () => {
  const body = '{"signals":{"min_score":1}}';
  const smuggled = "GET /api/dashboard/config HTTP/1.1\r\nHost: evil.example\r\n\r\n";
  test.each([
    ["two lengths", () => change(`Content-Length: ${body.length}\r\nContent-Length: 3\r\n`, body)],
    [
      "a length and chunks",
      () => change(`Content-Length: 4\r\nTransfer-Encoding: chunked\r\n`, `0\r\n\r\n${smuggled}`),
    ],
    ["chunks by another name", () => change("Transfer-Encoding: xchunked\r\n", `0\r\n\r\n${smuggled}`)],
    ["a length below zero", () => change("Content-Length: -1\r\n", body)],
    ["two hosts", () => get("/api/alerts", "Host: evil.example\r\n")],
    ["no host", () => get("/api/alerts").replace(/Host: .*\r\n/, "")],
    ["a header on two lines", () => get("/api/alerts", "X-A: b\r\n c: d\r\n")],
    ["no request at all", () => "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
  ])("%s", async (_, bytes) => {
    const { text } = await sendRaw(given.url, bytes());
    expect(text.match(/HTTP\/1\.1 \d{3}/g)?.filter((line) => line.endsWith("200")) ?? []).toEqual([]);
    await alive();
  });

  test("a header of 64 KiB, and an address of 64 KiB", async () => {
    for (const bytes of [
      get("/api/alerts", `X-A: ${"a".repeat(65_536)}\r\n`),
      get(`/api/alerts?q=${"a".repeat(65_536)}`),
    ]) {
      expect([400, 414, 431, null]).toContain((await sendRaw(given.url, bytes)).status);
    }
    await alive();
  });
});

describe("text that becomes a header or a line of the log", () => {
  test.each([
    "/dashboard%0d%0aset-cookie:%20planted=1",
    "/signin?next=%0d%0aset-cookie:%20planted=1",
    "/api/alerts?symbol=%0d%0aset-cookie:%20planted=1",
    "/%0d%0aset-cookie:%20planted=1",
    "/symbols/%0d%0aset-cookie:planted=1",
  ])("%s", async (path) => {
    for (const headers of [admin, {}]) {
      const response = await fetch(`${given.url}${path}`, { redirect: "manual", headers });
      expect(response.headers.getSetCookie()).toEqual([]);
      expect(response.headers.get("planted")).toBeNull();
      expect(response.headers.get("location") ?? "").not.toMatch(/[\r\n]/);
    }
  });

  test.each(["json", "pretty"])("a line of the log is of our making: %s", async (format) => {
    const folder = mkdtempSync(join(tmpdir(), "virtuoso-lines-"));
    await using serving = new Running(["serve", "--port", "0", "--log-format", format], folder, {
      VIRTUOSO_RATE_LIMITS: "off",
    });
    const [, url = ""] = await serving.says(/virtuoso ready (http:\S+)\/dashboard/);
    const message = 'a first line\r\n{"level":"fatal","msg":"forged"}\n\u001b[2J\u001b]0;owned\u0007\u009b31m FORGED';
    const headers = { "content-type": "application/json" };
    expect(
      (
        await fetch(`${url}/api/errors`, {
          method: "POST",
          headers,
          body: JSON.stringify({ message, page: "/\u001b[31m\n", version: "\n" }),
        })
      ).ok,
    ).toBe(true);
    await until("it in the log", () => serving.err.includes("a first line"));
    expect(serving.err).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(
      serving.err
        .split("\n")
        .filter(
          (line) =>
            line.trimStart().startsWith('{"level":"fatal"') ||
            (line.includes("FORGED") && !line.includes("a first line")),
        ),
    ).toEqual([]);
    serving.signal("SIGTERM");
    await serving.ended;
    rmSync(folder, { recursive: true });
  });
});

describe("JSON that is more than it seems", () => {
  const changes = [
    "/api/dashboard/config",
    "/api/dashboard/config/preview",
    "/api/auth/login",
    "/api/auth/refresh",
    "/api/errors",
    "/api/users",
    "/api/tokens",
  ];

  test.each(changes)("nested a hundred thousand levels deep: %s", async (path) => {
    for (const [open, close] of [
      ["[", "]"],
      ['{"a":', "}"],
    ] as const) {
      const answer = await post(path, `${open.repeat(100_000)}1${close.repeat(100_000)}`);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ code: "validation", detail: expect.stringContaining("nested") });
    }
  });

  test.each(changes)("that reaches for what all objects share: %s", async (path) => {
    for (const body of [
      '{"__proto__":{"polluted":1}}',
      '{"constructor":{"prototype":{"polluted":1}}}',
      '{"signals":{"__proto__":{"polluted":1}}}',
      '{"preferences":{"__proto__":{"polluted":1}}}',
    ]) {
      expect((await post(path, body)).status).toBeGreaterThanOrEqual(400);
    }
    expect(
      (
        await ask("/api/preferences", {
          method: "PATCH",
          headers: { "content-type": "application/json" },
          body: '{"__proto__":{"polluted":1}}',
        })
      ).status,
    ).toBe(400);
    expect((await ask("/api/alerts?__proto__[polluted]=1&constructor=1")).status).toBe(400);
    // The daemon runs in this very process.
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  test("in a report", async () => {
    given.drop(
      "proto.json",
      '{"symbol":"SOLUSDT","signal":"BUY","score":88,"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
    );
    given.drop("deep.json", `${"[".repeat(200_000)}${"]".repeat(200_000)}`);
    await until("the deep one refused", async () =>
      (await (await ask("/api/quarantine")).text()).includes("deep.json"),
    );
    await until("the other one read", async () =>
      (await (await ask("/api/signals?symbol=SOLUSDT")).text()).includes("proto.json"),
    );
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  test.each(changes)("of more than a mebibyte: %s", async (path) => {
    expect((await post(path, `{"a":"${"a".repeat(1024 * 1024)}"}`)).status).toBe(413);
  });
});

test("who sends a byte now and then, of headers or of a body, is let go", async () => {
  const started = [
    `GET /api/alerts HTTP/1.1\r\nHost: ${host}\r\n`,
    `POST /api/auth/login HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n`,
    "",
  ];
  const ended = await Promise.all(
    started.map((bytes) =>
      sendRaw(given.url, bytes, {
        silentMs: 45_000,
        drip: { text: bytes === "" ? "" : bytes.startsWith("GET") ? "X-A: b\r\n" : " ", everyMs: 1000 },
      }),
    ),
  );
  for (const { status } of ended) expect([null, 400, 408]).toContain(status);
  await alive();
});

test("a flood of requests holds up only its sender", async () => {
  const statuses = new Map<number, number>();
  const stranger = async () => {
    const { status } = await fetch(`${given.url}/api/dashboard/overview`, {
      headers: { "x-forwarded-for": `198.51.100.${statuses.size}` },
    });
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  };
  const before = process.memoryUsage().rss;
  for (let sent = 0; sent < 3000; sent += 100) {
    await Promise.all(Array.from({ length: 100 }, stranger));
    if (sent % 500 === 0) expect((await ask("/api/dashboard/overview")).status).toBe(200);
  }
  expect([...statuses.keys()].toSorted((a, b) => a - b)).toEqual([401, 429]);
  expect(statuses.get(401)).toBeLessThan(150);
  expect((process.memoryUsage().rss - before) / 1024 / 1024).toBeLessThan(200);
});

test("a cell that a spreadsheet would run", async () => {
  for (const [number, strategy] of [
    '=HYPERLINK("http://evil.example","x")',
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    '"=1',
  ].entries())
    given.drop(`cell-${number}.json`, { symbol: "XRPUSDT", signal: "BUY", score: 70 + number, strategy });
  await until(
    "them in the list",
    async () => ((await (await ask("/api/signals?symbol=XRPUSDT")).json()) as { items: unknown[] }).items.length === 6,
  );
  const csv = await (await ask("/api/signals?format=csv&symbol=XRPUSDT")).text();
  expect(csv).toContain("'=HYPERLINK");
  for (const cell of csv.split("\r\n").flatMap((line) => line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? []))
    expect(cell).not.toMatch(/^"?[=+@\t\r]|^"?-[^\d]/);
});

describe("the way back from signing in", () => {
  test.each([
    "//evil.example/dashboard",
    "/\\evil.example",
    "/%2f%2fevil.example",
    "///evil.example",
    "/dashboard?next=https://evil.example",
    "/signin?next=//evil.example",
    "/@evil.example",
  ])("%s leads to no other site", async (path) => {
    const { text } = await sendRaw(given.url, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    const location = /^location: ([^\r]*)/im.exec(text)?.[1];
    if (location !== undefined)
      expect(new URL(location, `${given.url}${path.startsWith("//") ? "/" : path}`).host).toBe(host);
  });
});

test("after all of it the daemon stands, and nothing was changed", async () => {
  await alive();
  expect(await (await ask("/api/dashboard/config")).json()).toMatchObject({
    signals: { min_score: 65, min_reliability: 75 },
  });
});
