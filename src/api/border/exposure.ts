import { isLoopback } from "../hosts";

/** How it is served, by the config. */
interface Served {
  readonly host: string;
  readonly encrypted: boolean;
  readonly proxies: readonly string[];
  readonly publicUrl: string | null;
  readonly allowedHosts: readonly string[];
}

/** Why passwords and tokens could be read on their way to this daemon, and what to do; null where they cannot. */
export function exposureOf({
  host,
  encrypted,
  proxies,
  publicUrl,
}: Pick<Served, "host" | "encrypted" | "proxies" | "publicUrl">): string | null {
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
}: Pick<Served, "host" | "allowedHosts" | "publicUrl">): string | null {
  if ((host !== "0.0.0.0" && host !== "::") || allowedHosts.length > 0 || publicUrl !== null) return null;
  return (
    "it listens on every address and answers to no name but loopback's: say which address people use, " +
    "such as VIRTUOSO_PUBLIC_URL=https://desk.example.org, and list further names in " +
    "VIRTUOSO_ALLOWED_HOSTS (server.publicUrl and server.allowedHosts in the config)."
  );
}
