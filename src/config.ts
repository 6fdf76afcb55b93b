import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { ConfigError } from "./config/config-error";
import { configuredChannels } from "./config/configured-channels";
import { defineConfig, reports, rule } from "./config/define";
import { sourceOf, withoutUndefined, type Source } from "./config/effective";
import { dataFolder } from "./config/environment";
import { readConfigFile } from "./config/file";
import { missingName } from "./config/missing-name";
import { missingCalendar } from "./config/routes";
import { defaultRateLimits, withoutRateLimits, type RateLimitConfig } from "./config/rate-limits";
import { hideSecret } from "./config/redaction";
import { configSchema, type ReadConfig, type ReadSource } from "./config/schema";
import { env, file, revealed, type SecretReference } from "./config/secret";
import { serverOf, type ServerConfig, type ServerFlags } from "./config/server";
import { dayMs, minuteMs } from "./core/duration";
import type { Channel } from "./notify/deliver-deps";
import { binance, bybit } from "./exchange/config";

export { binance, bybit, ConfigError, defineConfig, env, file, reports, rule };
export { exchangeCalendar, hours } from "./config/calendars";
export * from "./config/channel-constructors";

/** What was given on the command line; undefined where nothing was. */
export interface Flags extends ServerFlags {
  /** Null: where the config says, whatever the environment says. */
  readonly reports?: string | null | undefined;
  readonly data?: string | undefined;
  readonly config?: string | undefined;
  readonly logFormat?: "pretty" | "json" | undefined;
}

/** Everything a start needs to know, each field by precedence flag > environment > file > default. */
export interface Config extends ServerConfig {
  /** Path of the file it came from; null where there is none. */
  readonly path: string | null;
  /** Reads file and environment anew, under the same flags. Throws ConfigError. */
  readonly reload: () => Promise<Config>;
  readonly file: ReadConfig;
  readonly sources: readonly Source[];
  readonly readSources: readonly ReadSource[];
  readonly data: string;
  /** Requests a minute, by what they are for; 0 is without limit. */
  readonly rateLimits: RateLimitConfig;
  readonly connections: number;
  readonly connectionsPerAddress: number;
  /** How many alerts of other systems one token may keep standing. */
  readonly externalAlertsPerToken: number;
  readonly heartbeatMs: number;
  /** `off`: whoever reaches it is its owner; only on loopback. */
  readonly auth: "required" | "off";
  /** What tokens are signed with; null: made once in the data folder. */
  readonly jwtSecret: string | null;
  /** How long a session lives unused. */
  readonly sessionTimeoutMs: number;
  readonly secondFactorNeeded: boolean;
  /** The identity provider that may vouch for people; null where there is none. */
  readonly oidc: Oidc | null;
  /** Secrets the config names that are not set: one line each. */
  readonly missingSecrets: readonly string[];
  /** Whom it notifies, their secrets read; one whose secret is not set is not among them. */
  readonly channels: readonly Channel[];
  readonly maxExportRows: number;
  readonly retention: Retention;
  readonly backup: Backup;
  readonly logFormat: "pretty" | "json" | null;
  readonly logLevel: "debug" | "info" | "warn" | "error";
}

/** An OpenID Connect provider, its secret read. */
export interface Oidc {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly scopes: string;
  readonly claim: string;
  readonly roles: Readonly<Record<string, "admin" | "trader" | "analyst" | "viewer" | "ingest">>;
  readonly label: string;
  readonly redirectUri: string | null;
  /** How far the provider's clock may be off. */
  readonly clockToleranceMs: number;
  /** Whoever signs out here signs out there too, where the provider offers it. */
  readonly signsOut: boolean;
}

/** Copies of the database. */
export interface Backup {
  readonly dir: string;
  /** Null: only on request. */
  readonly everyMs: number | null;
  /** The newest so many stay. */
  readonly keep: number;
}

