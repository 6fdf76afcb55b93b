import { isLoopback } from "../api/hosts";
import type { Config } from "../config";
import type { Log } from "../telemetry/log";

/** Why passwords and tokens could be read on their way to this daemon, and what to do; null where they cannot. */
export function exposureOf({
  host,
  encrypted,
  proxies,
  publicUrl,
}: Pick<Config, "host" | "proxies" | "publicUrl"> & { readonly encrypted: boolean }): string | null {
  if (isLoopback(host) || encrypted || proxies.length > 0 || publicUrl?.startsWith("https:") === true) return null;
  return (
    `${host} is not loopback and nothing is encrypted: whoever is on the way reads passwords and tokens, ` +
    "and can use them. Set server.tls (VIRTUOSO_TLS_CERT and VIRTUOSO_TLS_KEY), or serve it behind a proxy " +
    "that does TLS and name that in server.proxies (VIRTUOSO_PROXIES)."
  );
}

/** Requests from elsewhere by a name are all refused; null where some are answered. */
export function namelessness({
  host,
  allowedHosts,
  publicUrl,
}: Pick<Config, "host" | "allowedHosts" | "publicUrl">): string | null {
  if ((host !== "0.0.0.0" && host !== "::") || allowedHosts.length > 0 || publicUrl !== null) return null;
  return (
    "it listens on every address and answers to no name but loopback's: say by which address people ask, " +
    "such as VIRTUOSO_PUBLIC_URL=https://desk.example.org, and list further names in " +
    "VIRTUOSO_ALLOWED_HOSTS (server.publicUrl and server.allowedHosts in the config)."
  );
}

/** Framed and wide: among lines of a log it is the one that is seen. */
function framed(text: string, width = 76): string {
  const lines = text.split(" ").reduce<string[]>((all, word) => {
    const last = all.at(-1);
    if (last === undefined || last.length + word.length + 1 > width) all.push(word);
    else all[all.length - 1] = `${last} ${word}`;
    return all;
  }, []);
  const edge = "!".repeat(width + 6);
  return [edge, ...lines.map((line) => `!! ${line.padEnd(width)} !!`), edge].join("\n");
}

const warnAgainEveryMs = 60 * 60_000;

/** Said at the start where it cannot be missed, and every hour after. */
export function warnOfExposure(config: Config, log: Log): Disposable {
  const nameless = namelessness(config);
  if (nameless !== null) log.warn(nameless);
  const exposure = exposureOf({ ...config, encrypted: config.tls !== null });
  if (exposure === null) return { [Symbol.dispose]: () => undefined };
  log.error(exposure);
  process.stderr.write(`${framed(exposure)}\n`);
  const timer = setInterval(() => log.error(exposure), warnAgainEveryMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
