import { z } from "zod";
import { alertTypes } from "../core/alert";
import { isMatcherName, matchSchema } from "../core/match-schema";
import { nameSchema } from "../core/name-schema";
import { matcherNames } from "../core/matcher";
import { plainIssues } from "../core/plain-words";
import { hostReadings } from "../core/observation";
import type { UserRule } from "../core/settings";
import { tunablesPatchSchema } from "../core/tunables";
import { exchangeSchema } from "../exchange/config";
import { minuteMs, parseDuration } from "../core/duration";
import { calendarsSchema } from "./calendars";
import { channelSchema } from "./channels";
import { routesSchema } from "./routes";
import { secretSchema } from "./secret";
import { durationSchema } from "./duration-schema";
import { rateLimitsSchema } from "./rate-limits";
import { serverSchema } from "./server-schema";
import { zoneSchema } from "./zone-schema";

const percentSchema = z.number().min(0).max(100);

const sourceSchema = z.strictObject({
  kind: z.literal("reports"),
  name: nameSchema,
  dir: z.string().min(1).optional(),
  watch: z.enum(["auto", "poll"]).optional(),
  zone: zoneSchema.optional(),
  strategy: z.string().min(1).max(100).optional(),
  score: z.enum(["auto", "directional", "strength"]).optional(),
  reliability: z.enum(["auto", "ratio", "percent"]).optional(),
  freshFor: durationSchema.optional(),
  expectEvery: durationSchema.optional(),
  calendar: z.string().optional(),
  minScore: percentSchema.optional(),
  minReliability: percentSchema.optional(),
  maxAlerts: z.number().int().min(1).max(100).optional(),
  cooldown: durationSchema.optional(),
  map: z.record(z.string().max(60), z.string().min(1).max(200)).optional(),
});

const ruleSchema = z.custom<UserRule>(
  (value) =>
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    typeof value.name === "string" &&
    "judge" in value &&
    typeof value.judge === "function",
  "expected rule(name, function)",
);

const silenceSchema = z.strictObject({
  match: z.union([
    matchSchema,
    z.strictObject({
      type: z.enum(alertTypes).optional(),
      source: z.string().optional(),
      symbol: z.string().optional(),
      rule: z.string().optional(),
    }),
  ]),
  until: z.iso.datetime({ offset: true }),
  why: z.string().min(1).max(300),
  includeHigh: z.boolean().optional(),
});

const inhibitSchema = z.strictObject({
  source: matchSchema,
  target: matchSchema,
  equal: z.array(z.string().refine(isMatcherName, `expected one of ${matcherNames.join(", ")} or label.NAME`)).max(20),
});

const keptSchema = z.string().transform((text, context) => {
  const ms = text === "forever" ? null : parseDuration(text);
  if (ms !== null || text === "forever") return ms;
  context.addIssue({
    code: "custom",
    message: `expected "forever" or a duration such as "90d" or "1y", got ${JSON.stringify(text)}`,
  });
  return z.NEVER;
});

/** Tokens that travel unencrypted may do so on this machine alone. */
const issuerSchema = z
  .url()
  .refine(
    (url) => /^https:\/\/|^http:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/]|$)/.test(url),
    "expected an https address (http on loopback)",
  );

/** Two clocks further apart than this are not a tolerance but a fault. */
const clockToleranceMaxMs = 10 * minuteMs;

const oidcSchema = z.strictObject({
  issuer: issuerSchema,
  clientId: z.string().min(1),
  clientSecret: secretSchema.optional(),
  scopes: z
    .string()
    .regex(/\bopenid\b/, "expected openid among the scopes")
    .optional(),
  claim: z.string().min(1).optional(),
  roles: z.record(z.string(), z.enum(["admin", "trader", "analyst", "viewer", "ingest"])),
  label: z.string().min(1).max(60).optional(),
  redirectUri: z.url().optional(),
  clockTolerance: durationSchema.refine((ms) => ms <= clockToleranceMaxMs, "expected 10m at most").optional(),
  signOut: z.enum(["everywhere", "here"]).optional(),
});

