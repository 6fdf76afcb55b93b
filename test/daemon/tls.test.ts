import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import pino from "pino";
import { exposureOf, namelessness } from "../../src/api/border/exposure";
import { readCertificate } from "../../src/daemon/certificate";
import { StartError } from "../../src/daemon/start-error";
import { CertificateRenewal } from "../../src/daemon/tls";
import { virtuoso } from "../commands/program";
import { signedIn, startGuardedDaemon, type GuardedDaemon, type SignedIn } from "../support/access";
import { until } from "../support/daemon";

setDefaultTimeout(60_000);

const fixtures = join(import.meta.dir, "../fixtures/tls");

function put(folder: string, which: "one" | "two" | "ended"): void {
  for (const part of ["cert", "key"]) copyFileSync(join(fixtures, `${which}-${part}.pem`), join(folder, `${part}.pem`));
}

let given: GuardedDaemon;
let session: SignedIn;
beforeAll(async () => {
  given = await startGuardedDaemon({
    config: 'export default { server: { tls: { cert: "FOLDER/cert.pem", key: "FOLDER/key.pem" } } };',
    before: (folder) => put(folder, "one"),
  });
  await given.addUser("ada", "admin");
  session = await signedIn(
    await ask("/api/auth/login", {
      method: "POST",
      headers: { "content-type": "application/json", "origin": given.url },
      body: JSON.stringify({ username: "ada", password: given.password }),
    }),
  );
});
afterAll(() => given[Symbol.asyncDispose]());

