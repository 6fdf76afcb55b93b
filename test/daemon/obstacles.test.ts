import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../../src/config";
import { judgeStart } from "../../src/daemon/obstacles";
import { virtuoso } from "../commands/program";

setDefaultTimeout(30_000);

const fixtures = join(import.meta.dir, "../fixtures/tls");
const ended = { TLS_CERT: join(fixtures, "ended-cert.pem"), TLS_KEY: join(fixtures, "ended-key.pem") };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-obstacles-"));
  writeFileSync(join(folder, "file"), "");
  mkdirSync(join(folder, "open"));
  writeFileSync(join(folder, "open", "jwt.secret"), "of everybody, and long enough to be one", { mode: 0o644 });
});
afterAll(() => rmSync(folder, { recursive: true }));

const named = (environment: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [`VIRTUOSO_${name}`, value]));

test.each<[string, Record<string, string>, string[], string]>([
  ["nothing", {}, [], ""],
  ["a certificate that has ended", ended, ["certificate"], "ended on 2025-01-01"],
  ["a source's folder that is a file", { REPORTS: "file" }, ["folder"], "it is not a folder"],
  ["a secret that is too short", { JWT_SECRET: "short" }, ["signing-key"], "fewer than 32 characters"],
  ["a secret that others can read", { DATA: "open" }, ["signing-key"], "chmod 600"],
  [
    "nobody signs in where others come",
    { AUTH: "off", PROXIES: "10.0.0.2" },
    ["sign-in"],
    "VIRTUOSO_AUTH=off with server.proxies",
  ],
  [
    "all of it",
    { ...ended, REPORTS: "file", JWT_SECRET: "short", AUTH: "off", PROXIES: "10.0.0.2" },
    ["sign-in", "folder", "signing-key", "certificate"],
    "VIRTUOSO_AUTH=off",
  ],
])(
  "what stands in the way of a start: %s",
  async (_, { REPORTS: reports, DATA: data = "none", ...environment }, kinds, says) => {
    const config = await loadConfig(
      { data: join(folder, data), reports: join(folder, reports ?? "none") },
      named(environment),
    );
    const { obstacles } = await judgeStart(config, Date.now());
    expect(obstacles.map(({ kind }) => kind)).toEqual(kinds as (typeof obstacles)[number]["kind"][]);
    expect(obstacles[0]?.message ?? "").toContain(says);
    expect(existsSync(join(folder, "none"))).toBe(false);
  },
);

/** Each says what this machine's clock shows. */
function clockless(said = ""): string {
  return said.replaceAll(/clock shows \d{4}-\d\d-\d\d \d\d:\d\d UTC/g, "clock shows it");
}

test("serve, config check and doctor say the same of it, and make nothing", async () => {
  const environment = named({ ...ended, REPORTS: "file", JWT_SECRET: "short", DATA: "none", PORT: "0" });
  const [served, checked, examined] = await Promise.all(
    [["serve"], ["config", "check"], ["doctor", "-o", "json"]].map((words) =>
      virtuoso(words, { cwd: folder, environment }),
    ),
  );
  expect(served).toMatchObject({ code: 1, out: "" });
  expect(served?.err.trim().split("\n")).toEqual([
    expect.stringContaining("it is not a folder"),
    expect.stringContaining("fewer than 32"),
    expect.stringContaining("ended on 2025-01-01"),
  ]);
  // The minute may end between the two: when they were asked is all they may differ in.
  expect({ ...checked, err: clockless(checked?.err) }).toEqual({ code: 1, out: "", err: clockless(served?.err) });
  const failed = (JSON.parse(examined?.out ?? "") as { subject: string; state: string; message: string }[]).filter(
    ({ state }) => state === "failed",
  );
  expect(failed).toEqual([
    { subject: "folder of reports", state: "failed", message: expect.stringContaining("it is not a folder") },
    { subject: "certificate", state: "failed", message: expect.stringContaining("ended on 2025-01-01") },
    { subject: "access", state: "failed", message: expect.stringContaining("fewer than 32") },
  ]);
  expect(existsSync(join(folder, "none"))).toBe(false);
});
