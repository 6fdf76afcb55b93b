import { expect, test } from "bun:test";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { virtuoso } from "../commands/program";
import { Running } from "../commands/running";
import { until } from "../support/daemon";

const fixtures = join(import.meta.dir, "../fixtures/tls");

test("doctor goes by what the daemon was started with, not by the shell it is asked from", async () => {
  const folder = mkdtempSync(join(tmpdir(), "virtuoso-asked-"));
  try {
    const [data, elsewhere, file] = [join(folder, "data"), join(folder, "elsewhere"), join(folder, "desk.config.ts")];
    for (const each of ["reports", "elsewhere"]) mkdirSync(join(folder, each));
    const certificate = join(folder, "cert.pem");
    copyFileSync(join(fixtures, "one-cert.pem"), certificate);
    writeFileSync(
      file,
      'import { defineConfig, env } from "virtuoso";\nexport default defineConfig({ auth: { oidc: { ' +
        'issuer: "https://id.example", clientId: "desk", clientSecret: env("DESK_SECRET"), roles: {} } } });',
    );
    writeFileSync(join(elsewhere, "virtuoso.config.ts"), "export default { sorces: [] };");
    await using serving = new Running(["serve", "--config", file], folder, {
      VIRTUOSO_AUTH: "required",
      VIRTUOSO_DATA: data,
      VIRTUOSO_REPORTS: "reports",
      VIRTUOSO_PORT: "0",
      VIRTUOSO_PROXIES: "10.0.0.2",
      VIRTUOSO_PUBLIC_URL: "https://desk.example",
      DESK_SECRET: "of the daemon",
      VIRTUOSO_TLS_CERT: certificate,
      VIRTUOSO_TLS_KEY: join(fixtures, "one-key.pem"),
    });
    await serving.says(/ready https:/);
    const check = async () => {
      const { out } = await virtuoso(["doctor", "--data", data, "-o", "json"], {
        cwd: elsewhere,
        environment: {
          VIRTUOSO_PORT: "nonsense",
          VIRTUOSO_AUTH: "off",
          VIRTUOSO_PROXIES: "192.0.2.1",
          VIRTUOSO_TLS_CERT: "missing.pem",
          VIRTUOSO_TLS_KEY: "missing.pem",
        },
      });
      const found = JSON.parse(out) as { subject: string; state: string; message: string }[];
      return (subject: string) =>
        found.filter((each) => each.subject === subject).map(({ state, message }) => `${state}: ${message}`);
    };

    const before = await check();
    expect(before("config")).toEqual([`ok: the daemon goes by ${file}`]);
    expect(before("network")).toEqual([
      expect.stringMatching(
        /^ok: served on 127\.0\.0\.1.*server\.publicUrl https:\/\/desk\.example \(VIRTUOSO_PUBLIC_URL\).*server\.proxies 10\.0\.0\.2 \(VIRTUOSO_PROXIES\)/,
      ),
    ]);
    expect(before("certificate")).toEqual([expect.stringMatching(/^ok: .*2126/)]);
    expect(before("access")).toEqual([expect.stringMatching(/^ok: no account yet/)]);

    // As it would take it by now, and from the file it was started with, whatever the config says since.
    copyFileSync(join(fixtures, "ended-cert.pem"), certificate);
    expect((await check())("certificate")).toEqual([expect.stringMatching(/^failed: server\.tls: /)]);

    writeFileSync(file, "export default { heartbeet: 1 };");
    await until(
      "the refusal",
      async () =>
        (await check())("config").some(
          (line) => line.startsWith("failed: what held before stays: ") && line.includes("heartbeet"),
        ),
      30_000,
    );
    writeFileSync(file, 'export default { log: { level: "debug" } };');
    await until(
      "the need of a restart",
      async () =>
        (await check())("config").some(
          (line) => line.startsWith("warning: ") && line.endsWith("holds after a restart: logLevel"),
        ),
      30_000,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 90_000);
