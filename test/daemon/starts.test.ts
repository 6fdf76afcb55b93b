import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { createBorder } from "../../src/api/border/border";
import { loadConfig } from "../../src/config";
import { startDaemon } from "../../src/daemon";
import { followConfigFile } from "../../src/daemon/config-file";
import { exposureOf, namelessness } from "../../src/api/border/exposure";
import { StartError } from "../../src/daemon/start-error";
import { until } from "../support/daemon";
import { othersCome, whyNotWithoutSignIn } from "../../src/daemon/without-sign-in";

setDefaultTimeout(30_000);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-starts-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Without a config file, as an image starts it. */
const configOf = (environment: Readonly<Record<string, string>>) =>
  loadConfig(
    { data: join(folder, "data") },
    Object.fromEntries(Object.entries(environment).map(([name, value]) => [`VIRTUOSO_${name}`, value])),
  );

describe("no start without sign-in where something says that others come", () => {
  test.each<[Record<string, string>, string | null]>([
    [{}, null],
    [{ HOST: "127.0.0.2" }, null],
    [{ HOST: "[::1]" }, null],
    [{ HOST: "localhost" }, null],
    [{ TLS_CERT: "a", TLS_KEY: "b" }, null],
    [{ PUBLIC_URL: "http://localhost:8000" }, null],
    [{ PUBLIC_URL: "http://[::1]:8000" }, null],
    [{ PUBLIC_URL: "http://127.0.0.1:8000" }, null],
    [{ HOST: "0.0.0.0" }, "server.host 0.0.0.0 (VIRTUOSO_HOST)"],
    [{ HOST: "::" }, "server.host :: (VIRTUOSO_HOST)"],
    [{ HOST: "192.0.2.1" }, "server.host 192.0.2.1 (VIRTUOSO_HOST)"],
    [{ HOST: "desk.example" }, "server.host desk.example (VIRTUOSO_HOST)"],
    [{ PROXIES: "127.0.0.1" }, "server.proxies 127.0.0.1 (VIRTUOSO_PROXIES)"],
    [{ ALLOWED_HOSTS: "desk.example" }, "server.allowedHosts desk.example (VIRTUOSO_ALLOWED_HOSTS)"],
    [{ BASE_PATH: "/desk" }, "server.basePath /desk (VIRTUOSO_BASE_PATH)"],
    [{ PUBLIC_URL: "https://desk.example" }, "server.publicUrl https://desk.example (VIRTUOSO_PUBLIC_URL)"],
    [
      { PUBLIC_URL: "http://localhost.desk.example" },
      "server.publicUrl http://localhost.desk.example (VIRTUOSO_PUBLIC_URL)",
    ],
    [
      { HOST: "0.0.0.0", PROXIES: "10.0.0.2" },
      "server.host 0.0.0.0 (VIRTUOSO_HOST), server.proxies 10.0.0.2 (VIRTUOSO_PROXIES)",
    ],
  ])("%o", async (environment, named) => {
    const without = await configOf({ ...environment, AUTH: "off" });
    expect(othersCome(without).join(", ") || null).toBe(named);
    if (named === null) expect(whyNotWithoutSignIn(without)).toBeNull();
    else expect(whyNotWithoutSignIn(without)).toStartWith(`VIRTUOSO_AUTH=off with ${named}: `);
    expect(whyNotWithoutSignIn(await configOf(environment))).toBeNull();
  });
});

