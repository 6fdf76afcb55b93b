import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ConfigError, loadConfig, type Config, type Flags } from "../../src/config";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-server-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;

function load(flags: Flags, environment: Readonly<Record<string, string>>, server: object = {}): Promise<Config> {
  const config = join(folder, `${++files}.config.ts`);
  writeFileSync(config, `export default { server: ${JSON.stringify(server)} };`);
  return loadConfig({ config, ...flags }, environment);
}

/** Empty where it was taken. */
function refusalOf(loading: Promise<Config>): Promise<string> {
  return loading.then(
    () => "",
    (error: unknown) => (error instanceof ConfigError ? error.message : `no ConfigError: ${String(error)}`),
  );
}

const originOf = ({ serverSettings }: Config, name: string) =>
  serverSettings.find((each) => each.name === `server.${name}`)?.origin;

describe("an image needs no file: every setting of how it is reached is a variable and a flag", () => {
  test.each<[keyof Config, keyof Flags, string, string, string | string[], object]>([
    ["host", "host", "VIRTUOSO_HOST", "0.0.0.0", "0.0.0.0", { host: "127.0.0.2" }],
    [
      "publicUrl",
      "publicUrl",
      "VIRTUOSO_PUBLIC_URL",
      "https://Desk.Example:443/",
      "https://desk.example",
      { publicUrl: "https://other.example" },
    ],
    [
      "allowedHosts",
      "allowedHosts",
      "VIRTUOSO_ALLOWED_HOSTS",
      "desk.internal, [fd00::1]",
      ["desk.internal", "[fd00::1]"],
      { allowedHosts: ["other"] },
    ],
    [
      "proxies",
      "proxies",
      "VIRTUOSO_PROXIES",
      "10.0.0.2,fd00::/8",
      ["10.0.0.2", "fd00::/8"],
      { proxies: ["10.0.0.3"] },
    ],
    ["basePath", "basePath", "VIRTUOSO_BASE_PATH", "/desk/", "/desk", { basePath: "/other" }],
  ])("%s", async (field, flag, variable, text, value, file) => {
    const ways: readonly (readonly [Config, string])[] = [
      [
        await load({ [flag]: text }, { [variable]: "anything" }, file),
        `--${flag.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      ],
      [await load({}, { [variable]: text }, file), variable],
    ];
    for (const [config, origin] of ways)
      expect({ value: config[field], origin: originOf(config, field) }).toEqual({ value, origin });
    // Compose sets what was left out to an empty text.
    const filed = await load({}, { [variable]: "" }, file);
    expect({ value: filed[field], origin: originOf(filed, field) }).toEqual({
      value: Object.values(file)[0],
      origin: "config file",
    });
    expect(originOf(await load({}, {}), field)).toBe("default");
  });

  test("a certificate and its key, each by its own way", async () => {
    const mixed = await load(
      { tlsCert: "a.pem" },
      { VIRTUOSO_TLS_KEY: "b.pem" },
      { tls: { cert: "c.pem", key: "d.pem" } },
    );
    expect(mixed.tls).toEqual({ cert: resolve("a.pem"), key: resolve("b.pem") });
    expect([originOf(mixed, "tls.cert"), originOf(mixed, "tls.key")]).toEqual(["--tls-cert", "VIRTUOSO_TLS_KEY"]);
    expect((await load({}, {})).tls).toBeNull();
    expect(await refusalOf(load({}, { VIRTUOSO_TLS_CERT: "a.pem" }))).toContain(
      "set VIRTUOSO_TLS_KEY (or --tls-key) too",
    );
  });

  test("a port that was left out is no port 0", async () => {
    expect(
      await load(
        {},
        {
          VIRTUOSO_PORT: "",
          VIRTUOSO_HOST: "",
          VIRTUOSO_REPORTS: "",
          VIRTUOSO_DATA: "",
          VIRTUOSO_AUTH: "",
          VIRTUOSO_LOG_FORMAT: "",
        },
      ),
    ).toMatchObject({ port: 8000, host: "127.0.0.1", data: resolve("data"), auth: "required", logFormat: null });
  });

  test.each<[Record<string, string>, string]>([
    [{ VIRTUOSO_PORT: "http" }, 'VIRTUOSO_PORT: expected a port from 0 to 65535, got "http"'],
    [{ VIRTUOSO_PORT: "65536" }, 'VIRTUOSO_PORT: expected a port from 0 to 65535, got "65536"'],
    [{ VIRTUOSO_HOST: "http://127.0.0.1" }, "VIRTUOSO_HOST: expected an address or a name without scheme and port"],
    [{ VIRTUOSO_HOST: "127.0.0.1:8000" }, "VIRTUOSO_HOST: expected an address or a name without scheme and port"],
    [{ VIRTUOSO_PROXIES: "10.0.0.2,caddy" }, "VIRTUOSO_PROXIES: expected an address or a network such as 10.0.0.0/8"],
    [
      { VIRTUOSO_ALLOWED_HOSTS: "https://desk" },
      "VIRTUOSO_ALLOWED_HOSTS: expected a host name without scheme and port",
    ],
    [{ VIRTUOSO_BASE_PATH: "desk" }, "VIRTUOSO_BASE_PATH: expected a path such as /desk"],
    ...[
      "desk.example",
      "ftp://desk.example",
      "https://me:pw@desk.example",
      "https://desk.example/?a",
      "https://desk.example/#a",
      "https://desk.example/a%20b",
    ].map((text): [Record<string, string>, string] => [
      { VIRTUOSO_PUBLIC_URL: text },
      "VIRTUOSO_PUBLIC_URL: expected an address such as https://desk.example.org",
    ]),
  ])("%o is refused by its name", async (environment, words) => {
    expect(await refusalOf(load({}, environment))).toContain(words);
  });
});

describe("the public URL and the base path name one place", () => {
  test.each<[string | undefined, string | undefined, string | null, string]>([
    ["https://example.org/desk/", undefined, "https://example.org/desk", "/desk"],
    ["https://example.org", "/desk", "https://example.org/desk", "/desk"],
    ["https://example.org/desk", "/desk", "https://example.org/desk", "/desk"],
    ["http://[::1]:8000", undefined, "http://[::1]:8000", ""],
    [undefined, "/desk", null, "/desk"],
  ])("%p and %p", async (publicUrl, basePath, url, path) => {
    const config = await load({}, {}, { publicUrl, basePath });
    expect({ url: config.publicUrl, path: config.basePath }).toEqual({ url, path });
  });

  test("or the start is refused, and both are named", async () => {
    expect(
      await refusalOf(load({ publicUrl: "https://example.org/desk" }, { VIRTUOSO_BASE_PATH: "/other" })),
    ).toContain('server.publicUrl (--public-url) ends in /desk, and server.basePath (VIRTUOSO_BASE_PATH) is "/other"');
  });
});

test.each([
  ["[::1]", "::1"],
  ["::1", "::1"],
  ["0:0:0:0:0:0:0:1", "::1"],
  ["[::]", "::"],
  ["LocalHost", "localhost"],
])("the host %s is %s", async (given, host) => {
  expect((await load({ host: given }, {})).host).toBe(host);
  expect((await load({}, {}, { host: given })).host).toBe(host);
});

async function hsts(server: object) {
  const config = await load({}, {}, server);
  return [
    config.hsts,
    config.serverSettings.find(({ name }) => name === "server.hsts")?.value,
    originOf(config, "hsts"),
  ];
}

test("hsts is off until it is asked for, or the public URL is https, and says who said so", async () => {
  expect(await hsts({})).toEqual([null, "false", "default"]);
  expect(await hsts({ publicUrl: "https://desk.example" })).toEqual([null, "true", "server.publicUrl"]);
  expect(await hsts({ publicUrl: "https://desk.example", hsts: false })).toEqual([false, "false", "config file"]);
  expect(await hsts({ hsts: true })).toEqual([true, "true", "config file"]);
});
