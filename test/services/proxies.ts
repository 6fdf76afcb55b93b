import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startGuardedDaemon, type GuardedDaemon } from "../support/access";
import { freePort, started, type Server } from "./servers";

type ProxyName = "nginx" | "haproxy" | "caddy";

/** A way of standing behind a proxy. */
export interface ProxyStatus {
  readonly proxy: ProxyName;
  /** Empty, or `/desk`. */
  readonly below: string;
  /** The proxy asks the daemon by TLS too. */
  readonly tlsInside: boolean;
}

/** A desk behind a proxy that runs what the README says. */
export interface ProxiedDaemon extends AsyncDisposable {
  /** The address people use, the path in it. */
  readonly url: string;
  readonly daemon: GuardedDaemon;
}

const root = join(import.meta.dir, "../..");
const certificates = join(root, "test/fixtures/tls");

/**
 * The text of the README's operations for this proxy, its comments about this standing put into practice. Throws where
 * there is not exactly one.
 */
function snippetOf({ proxy, below, tlsInside }: ProxyStatus): string {
  const language = proxy === "caddy" ? "caddyfile" : proxy;
  const section = readFileSync(join(root, "README.md"), "utf8").split("### Behind a proxy")[1] ?? "";
  const [only, ...others] = [...section.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"))].map(
    ([, text]) => text ?? "",
  );
  if (only === undefined || others.length > 0) throw new Error(`README.md has no snippet of its own for ${proxy}`);
  const lines: string[] = [];
  for (const line of only.split("\n")) {
    const [, when, how, text = ""] =
      /^\s*# (below a path|TLS to the daemon too), (instead|also): (.*)$/.exec(line) ?? [];
    if (when === undefined) lines.push(line);
    else if (when === "below a path" ? below !== "" : tlsInside) {
      if (how === "instead") lines.pop();
      lines.push(text);
    }
  }
  return lines.join("\n");
}

/** Throws where the snippet does not say what is to be replaced. */
function inPlaceOf(snippet: string, replacements: Readonly<Record<string, string>>): string {
  let text = snippet;
  for (const [said, meant] of Object.entries(replacements)) {
    if (!text.includes(said)) throw new Error(`the snippet says no ${said}:\n${text}`);
    text = text.replaceAll(said, meant);
  }
  return text;
}

export async function startProxiedDaemon(status: ProxyStatus): Promise<ProxiedDaemon> {
  const folder = mkdtempSync(join(tmpdir(), `virtuoso-${status.proxy}-`));
  const port = freePort();
  const url = `https://127.0.0.1:${port}${status.below}`;
  for (const part of ["cert", "key"]) copyFileSync(join(certificates, `one-${part}.pem`), join(folder, `${part}.pem`));
  copyFileSync(join(certificates, "two-cert.pem"), join(folder, "inside.pem"));
  writeFileSync(
    join(folder, "both.pem"),
    readFileSync(join(folder, "cert.pem"), "utf8") + readFileSync(join(folder, "key.pem"), "utf8"),
  );
  const tls = status.tlsInside
    ? `, tls: { cert: "${certificates}/two-cert.pem", key: "${certificates}/two-key.pem" }`
    : "";
  const daemon = await startGuardedDaemon({
    limits: true,
    config:
      `export default { server: { publicUrl: "${url}", proxies: ["127.0.0.1"]${tls} }, limits: { ` +
      "perMinute: { overview: 0, recentAlerts: 0, configRead: 0, assets: 0, other: 0, refused: 20 } } };",
  });
  const replacements: Record<string, string> = { "127.0.0.1:8000": new URL(daemon.url).host, "/etc/ssl/desk": folder };
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const server = await startProxy(status.proxy, inPlaceOf(snippetOf(status), replacements), folder, new URL(url));
    return {
      url,
      daemon,
      [Symbol.asyncDispose]: async () => {
        await server[Symbol.asyncDispose]();
        await daemon[Symbol.asyncDispose]();
        remove();
      },
    };
  } catch (error) {
    await daemon[Symbol.asyncDispose]();
    remove();
    throw error;
  }
}

function startProxy(proxy: ProxyName, snippet: string, folder: string, { host, pathname }: URL): Promise<Server> {
  const file = join(folder, "proxy.conf");
  const ready = { path: pathname === "/" ? "/healthz" : `${pathname}/healthz`, loud: false };
  if (proxy === "haproxy") {
    writeFileSync(file, inPlaceOf(snippet, { "bind :443": `bind ${host}` }));
    return started("haproxy", `https://${host}`, ["-f", file], ready);
  }
  if (proxy === "caddy") {
    // Nothing of it asks the internet, listens elsewhere or writes to a home.
    writeFileSync(
      file,
      `{\n  admin off\n  auto_https disable_redirects\n  skip_install_trust\n}\n${inPlaceOf(snippet, { "desk.example {": `https://${host} {` })}`,
    );
    const home = { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
    return started("caddy", `https://${host}`, ["run", "--adapter", "caddyfile", "--config", file], {
      ...ready,
      env: home,
    });
  }
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join(" ");
  mkdirSync(join(folder, "logs"));
  // As root it would become somebody who may not read a temporary folder.
  const user = process.getuid?.() === 0 ? "user root;" : "";
  const main =
    `daemon off; ${user} worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log; events { ` +
    "worker_connections 512; }";
  writeFileSync(
    file,
    `${main}\nhttp { access_log off; ${temporary}\n${inPlaceOf(snippet, { "listen 443": `listen ${host}`, "desk.example": "127.0.0.1" })}\n}\n`,
  );
  return started("nginx", `https://${host}`, ["-p", folder, "-c", file, "-e", `${folder}/error.log`], ready);
}