test("the start itself is refused by it, and so is an edit of the file that would lead there", async () => {
  const open = await configOf({ AUTH: "off", PROXIES: "10.0.0.2" });
  const refusal = await startDaemon(open).then(
    () => null,
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(StartError);

  const path = join(folder, "edited.config.ts");
  writeFileSync(path, "export default {};");
  const refused: (string | null)[] = [];
  using following = followConfigFile(
    { ...(await configOf({ AUTH: "off" })), path, reload: () => Promise.resolve(open) },
    {
      log: pino({ level: "silent" }),
      channelsUnder: () => [],
      changed: () => Promise.reject(new Error("it must not hold")),
      refused: (why) => refused.push(why),
    },
  );
  writeFileSync(path, "export default { edited: true };");
  await until("the refusal", () => refused.length > 0);
  expect(refused[0]).toContain("VIRTUOSO_AUTH=off with server.proxies 10.0.0.2");
  expect(following).toBeDefined();
});

/** What a request is answered at the border, before anybody is asked who they are. */
interface Answered {
  readonly peer: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly host: "served" | "bad-host";
  readonly secure: boolean;
  readonly address: string;
}

const direct = (host: string, answered: Partial<Answered> = {}): Answered => ({
  peer: "127.0.0.1",
  headers: { host },
  host: "served",
  secure: false,
  address: answered.peer ?? "127.0.0.1",
  ...answered,
});
const proxied = (headers: Record<string, string>, answered: Partial<Answered> = {}): Answered => ({
  peer: "10.0.0.2",
  headers: { host: "desk.example", "x-forwarded-for": "198.51.100.9", ...headers },
  host: "served",
  secure: false,
  address: "198.51.100.9",
  ...answered,
});

describe("how it is started, and what it answers", () => {
  test.each<
    [string, Record<string, string>, { readonly overheard: boolean; readonly nameless: boolean }, readonly Answered[]]
  >([
    [
      "by itself",
      {},
      { overheard: false, nameless: false },
      [
        direct("localhost:8000"),
        direct("[::1]:8000"),
        direct("desk.example", { host: "bad-host" }),
        proxied({}, { host: "bad-host", address: "10.0.0.2" }),
      ],
    ],
    [
      "in a container, bare",
      { HOST: "0.0.0.0" },
      { overheard: true, nameless: true },
      [
        direct("127.0.0.1:8000"),
        direct("localhost"),
        direct("0.0.0.0:8000"),
        direct("desk.example", { peer: "192.0.2.7", host: "bad-host" }),
      ],
    ],
    [
      "on every address of both kinds",
      { HOST: "::" },
      { overheard: true, nameless: true },
      [direct("[::1]:8000"), direct("[::]:8000"), direct("desk.example", { host: "bad-host" })],
    ],
    [
      "with a certificate of its own",
      { HOST: "0.0.0.0", TLS_CERT: "a", TLS_KEY: "b", PUBLIC_URL: "https://desk.example:8000" },
      { overheard: false, nameless: false },
      [
        direct("desk.example:8000", { peer: "192.0.2.7", secure: true }),
        direct("localhost:8000", { secure: true }),
        proxied({ "x-forwarded-proto": "http" }, { secure: true, address: "10.0.0.2" }),
      ],
    ],
    [
      "behind a proxy that is named",
      { HOST: "0.0.0.0", PROXIES: "10.0.0.0/8", PUBLIC_URL: "https://desk.example" },
      { overheard: false, nameless: false },
      [
        proxied({ "x-forwarded-proto": "https" }, { secure: true }),
        proxied({}, { secure: true }),
        proxied(
          { "host": "10.0.0.9:8000", "x-forwarded-host": "desk.example", "x-forwarded-proto": "https" },
          { secure: true },
        ),
        proxied({ "x-forwarded-host": "evil.example" }, { host: "bad-host" }),
        direct("localhost:8000"),
      ],
    ],
    [
      "behind one that is named, its name too",
      { HOST: "0.0.0.0", PROXIES: "10.0.0.2", ALLOWED_HOSTS: "desk.example" },
      { overheard: false, nameless: false },
      [proxied({ "x-forwarded-proto": "https" }, { secure: true }), proxied({})],
    ],
    [
      "behind one that is not configured",
      { HOST: "0.0.0.0", PUBLIC_URL: "https://desk.example" },
      { overheard: false, nameless: false },
      [
        proxied({}, { secure: true, address: "10.0.0.2" }),
        proxied(
          { "host": "10.0.0.9", "x-forwarded-host": "desk.example", "x-forwarded-proto": "https" },
          { host: "bad-host", address: "10.0.0.2" },
        ),
      ],
    ],
  ])("%s", async (_, environment, { overheard, nameless }, requests) => {
    const config = await configOf(environment);
    expect({
      overheard: exposureOf({ ...config, encrypted: config.tls !== null }) !== null,
      nameless: namelessness(config) !== null,
    }).toEqual({ overheard, nameless });
    const border = createBorder({ ...config, tls: config.tls !== null });
    for (const { peer, headers, host, secure, address } of requests) {
      const caller = border.proxies.peerOf(new Headers(headers), () => peer);
      expect({
        headers,
        host: border.hosts.allows(caller.host) ? "served" : "bad-host",
        secure: caller.secure,
        address: caller.address,
      }).toEqual({ headers, host, secure, address });
    }
  });
});