/** How long each is kept, ms; null is for ever. */
export interface Retention {
  readonly signals: number | null;
  readonly raw: number | null;
  readonly decisions: number | null;
  readonly events: number | null;
  readonly alerts: number | null;
  readonly deliveries: number | null;
}

/** Reads flags, environment and file once. Throws ConfigError. */
export async function loadConfig(
  flags: Flags,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Config> {
  // Before the file is read: what it throws may hold it.
  for (const [name, value] of Object.entries(environment))
    if (/token|secret|passw|credential|api_?key/i.test(name)) hideSecret(value);
  const path = configPath(flags.config ?? (environment["VIRTUOSO_CONFIG"] || undefined));
  const file = path === null ? configSchema.parse({}) : await readConfigFile(path);
  return assemble(file, path, flags, environment);
}

/**
 * For commands that have work to do whatever the file says: where it cannot be used, the defaults stand in its place,
 * and the reason is given. Throws ConfigError for what is wrong outside of it.
 */
export async function loadConfigOrDefaults(
  flags: Flags,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<{ readonly config: Config; readonly refused: string | null }> {
  try {
    return { config: await loadConfig(flags, environment), refused: null };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { config: assemble(configSchema.parse({}), null, flags, environment), refused: error.message };
  }
}

function assemble(
  file: ReadConfig,
  path: string | null,
  flags: Flags,
  environment: Readonly<Record<string, string | undefined>>,
): Config {
  const reportsDir =
    flags.reports === null ? undefined : (flags.reports ?? (environment["VIRTUOSO_REPORTS"] || undefined));
  checkCalendars(file);
  const readSources = file.sources ?? [{ kind: "reports", name: "reports" } satisfies ReadSource];
  const limitsOff =
    oneOf("VIRTUOSO_RATE_LIMITS", environment["VIRTUOSO_RATE_LIMITS"], ["on", "off"] as const) === "off";
  const missingSecrets: string[] = [];
  /** Only a start needs them: a command that only lists has another environment. */
  const secretIn = (path: string) => (reference: SecretReference) => {
    const found = revealed(reference, environment);
    if ("missing" in found) missingSecrets.push(`config: ${path}: ${found.missing}`);
    return "missing" in found ? null : found.value;
  };
  const limits = file.limits ?? {};
  const kept = file.retention ?? {};
  const data = dataFolder(flags.data, environment);
  return {
    path,
    reload: () => loadConfig(flags, environment),
    file,
    readSources,
    sources: placeSources(readSources, reportsDir),
    data,
    ...serverOf(flags, environment, file.server ?? {}),
    rateLimits: limitsOff ? withoutRateLimits : { ...defaultRateLimits, ...withoutUndefined(limits.perMinute ?? {}) },
    connections: limitsOff ? Number.POSITIVE_INFINITY : (limits.connections ?? 100),
    connectionsPerAddress: limitsOff ? Number.POSITIVE_INFINITY : (limits.connectionsPerAddress ?? 10),
    externalAlertsPerToken: limits.externalAlertsPerToken ?? 1000,
    heartbeatMs: limits.heartbeat ?? 15_000,
    auth: oneOf("VIRTUOSO_AUTH", environment["VIRTUOSO_AUTH"], ["required", "off"] as const) ?? "required",
    jwtSecret: environment["VIRTUOSO_JWT_SECRET"] || null,
    sessionTimeoutMs: file.auth?.sessionTimeout ?? dayMs,
    secondFactorNeeded: file.auth?.totp === "required",
    oidc: file.auth?.oidc === undefined ? null : oidcOf(file.auth.oidc, secretIn("auth.oidc.clientSecret")),
    missingSecrets,
    channels: configuredChannels(file.channels ?? [], secretIn),
    maxExportRows: file.export?.maxRows ?? 100_000,
    backup: {
      dir: resolve(file.backup?.dir ?? join(data, "backups")),
      everyMs: file.backup?.every ?? null,
      keep: file.backup?.keep ?? 7,
    },
    retention: {
      signals: kept.signals === undefined ? 90 * dayMs : kept.signals,
      raw: kept.raw === undefined ? 30 * dayMs : kept.raw,
      decisions: kept.decisions === undefined ? 30 * dayMs : kept.decisions,
      events: kept.events === undefined ? 7 * dayMs : kept.events,
      alerts: kept.alerts === undefined ? 365 * dayMs : kept.alerts,
      deliveries: kept.deliveries === undefined ? 90 * dayMs : kept.deliveries,
    },
    logFormat:
      flags.logFormat ??
      oneOf("VIRTUOSO_LOG_FORMAT", environment["VIRTUOSO_LOG_FORMAT"], ["pretty", "json"] as const) ??
      file.log?.format ??
      null,
    logLevel: file.log?.level ?? "info",
  };
}

/** Throws ConfigError where a calendar is named that is not there: nothing would be expected, and nothing said. */
function checkCalendars({ sources = [], calendars = {}, routes = [] }: ReadConfig): void {
  const names = Object.keys(calendars);
  const lost = sources.find(({ calendar }) => calendar !== undefined && !names.includes(calendar));
  const missing =
    lost?.calendar === undefined
      ? missingCalendar(routes, names)
      : missingName(`the source ${lost.name}`, "calendar", lost.calendar, names);
  if (missing !== null) throw new ConfigError(`config: ${missing}`);
}

/** Where each source reads. A folder named by flag or environment wins over the file, which must leave no doubt whose it is. */
function placeSources(sources: readonly ReadSource[], named: string | undefined): Source[] {
  const unplaced = sources.filter(({ dir }) => dir === undefined);
  const [only] = sources.length === 1 ? sources : unplaced;
  if (named !== undefined && only === undefined) {
    const names = sources.map(({ name }) => name).join(", ");
    throw new ConfigError(
      `--reports (or VIRTUOSO_REPORTS) ${named}: the config gives a folder to each of its sources (${names}); change it there`,
    );
  }
  const placed = sources.map((source) => {
    const read = sourceOf(named !== undefined && source === only ? { ...source, dir: named } : source);
    return { ...read, dir: resolve(read.dir) };
  });
  for (const [index, { name, dir }] of placed.entries()) {
    const twin = placed.slice(0, index).find((other) => other.dir === dir);
    if (twin)
      throw new ConfigError(
        `config: the sources ${twin.name} and ${name} read the same folder ${dir}: each of its reports would be read twice`,
      );
  }
  return placed;
}

function oidcOf(
  read: NonNullable<NonNullable<ReadConfig["auth"]>["oidc"]>,
  secretOf: (reference: SecretReference) => string | null,
): Oidc {
  return {
    issuer: read.issuer,
    clientId: read.clientId,
    clientSecret: read.clientSecret === undefined ? null : secretOf(read.clientSecret),
    scopes: read.scopes ?? "openid profile email",
    claim: read.claim ?? "groups",
    roles: read.roles,
    label: read.label ?? "Sign in with your organisation",
    redirectUri: read.redirectUri ?? null,
    clockToleranceMs: read.clockTolerance ?? minuteMs,
    signsOut: read.signOut !== "here",
  };
}

function configPath(given: string | undefined): string | null {
  if (given === undefined) return existsSync("virtuoso.config.ts") ? resolve("virtuoso.config.ts") : null;
  if (!existsSync(given)) throw new ConfigError(`config: no such file: ${given}`);
  if (statSync(given).isDirectory()) throw new ConfigError(`config: ${given} is a folder: name the file in it`);
  return resolve(given);
}

function oneOf<const T extends string>(name: string, text: string | undefined, allowed: readonly T[]): T | undefined {
  if (!text) return undefined;
  const match = allowed.find((each) => each === text);
  if (match === undefined)
    throw new ConfigError(`${name}: expected ${allowed.join(" or ")}, got ${JSON.stringify(text)}`);
  return match;
}
