import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openForWriting } from "../../src/store/db";
import { virtuoso } from "./program";
import { Running } from "./running";

setDefaultTimeout(60_000);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-access-"));
  for (const data of ["data", "typed"]) openForWriting(join(folder, data))[Symbol.dispose]();
});
afterAll(() => rmSync(folder, { recursive: true }));

const password = "a lamp over green water";
const run = (words: readonly string[], stdin?: string) =>
  virtuoso(words, { cwd: folder, ...(stdin === undefined ? {} : { stdin }) });
const link = /^http:\/\/127\.0\.0\.1:(\d+)\/signin#link=([\w-]{43})\n$/;

async function post(
  url: string,
  path: string,
  body: object,
): Promise<{ status?: string; code?: string; access_token?: string }> {
  return (await (
    await fetch(`${url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    })
  ).json()) as object;
}

test("accounts, tokens and links are made without a daemon, and are good in the next one", async () => {
  expect(await run(["user", "list"])).toMatchObject({ code: 0, out: "", err: expect.stringContaining("no accounts") });
  expect(await run(["user", "add", "ada", "--role", "admin"], "short\n")).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringContaining("12 characters"),
  });
  expect(await run(["user", "add", "ada", "--role", "admin"])).toMatchObject({ code: 2, out: "" });
  expect(await run(["user", "add", "ada", "--role", "king"], password)).toMatchObject({ code: 2, out: "" });
  expect(await run(["user", "add", "ada"], password)).toMatchObject({ code: 2, out: "" });
  expect(await run(["user", "add", "Ada", "--role", "admin"], `${password}\n`)).toMatchObject({ code: 0, out: "" });
  expect(await run(["user", "add", "ada", "--role", "viewer"], password)).toMatchObject({
    code: 1,
    err: expect.stringContaining("already"),
  });
  const made = await run(["token", "create", "prometheus", "--role", "viewer", "--expires", "90d"]);
  expect(made.out).toMatch(/^vrt_[\w-]{43}\n$/);
  expect(await run(["token", "create", "x", "--role", "viewer", "--expires", "soon"])).toMatchObject({ code: 2 });
  const early = await run(["signin-link"]);
  const [, , earlyToken] = link.exec(early.out) ?? [];
  expect(early).toMatchObject({ code: 0, err: expect.stringContaining("virtuoso serve") });

  await using serving = new Running(["serve", "--port", "0", "--reports", "reports"], folder, {
    VIRTUOSO_AUTH: "required",
  });
  const [, url = ""] = await serving.says(/^virtuoso ready (http:\/\/\S+)\/dashboard\n$/);
  const ask = (token: string) => fetch(`${url}/api/alerts`, { headers: { authorization: `Bearer ${token}` } });
  expect((await fetch(`${url}/api/alerts`)).status).toBe(401);
  expect((await ask(made.out.trim())).status).toBe(200);
  expect(await post(url, "/api/auth/login", { username: "ada", password })).toMatchObject({ status: "signed-in" });
  expect(await post(url, "/api/auth/link", { token: earlyToken })).toMatchObject({ status: "signed-in" });

  // From here on through the daemon: what is changed holds at once.
  const remote = await virtuoso(["alerts", "-o", "json", "--url", url], {
    environment: { VIRTUOSO_TOKEN: made.out.trim() },
  });
  expect(remote).toMatchObject({ code: 0, out: "[]\n" });
  expect(await run(["token", "list", "-o", "json"])).toMatchObject({
    code: 0,
    out: expect.stringContaining('"prometheus"'),
  });
  expect(await run(["token", "revoke", "prometheus"])).toMatchObject({ code: 0 });
  expect((await ask(made.out.trim())).status).toBe(401);
  expect(await run(["token", "revoke", "prometheus"])).toMatchObject({
    code: 1,
    err: expect.stringContaining("no such token"),
  });
  expect(await run(["user", "add", "vera", "--role", "viewer"], password)).toMatchObject({ code: 0 });
  const { access_token: access = "" } = await post(url, "/api/auth/login", {
    username: "vera",
    password,
    transport: "bearer",
  });
  expect((await ask(access)).status).toBe(200);
  expect(await run(["user", "list", "-o", "ids"])).toMatchObject({ out: "ada\nvera\n" });
  expect(await run(["user", "remove", "vera"])).toMatchObject({ code: 0 });
  expect((await ask(access)).status).toBe(401);
  const now = link.exec((await run(["signin-link"])).out);
  expect(now?.[1]).toBe(new URL(url).port);
  expect(await post(url, "/api/auth/link", { token: now?.[2] })).toMatchObject({ status: "signed-in" });
  // And from afar, as far as the token allows.
  const admin = (await run(["token", "create", "afar", "--role", "admin"])).out.trim();
  expect((await run(["token", "list"])).out).toMatch(/^afar +admin +the owner +\d+ s ago +never +never$/m);
  const afar = (words: readonly string[], token: string, stdin = "") =>
    virtuoso([...words, "--url", url], { stdin, environment: { VIRTUOSO_TOKEN: token } });
  expect(await afar(["user", "add", "carl", "--role", "analyst"], admin, password)).toMatchObject({ code: 0 });
  expect((await afar(["user", "list", "-o", "ids"], admin)).out).toBe("ada\ncarl\n");
  const carls = (await afar(["token", "create", "carls", "--role", "analyst", "--expires", "1h"], admin)).out.trim();
  expect((await ask(carls)).status).toBe(200);
  expect(await afar(["user", "remove", "carl"], carls)).toMatchObject({
    code: 1,
    err: expect.stringContaining("does not allow"),
  });
  expect(await afar(["token", "revoke", "carls"], admin)).toMatchObject({ code: 0 });
  expect((await ask(carls)).status).toBe(401);
  // Nothing of it was written where others look.
  for (const secret of [password, made.out.trim(), admin, access, now?.[2] ?? "none"])
    expect({ secret, said: `${serving.out}${serving.err}`.includes(secret) }).toEqual({ secret, said: false });
});

test("the first start says how one gets in: on a terminal by a link, elsewhere by the command", async () => {
  await using serving = new Running(["serve", "--port", "0", "--data", "first", "--reports", "reports"], folder, {
    VIRTUOSO_AUTH: "required",
  });
  await serving.says(/ready/);
  const deadline = Date.now() + 10_000;
  while (!serving.err.includes("virtuoso signin-link") && Date.now() < deadline) await Bun.sleep(20);
  expect(serving.err).toContain("virtuoso signin-link");
  expect(serving.err).not.toContain("#link=");

  let shown = "";
  const child = Bun.spawn(
    [
      process.execPath,
      join(import.meta.dir, "../../src/cli.ts"),
      "serve",
      "--port",
      "0",
      "--data",
      "terminal",
      "--reports",
      "reports",
    ],
    {
      cwd: folder,
      terminal: { cols: 200, rows: 50, data: (_, bytes) => (shown += new TextDecoder().decode(bytes)) },
      env: { PATH: process.env["PATH"] ?? "", TERM: "xterm-256color" },
    },
  );
  const until = Date.now() + 20_000;
  while (!/#link=[\w-]{43}/.test(shown) && Date.now() < until) await Bun.sleep(20);
  const [, url = "", token = ""] = /(http:\/\/127\.0\.0\.1:\d+)\/signin#link=([\w-]{43})/.exec(shown) ?? [];
  expect(await post(url, "/api/auth/setup", { token, username: "ada", password, transport: "bearer" })).toMatchObject({
    status: "signed-in",
  });
  child.kill("SIGTERM");
  expect(await child.exited).toBe(0);
  child.terminal?.close();
});

/** Types a password, and once more, as it is asked for; what the terminal showed. */
async function typed(first: string, second: string): Promise<{ code: number; shown: string }> {
  let shown = "";
  const child = Bun.spawn(
    [
      process.execPath,
      join(import.meta.dir, "../../src/cli.ts"),
      "user",
      "add",
      "tom",
      "--role",
      "trader",
      "--data",
      "typed",
    ],
    {
      cwd: folder,
      terminal: { cols: 100, rows: 20, data: (_, bytes) => (shown += new TextDecoder().decode(bytes)) },
      env: { PATH: process.env["PATH"] ?? "", TERM: "xterm-256color" },
    },
  );
  for (const [prompt, line] of [
    ["password for tom", first],
    ["once more", second],
  ] as const) {
    const until = Date.now() + 20_000;
    while (!shown.includes(prompt) && Date.now() < until) await Bun.sleep(10);
    child.terminal?.write(`${line}\r`);
  }
  const code = await child.exited;
  child.terminal?.close();
  return { code, shown };
}

test("on a terminal the password is asked for twice and never shown", async () => {
  expect(await typed(password, `${password}!`)).toMatchObject({ code: 2, shown: expect.stringContaining("differ") });
  const done = await typed(password, password);
  expect(done.code).toBe(0);
  expect(done.shown).not.toContain(password);
  expect(await run(["user", "list", "--data", "typed", "-o", "ids"])).toMatchObject({ out: "tom\n" });
});

test("signing in may be off on loopback alone", async () => {
  const open = await virtuoso(["serve", "--port", "0", "--host", "0.0.0.0", "--data", "open"], {
    cwd: folder,
    environment: { VIRTUOSO_AUTH: "off" },
  });
  expect(open).toMatchObject({ code: 1, out: "", err: expect.stringMatching(/^error: [^\n]*VIRTUOSO_AUTH[^\n]*\n$/) });
  const weak = await virtuoso(["serve", "--port", "0", "--data", "weak"], {
    cwd: folder,
    environment: { VIRTUOSO_JWT_SECRET: "short" },
  });
  expect(weak).toMatchObject({ code: 1, out: "", err: expect.stringMatching(/^error: [^\n]*32 characters[^\n]*\n$/) });
});