const pathSchema = z.string().regex(/^[^.\s]+(\.[^.\s]+)*$/, 'expected a path such as "data.total_market_cap.usd"');

const figuresSchema = z
  .strictObject({
    name: nameSchema,
    url: z.url({ protocol: /^https?$/ }),
    marketCap: pathSchema.optional(),
    btcDominance: pathSchema.optional(),
    fearAndGreed: pathSchema.optional(),
  })
  .refine(
    ({ marketCap, btcDominance, fearAndGreed }) => marketCap ?? btcDominance ?? fearAndGreed,
    "expected a path of marketCap, btcDominance or fearAndGreed at least",
  )
  .transform(({ name, url, marketCap, btcDominance, fearAndGreed }) => ({
    name,
    url,
    paths: { market_cap: marketCap, btc_dominance: btcDominance, fear_and_greed: fearAndGreed },
  }));

/** What virtuoso.config.ts may say. What is not here is refused: a key without effect would only deceive. */
export const configSchema = z.strictObject({
  sources: z.array(sourceSchema).min(1).optional(),
  rules: z.array(ruleSchema).optional(),
  silences: z.array(silenceSchema).optional(),
  inhibit: z.array(inhibitSchema).max(100).optional(),
  host: z
    .partialRecord(
      z.enum(hostReadings),
      z
        .strictObject({ above: z.number().min(0), for: durationSchema })
        .transform((limit) => ({ above: limit.above, forMs: limit.for })),
    )
    .optional(),
  priorities: z
    .strictObject({ medium: percentSchema, high: percentSchema })
    .refine(({ medium, high }) => medium < high, "medium must be below high")
    .optional(),
  ...tunablesPatchSchema.shape,
  channels: z.array(channelSchema).optional(),
  calendars: calendarsSchema.optional(),
  routes: routesSchema.optional(),
  exchanges: z.array(exchangeSchema).optional(),
  figures: z.array(figuresSchema).optional(),
  scanners: z
    .record(
      z.string(),
      z.strictObject({ interval: durationSchema, timeout: durationSchema, enabled: z.boolean() }).partial(),
    )
    .optional(),
  retention: z
    .strictObject({
      signals: keptSchema,
      raw: keptSchema,
      decisions: keptSchema,
      events: keptSchema,
      alerts: keptSchema,
      deliveries: keptSchema,
      audit: z.literal("forever"),
    })
    .partial()
    .optional(),
  server: serverSchema.partial().optional(),
  limits: z
    .strictObject({
      connections: z.number().int().min(1),
      connectionsPerAddress: z.number().int().min(1),
      externalAlertsPerToken: z.number().int().min(1).max(100_000),
      heartbeat: durationSchema,
      perMinute: rateLimitsSchema,
    })
    .partial()
    .optional(),
  auth: z
    .strictObject({ sessionTimeout: durationSchema, totp: z.enum(["optional", "required"]), oidc: oidcSchema })
    .partial()
    .optional(),
  export: z
    .strictObject({ maxRows: z.number().int().min(1) })
    .partial()
    .optional(),
  backup: z
    .strictObject({ dir: z.string().min(1), every: durationSchema, keep: z.number().int().min(1).max(1000) })
    .partial()
    .optional(),
  log: z
    .strictObject({ format: z.enum(["pretty", "json"]), level: z.enum(["debug", "info", "warn", "error"]) })
    .partial()
    .optional(),
});

/** The config as its author writes it. */
export type ConfigFile = z.input<typeof configSchema>;
/** The config once read: durations in ms. */
export type ReadConfig = z.output<typeof configSchema>;
export type SourceFile = z.input<typeof sourceSchema>;
export type ReadSource = z.output<typeof sourceSchema>;

/** One line an issue: the path in the file, and what was expected there. */
export function describeIssues(error: z.ZodError): string[] {
  return plainIssues(error).map(({ path, message }) => `${path}: ${message}`);
}
