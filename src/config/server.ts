import { resolve } from "node:path";
import type { z } from "zod";
import { inPlainWords, plainIssues } from "../core/plain-words";
import { ConfigError } from "./config-error";
import { serverSchema, type ReadServer } from "./server-schema";

/**
 * What a flag and a variable of the environment say as well, so that an image needs no file: their names, and how the
 * text of several is taken apart.
 */
const spellings = {
  host: { flag: "--host", variable: "VIRTUOSO_HOST", schema: serverSchema.shape.host },
  port: { flag: "--port", variable: "VIRTUOSO_PORT", schema: serverSchema.shape.port },
  publicUrl: { flag: "--public-url", variable: "VIRTUOSO_PUBLIC_URL", schema: serverSchema.shape.publicUrl },
  allowedHosts: {
    flag: "--allowed-hosts",
    variable: "VIRTUOSO_ALLOWED_HOSTS",
    schema: serverSchema.shape.allowedHosts,
  },
  basePath: { flag: "--base-path", variable: "VIRTUOSO_BASE_PATH", schema: serverSchema.shape.basePath },
  proxies: { flag: "--proxies", variable: "VIRTUOSO_PROXIES", schema: serverSchema.shape.proxies },
  tlsCert: { flag: "--tls-cert", variable: "VIRTUOSO_TLS_CERT", schema: serverSchema.shape.tls.shape.cert },
  tlsKey: { flag: "--tls-key", variable: "VIRTUOSO_TLS_KEY", schema: serverSchema.shape.tls.shape.key },
} as const;

type Name = keyof typeof spellings;
type Value<N extends Name> = z.output<(typeof spellings)[N]["schema"]>;

const several: ReadonlySet<Name> = new Set<Name>(["allowedHosts", "proxies"]);

/** As typed on the command line; what is a list is separated by commas. */
export type ServerFlags = { readonly [N in Exclude<Name, "port">]?: string | undefined } & {
  readonly port?: number | undefined;
};

/** A setting that holds, and who said so: a flag, a variable, `config file`, `default`, or the setting it follows from. */
export interface ServerSetting {
  readonly name: string;
  readonly value: string | number | readonly string[] | null;
  readonly origin: string;
}

/** How the daemon is reached. */
export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  /** The address people use, the base path in it, without a slash at its end; null where it is not set. */
  readonly publicUrl: string | null;
  readonly allowedHosts: readonly string[];
  /** Empty, or `/desk`. */
  readonly basePath: string;
  /** Addresses and networks whose X-Forwarded-* counts. */
  readonly proxies: readonly string[];
  /** Origins of other sites that may send requests with a token. */
  readonly cors: readonly string[];
  /** Paths of PEM files; null is plain HTTP. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** Whether answers by TLS say for a year that this host is only reached that way; null: those of an https public URL do. */
  readonly hsts: boolean | null;
  /** Each of these, and who said so. */
  readonly serverSettings: readonly ServerSetting[];
}

/** Throws ConfigError for text that is no value of the setting; it begins with the spelling it was given under. */
export function readServerText<N extends Name>(name: N, text: string, under: string = spellings[name].flag): Value<N> {
  const raw =
    name === "port" ? portOf(text) : several.has(name) ? text.split(/[\s,]+/).filter((each) => each !== "") : text;
  const parsed = spellings[name].schema.safeParse(raw, inPlainWords);
  if (parsed.success) return parsed.data as Value<N>;
  const expected =
    name === "port" ? "expected a port from 0 to 65535" : (plainIssues(parsed.error)[0]?.message ?? "cannot be used");
  throw new ConfigError(`${under}: ${expected}${/, got /.test(expected) ? "" : `, got ${JSON.stringify(text)}`}`);
}

function portOf(text: string): number {
  return /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
}

/** Each setting by flag, environment, file, default. Throws ConfigError. */
export function serverOf(
  flags: ServerFlags,
  environment: Readonly<Record<string, string | undefined>>,
  file: ReadServer,
): ServerConfig {
  const settings: ServerSetting[] = [];
  const settle = <T extends ServerSetting["value"]>(name: string, value: T, origin: string): T => {
    settings.push({ name: `server.${name}`, value, origin });
    return value;
  };
  const given = <N extends Name>(
    name: N,
    inFile: Value<N> | undefined,
  ): { readonly value: Value<N>; readonly origin: string } | null => {
    const { flag, variable } = spellings[name];
    const [typed, fromEnvironment] = [flags[name], environment[variable]];
    if (typed !== undefined) return { value: readServerText(name, String(typed)), origin: flag };
    // Compose and its like set what was left out to an empty text.
    if (fromEnvironment) return { value: readServerText(name, fromEnvironment, variable), origin: variable };
    return inFile === undefined ? null : { value: inFile, origin: "config file" };
  };
  const orDefault = <N extends Name>(name: N, inFile: Value<N> | undefined, otherwise: Value<N>): Value<N> => {
    const { value, origin } = given(name, inFile) ?? { value: otherwise, origin: "default" };
    settle(name, value, origin);
    return value;
  };

  const host = orDefault("host", file.host, "127.0.0.1");
  const port = orDefault("port", file.port, 8000);
  const wanted = given("publicUrl", file.publicUrl);
  const below = given("basePath", file.basePath);
  const basePath = basePathOf(wanted, below);
  const publicUrl = wanted === null ? null : `${new URL(wanted.value).origin}${basePath}`;
  settle("publicUrl", publicUrl, wanted?.origin ?? "default");
  settle("basePath", basePath, below?.origin ?? (basePath === "" ? "default" : "server.publicUrl"));
  const allowedHosts = orDefault("allowedHosts", file.allowedHosts, []);
  const proxies = orDefault("proxies", file.proxies, []);
  const cors = settle("cors", file.cors ?? [], file.cors === undefined ? "default" : "config file");
  const [cert, key] = [given("tlsCert", file.tls?.cert), given("tlsKey", file.tls?.key)];
  settle("tls.cert", cert && resolve(cert.value), cert?.origin ?? "default");
  settle("tls.key", key && resolve(key.value), key?.origin ?? "default");
  const [one, missing] = cert === null ? [key, spellings.tlsCert] : [cert, spellings.tlsKey];
  if (one !== null && (cert === null || key === null))
    throw new ConfigError(
      `${one.origin}: a certificate and its key belong together: set ${missing.variable} (or ${missing.flag}) too`,
    );
  const tls = cert && key && { cert: resolve(cert.value), key: resolve(key.value) };
  const hsts = file.hsts ?? null;
  settle(
    "hsts",
    String(hsts ?? publicUrl?.startsWith("https:") === true),
    hsts !== null ? "config file" : publicUrl?.startsWith("https:") ? "server.publicUrl" : "default",
  );
  return { host, port, publicUrl, allowedHosts, basePath, proxies, cors, tls, hsts, serverSettings: settings };
}

type Given = { readonly value: string; readonly origin: string } | null;

/** Taken from the public address, where nothing else says it; one without a path leaves it open. */
function basePathOf(wanted: Given, below: Given): string {
  const inUrl = wanted === null ? "" : new URL(wanted.value).pathname.replace(/\/$/, "");
  if (wanted !== null && below !== null && inUrl !== "" && below.value !== inUrl) {
    throw new ConfigError(
      `server.publicUrl (${wanted.origin}) ends in ${inUrl}, and server.basePath (${below.origin}) is ` +
        `${JSON.stringify(below.value)}: they name one place`,
    );
  }
  return inUrl === "" ? (below?.value ?? "") : inUrl;
}
