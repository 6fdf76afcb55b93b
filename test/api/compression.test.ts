import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { encodingFor, type Encoding } from "../../src/api/content-encoding";
import { startTestDaemon, until, type TestDaemon } from "../support/daemon";

setDefaultTimeout(30_000);

test.each([
  [null, null],
  ["", null],
  ["identity", null],
  ["gzip", "gzip"],
  ["x-gzip", "gzip"],
  ["GZIP", "gzip"],
  ["gzip, deflate, br, zstd", "zstd"],
  ["gzip, deflate, br", "br"],
  ["gzip;q=1.0, br;q=0.5", "gzip"],
  ["br;q=0, gzip;q=0, zstd;q=0", null],
  ["br;q=0.000", null],
  ["*", "zstd"],
  ["*;q=0", null],
  ["*;q=0.1, zstd;q=0", "br"],
  ["identity;q=1, gzip;q=0.5", null],
  ["identity;q=0.2, gzip;q=0.5", "gzip"],
  ["deflate, compress", null],
] satisfies [string | null, Encoding | null][])("Accept-Encoding %p gets %p", (header, encoding) => {
  expect(encodingFor(header)).toBe(encoding);
});

const undo = { zstd: zstdDecompressSync, br: brotliDecompressSync, gzip: gunzipSync } as const;

describe("what is answered", () => {
  let daemon: TestDaemon;
  beforeAll(async () => {
    daemon = await startTestDaemon({ scanning: false, ticking: false });
    daemon.drop(
      "many.json",
      Array.from({ length: 60 }, (_, index) => ({
        symbol: `C${index}USDT`,
        signal: "BUY",
        score: 90,
        timestamp: Date.now() - index,
        signal_id: `m${index}`,
      })),
    );
    await until(
      "the signals",
      async () => (await daemon.get<{ items: unknown[] }>("/api/signals?limit=100")).items.length === 60,
    );
  });
  afterAll(() => daemon[Symbol.asyncDispose]());

  /** As it comes over the line. */
  const ask = async (path: string, encoding: string, more: Record<string, string> = {}, method = "GET") => {
    const response = await fetch(`${daemon.url}${path}`, {
      method,
      headers: { "accept-encoding": encoding, ...more },
      decompress: false,
    });
    return { status: response.status, headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) };
  };

  const paths = [
    "/api/dashboard/overview",
    "/api/signals?limit=100",
    "/api/symbols",
    "/api/alerts?limit=50",
    "/api/openapi.json",
    "/api/signals?format=csv",
    "/api/signals?format=jsonl",
    "/dashboard",
    "/api/dashboard/config/schema",
    "/metrics",
  ];
  test.each(paths)("%s is compressed as asked, and says what it depends on", async (path) => {
    const plain = await ask(path, "identity");
    expect({
      status: plain.status,
      encoding: plain.headers.get("content-encoding"),
      vary: plain.headers.get("vary")?.includes("accept-encoding"),
    }).toEqual({ status: 200, encoding: null, vary: true });
    for (const encoding of ["zstd", "br", "gzip"] as const) {
      const answer = await ask(path, encoding);
      expect({
        path,
        encoding: answer.headers.get("content-encoding"),
        vary: answer.headers.get("vary")?.includes("accept-encoding"),
      }).toEqual({ path, encoding, vary: true });
      expect(answer.bytes.length).toBeLessThan(plain.bytes.length / 2);
      const text = undo[encoding](answer.bytes).toString();
      if (!/overview|metrics/.test(path)) expect(text).toBe(new TextDecoder().decode(plain.bytes));
      const head = await ask(path, encoding, {}, "HEAD");
      expect({
        status: head.status,
        encoding: head.headers.get("content-encoding"),
        length: head.bytes.length,
      }).toEqual({ status: 200, encoding, length: 0 });
    }
  });

  test("a tag stands for every form of a content", async () => {
    for (const path of ["/api/dashboard/overview", "/dashboard"]) {
      const tag = (await ask(path, "zstd")).headers.get("etag") ?? "";
      const again = await ask(path, "br", { "if-none-match": tag });
      expect({
        path,
        status: again.status,
        vary: again.headers.get("vary"),
        encoding: again.headers.get("content-encoding"),
        length: again.bytes.length,
      }).toEqual({ path, status: 304, vary: "accept-encoding", encoding: null, length: 0 });
    }
    const tag = (await ask("/api/dashboard/config", "gzip")).headers.get("etag") ?? "";
    const change = await fetch(`${daemon.url}/api/dashboard/config`, {
      method: "POST",
      headers: { "content-type": "application/json", "if-match": `W/${tag}` },
      body: JSON.stringify({ signals: { min_score: 66 } }),
    });
    expect(change.status).toBe(200);
  });

  test("what is small comes as it is, and so does what carries a secret", async () => {
    expect((await ask("/healthz", "gzip")).headers.get("content-encoding")).toBeNull();
    const long = "x".repeat(60);
    const made = await fetch(`${daemon.url}/api/tokens`, {
      method: "POST",
      headers: { "content-type": "application/json", "accept-encoding": "gzip" },
      body: JSON.stringify({ name: long, role: "viewer" }),
      decompress: false,
    });
    expect({ status: made.status, encoding: made.headers.get("content-encoding") }).toEqual({
      status: 201,
      encoding: null,
    });
    for (const path of ["/api/auth/me", "/api/auth/sessions", "/api/auth/options"])
      expect({ path, vary: (await ask(path, "gzip")).headers.get("vary") }).toEqual({ path, vary: null });
  });
});
