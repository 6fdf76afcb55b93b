import { z } from "zod";

/** Requests a minute, of one account or token, or of one address where there is none. */
export const defaultRateLimits = {
  overview: 30,
  recentAlerts: 60,
  configRead: 10,
  configWrite: 5,
  signIn: 5,
  /** Credentials that were refused. */
  refused: 60,
  /** Tests of channels: each is a message to somebody. */
  channelTest: 10,
  /** What pages are made of: from memory, the same for everybody. */
  assets: 3000,
  /** What a person's own pages read, all tabs of them together. */
  page: 1200,
  other: 300,
} as const;

export type RateLimitConfig = Readonly<Record<keyof typeof defaultRateLimits, number>>;

export const withoutRateLimits = Object.fromEntries(
  Object.keys(defaultRateLimits).map((name) => [name, 0]),
) as RateLimitConfig;

const perMinuteSchema = z.number().int().min(0).max(1_000_000);

export const rateLimitsSchema = z
  .strictObject(
    Object.fromEntries(Object.keys(defaultRateLimits).map((name) => [name, perMinuteSchema])) as Record<
      keyof RateLimitConfig,
      typeof perMinuteSchema
    >,
  )
  .partial();