/** Whose it is; empty where the connection came in the very moment one server took over from the other. */
function certificateServed(): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(
      { host: "127.0.0.1", port: Number(new URL(given.url).port), rejectUnauthorized: false },
      () => {
        resolve(String(socket.getPeerCertificate().subject.CN));
        socket.end();
      },
    );
    socket.on("error", () => resolve(""));
  });
}

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${given.url}${path}`, { ...init, tls: { rejectUnauthorized: false } });
}

test("it is served by TLS, and pins no localhost to that for a year", async () => {
  expect(given.url).toStartWith("https://");
  for (const path of ["/healthz", "/dashboard", "/api/dashboard/overview", "/nothing", "/api/dashboard/ws"]) {
    expect((await ask(path)).headers.get("strict-transport-security")).toBeNull();
  }
  const change = {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "origin": given.url,
      "cookie": session.cookie,
      "x-csrf-token": session.csrf,
    },
    body: "{}",
  };
  expect((await ask("/api/dashboard/config", change)).status).toBe(200);
  expect(
    (
      await ask("/api/dashboard/config", {
        ...change,
        headers: { ...change.headers, origin: given.url.replace("https:", "http:") },
      })
    ).status,
  ).toBe(403);
  expect(fetch(given.url.replace("https:", "http:"))).rejects.toThrow();
});

test("a renewed certificate is served without a restart; sockets are asked to come back; a bad one is refused", async () => {
  expect(await certificateServed()).toBe("one");
  const socket = new WebSocket(`${given.url.replace("https", "wss")}/api/dashboard/ws`, {
    headers: { cookie: session.cookie, origin: given.url },
    tls: { rejectUnauthorized: false },
  } as never);
  const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
  await new Promise((resolve) => socket.addEventListener("message", resolve, { once: true }));

  put(given.folder, "two");
  await until("the new certificate", async () => (await certificateServed()) === "two");
  expect(await closed).toBe(1001);
  expect((await ask("/healthz")).status).toBe(200);

  writeFileSync(join(given.folder, "cert.pem"), "nonsense");
  expect(() => readCertificate(given.config, Date.now())).toThrow("holds no certificate in PEM");
  put(given.folder, "one");
  await until("the old certificate again", async () => (await certificateServed()) === "one");
});

/** What the daemon's runtime gets by `fetch` in a process with this variable set: the status, or the code of its error. */
async function requestTrusting(extraAuthorities: string): Promise<string> {
  const words = [
    process.execPath,
    "-e",
    `fetch(${JSON.stringify(`${given.url}/healthz`)}).then(({ status }) => console.log(status), ({ code }) => console.log(code))`,
  ];
  const child = Bun.spawn(words, {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: extraAuthorities },
    stdout: "pipe",
    stderr: "inherit",
  });
  return (await new Response(child.stdout).text()).trim();
}

test("a server whose authority is one's own is believed once NODE_EXTRA_CA_CERTS names it", async () => {
  expect(await requestTrusting("")).toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
  expect(await requestTrusting(join(fixtures, "one-cert.pem"))).toBe("200");
});

async function health(): Promise<{ status: string; checks: Record<string, { status: string; message: string }> }> {
  return (await (await ask("/api/dashboard/health", { headers: { cookie: session.cookie } })).json()) as Awaited<
    ReturnType<typeof health>
  >;
}

test("one that has ended is not taken: the old one is served on, health says so and why, until a good one comes", async () => {
  put(given.folder, "one");
  await until("the first certificate", async () => (await certificateServed()) === "one");
  expect((await health()).checks["certificate"]).toMatchObject({
    status: "healthy",
    message: expect.stringContaining("2126-10-28"),
  });

  put(given.folder, "ended");
  const refused = await until("the refusal", async () =>
    ((now) => (now.checks["certificate"]?.status === "healthy" ? null : now))(await health()),
  );
  expect(refused).toMatchObject({
    status: "degraded",
    checks: {
      certificate: {
        status: "degraded",
        message: expect.stringMatching(/; the new one is refused: server\.tls\.cert: .*ended on 2025-01-01/),
      },
    },
  });
  expect(await certificateServed()).toBe("one");

  put(given.folder, "two");
  await until("the good one", async () => (await certificateServed()) === "two");
  await until("health again", async () => (await health()).checks["certificate"]?.status === "healthy");
});

test("who signs in over it at the root gets cookies of this host alone", () => {
  const set = session.setCookies.filter((each) => !each.includes("Max-Age=0"));
  expect(set).toHaveLength(3);
  for (const each of set)
    expect(each).toMatch(
      /^__Host-virtuoso_[^=]+=[^;]+; Path=\/; Max-Age=\d+; Secure; HttpOnly; SameSite=(Lax|Strict)$/,
    );
});

test("a start with files that do not belong together is one clear line", async () => {
  const file = join(given.folder, "bad.config.ts");
  writeFileSync(
    file,
    `export default { server: { tls: { cert: "${join(fixtures, "one-cert.pem")}", key: "${join(fixtures, "two-key.pem")}" } } };`,
  );
  const ended = await virtuoso([
    "serve",
    "--config",
    file,
    "--port",
    "0",
    "--data",
    join(given.folder, "other"),
    "--reports",
    given.reports,
  ]);
  expect(ended).toMatchObject({ code: 1, out: "" });
  expect(ended.err).toMatch(/^error: server\.tls: [^\n]+\n$/);
});

test("an unencrypted bind is pointed out", () => {
  const bare = { host: "192.0.2.1", encrypted: false, proxies: [], allowedHosts: [], publicUrl: null };
  expect(exposureOf(bare)).toContain("192.0.2.1");
  expect(exposureOf({ ...bare, host: "::1" })).toBeNull();
  expect(exposureOf({ ...bare, proxies: ["192.0.2.9"] })).toBeNull();
  expect(exposureOf({ ...bare, encrypted: true })).toBeNull();
  expect(exposureOf({ ...bare, publicUrl: "http://desk.example" })).not.toBeNull();
  expect(exposureOf({ ...bare, publicUrl: "https://desk.example" })).toBeNull();
  expect(namelessness({ ...bare, host: "0.0.0.0" })).not.toBeNull();
  expect(namelessness({ ...bare, host: "0.0.0.0", allowedHosts: ["desk.example"] })).toBeNull();
  expect(namelessness({ ...bare, host: "0.0.0.0", publicUrl: "https://desk.example" })).toBeNull();
  expect(namelessness(bare)).toBeNull();
});

test("a certificate that has ended or does not hold yet is refused with the day", () => {
  const { tls } = given.config;
  put(given.folder, "one");
  expect(() => readCertificate({ tls }, Date.parse("2127-01-01"))).toThrow("ended on 2126-10-28 09:36 UTC");
  expect(() => readCertificate({ tls }, Date.parse("2026-01-01"))).toThrow("is not valid before 2026-11-21 09:36 UTC");
  expect(readCertificate({ tls }, Date.parse("2027-01-01"))).toMatchObject({
    name: "localhost",
    endsAt: Date.parse("2126-10-28T09:36:32Z"),
    doubt: null,
  });
  expect(() =>
    readCertificate({ tls: { cert: join(fixtures, "one-cert.pem"), key: join(fixtures, "two-key.pem") } }, Date.now()),
  ).toThrow("is not the key of the certificate");
});

function handshake(ciphers: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(
      {
        host: "127.0.0.1",
        port: Number(new URL(given.url).port),
        rejectUnauthorized: false,
        minVersion: "TLSv1.2",
        maxVersion: "TLSv1.2",
        ciphers,
      },
      () => {
        resolve(socket.getCipher().name);
        socket.end();
      },
    );
    socket.on("error", () => resolve("refused"));
  });
}

test("CBC is refused, AEAD is not", async () => {
  expect(
    await until(
      "a handshake",
      async () => (await handshake("ECDHE-ECDSA-AES128-GCM-SHA256")) === "ECDHE-ECDSA-AES128-GCM-SHA256",
    ),
  ).toBe(true);
  expect(await handshake("ECDHE-ECDSA-AES128-SHA")).toBe("refused");
});

const refuses = () => {
  throw new StartError("port 8000 is taken");
};

test("where nothing listens any more with the new certificate, the daemon is stopped, once, and no old one is said to stay", async () => {
  const folder = mkdtempSync(join(tmpdir(), "virtuoso-renewal-"));
  try {
    put(folder, "one");
    const config = { tls: { cert: join(folder, "cert.pem"), key: join(folder, "key.pem") } };
    const logged: string[] = [];
    const lost: string[] = [];
    using renewal = new CertificateRenewal(config, readCertificate(config, Date.now()), {
      log: pino({}, { write: (line: string) => void logged.push(line) }),
      now: Date.now,
      changed: refuses,
      lost: ({ message }) => lost.push(message),
      served: () => undefined,
    });
    put(folder, "two");
    await until("the loss", () => lost.length > 0);
    expect(lost).toEqual(["port 8000 is taken"]);
    expect(logged).toEqual([]);
    expect(renewal.status).toMatchObject({ refused: null });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
