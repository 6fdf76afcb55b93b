import { expect, test } from "bun:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { createAssets } from "../../src/api/assets";
import { pages as everyPage } from "../../ui/pages";

const assets = createAssets({ version: "1.2.3", program: "virtuoso" });

function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response | undefined> {
  return assets.serve(path, new Request(`http://desk.test${path}`, { method, headers }));
}

async function served(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> {
  const answer = await get(path, headers, method);
  if (answer === undefined) throw new Error(`${path} is not served`);
  return answer;
}

const pages = ["/dashboard", "/opportunities", "/symbols/BTCUSDT", "/docs"];

async function urlsOn(page: string): Promise<string[]> {
  const html = await (await served(page)).text();
  return [...html.matchAll(/(?:href|src)="([^"]+\/ui\/[^"]+|\.\/ui\/[^"]+)"/g)].map(
    (match) => new URL(match[1] ?? "", `http://desk.test${page}`).pathname,
  );
}

async function urlsOnPage(): Promise<string[]> {
  return [...new Set((await Promise.all(pages.map(urlsOn))).flat())];
}

test("a page loads what it draws with at once, and leaves the rest", async () => {
  const desk = (await urlsOn("/dashboard")).join(" ");
  expect(desk).toContain("/ui/desk/desk.");
  expect(desk).not.toMatch(/docs\/|symbol-page|candle|lightweight/);
  expect((await urlsOn("/docs")).join(" ")).not.toMatch(/\/ui\/main|desk\/desk/);
});

/** As they are compressed, without headers. */
async function kilobytesOf(urls: Iterable<string>): Promise<number> {
  let bytes = 0;
  for (const url of urls) bytes += (await (await served(url, { "accept-encoding": "br" })).bytes()).length;
  return bytes / 1024;
}

test("the first page is sent in a dozen files of under 100 KB together, each other adds under 60 KB", async () => {
  const first = new Set(await urlsOn("/dashboard"));
  expect(first.size).toBeLessThanOrEqual(14);
  expect(await kilobytesOf(first)).toBeLessThan(100);
  for (const { path } of everyPage) {
    const added = new Set(await urlsOn(`/${path.replace(":symbol", "BTCUSDT")}`)).difference(first);
    expect(await kilobytesOf(added)).toBeLessThan(60);
  }
});

test("a page one folder down names the same files", async () => {
  expect((await urlsOn("/symbols/BTCUSDT")).filter((url) => url.includes("/ui/main."))).toEqual(
    (await urlsOn("/dashboard")).filter((url) => url.includes("/ui/main.")),
  );
});

test("the bare address leads to the desk", async () => {
  const answer = await served("/");
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "./dashboard"]);
});

test("everything the page names is served, for good, by the name of its content", async () => {
  const urls = await urlsOnPage();
  expect(urls.length).toBeGreaterThan(10);
  for (const url of urls) {
    const answer = await served(url);
    expect(answer.headers.get("cache-control")).toContain("immutable");
    expect(url).toMatch(/\.[\w-]{8,16}\.(js|css|svg)$/);
  }
});

test("every answer carries the headers that keep other sites out, and no policy has a hole", async () => {
  for (const path of ["/", ...pages, ...(await urlsOnPage())]) {
    const { headers } = await served(path);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("permissions-policy")).toContain("camera=()");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("content-security-policy")).not.toContain("unsafe");
  }
});

test("modules come without types and point at no source maps", async () => {
  for (const url of (await urlsOnPage()).filter((name) => name.endsWith(".js"))) {
    const text = await (await served(url)).text();
    expect(text).not.toContain("sourceMappingURL");
    expect(() => new Bun.Transpiler({ loader: "js" }).scan(text)).not.toThrow();
    expect(text).not.toMatch(/^import type|^export interface/m);
  }
});

test("the first page comes without what only details need, in a handful of files", async () => {
  const modules = (await urlsOn("/dashboard")).filter((name) => name.endsWith(".js"));
  expect(modules.length).toBeLessThan(9);
  const texts = await Promise.all(modules.map(async (url) => (await served(url)).text()));
  const holds = (name: string) => texts.some((text) => text.includes(`function ${name}(`));
  expect([holds("AlertsPanel"), holds("PlanLadder")]).toEqual([true, false]);
});

test("each encoding carries the same bytes", async () => {
  const plain = await (await served("/dashboard")).text();
  const brotli = await served("/dashboard", { "accept-encoding": "gzip, deflate, br" });
  const gzip = await served("/dashboard", { "accept-encoding": "gzip, br;q=0" });
  expect([brotli.headers.get("content-encoding"), gzip.headers.get("content-encoding")]).toEqual(["br", "gzip"]);
  expect(brotliDecompressSync(await brotli.bytes()).toString()).toBe(plain);
  expect(gunzipSync(await gzip.bytes()).toString()).toBe(plain);
  expect((await served("/dashboard")).headers.get("vary")).toBe("accept-encoding");
});

test("what has not changed is not sent again, whatever its encoding was", async () => {
  const etag = (await served("/dashboard", { "accept-encoding": "br" })).headers.get("etag") ?? "";
  expect((await served("/dashboard", { "if-none-match": etag })).status).toBe(304);
  expect((await served("/dashboard", { "if-none-match": `W/${etag}, "other"` })).status).toBe(304);
  expect((await served("/dashboard", { "if-none-match": `"other"` })).status).toBe(200);
});

test("HEAD has the headers and no body", async () => {
  const answer = await served("/dashboard", {}, "HEAD");
  expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(await answer.text()).toBe("");
});

test("nothing else is answered: other methods, other paths, ways out of the folder", async () => {
  expect(await get("/dashboard", {}, "POST")).toBeUndefined();
  for (const path of [
    "/ui/",
    "/ui/main.ts",
    "/ui/main.js",
    "/ui/../src/cli.ts",
    "/ui/%2e%2e/package.json",
    "/ui/..%2fpackage.json",
    "/dashboard/",
    "/symbols/",
    "/symbols/a/b",
    "/constructor",
    "/__proto__",
  ]) {
    expect(await get(path)).toBeUndefined();
  }
});
