import { z } from "zod";
import { dayMs, hourMs, minuteMs } from "../core/duration";
import { anyMatchSchema } from "../core/match-schema";
import { nameSchema } from "../core/name-schema";
import type { Route } from "../core/notify/route";
import { durationSchema } from "./duration-schema";
import { missingName } from "./missing-name";

const between = (least: number, most: number, words: string) =>
  durationSchema.refine((ms) => ms >= least && ms <= most, `expected ${words}`);

const stepSchema = z.strictObject({
  after: between(0, 7 * dayMs, "0s to 7d").default(0),
  to: z.array(nameSchema).min(1).max(50),
  unless: z.literal("acknowledged").optional(),
});

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day such as "08:00"')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

/** A route as its author writes it, and as planning has it. */
const routeSchema = z
  .strictObject({
    name: nameSchema,
    match: anyMatchSchema.default([]),
    steps: z.array(stepSchema).max(20).default([]),
    group: between(0, dayMs, "0s to 1d").optional(),
    repeat: z
      .strictObject({ every: between(minuteMs, 7 * dayMs, "1m to 7d"), max: z.number().int().min(1).max(100) })
      .optional(),
    quiet: nameSchema.optional(),
    budget: z.strictObject({ perDay: z.number().int().min(1).max(10_000) }).optional(),
    digest: timeOfDay.optional(),
    stop: z.boolean().default(false),
  })
  .refine(({ steps, digest }) => steps.length > 0 || digest !== undefined, "expected steps, or a digest")
  .transform(({ name, match, steps, group, repeat, quiet, budget, digest, stop }): Route => ({
    name,
    match,
    steps: steps.map(({ after, to, unless }) => ({ afterMs: after, to, unlessAcknowledged: unless !== undefined })),
    groupMs: group ?? null,
    repeat: repeat === undefined ? null : { everyMs: repeat.every, max: repeat.max },
    quiet: quiet ?? null,
    perDay: budget?.perDay ?? null,
    digestAt: digest ?? null,
    stop,
  }));

export const routesSchema = z
  .array(routeSchema)
  .min(1, "expected a route, or no list")
  .max(100)
  .refine((routes) => new Set(routes.map(({ name }) => name)).size === routes.length, "expected names that differ");

/** A route as its author writes it. */
export type RouteFile = z.input<typeof routeSchema>;

/** The route as its author may have written it: what stands as it does anyway is left out. */
export function writtenRoute(route: Route): RouteFile {
  const { name, match, steps, groupMs, repeat, quiet, perDay, digestAt, stop } = route;
  return {
    name: name ?? "default",
    match: [...match],
    steps: steps.map(({ afterMs, to, unlessAcknowledged }) => ({
      after: writtenDuration(afterMs),
      to: [...to],
      ...(unlessAcknowledged && { unless: "acknowledged" as const }),
    })),
    ...(groupMs !== null && { group: writtenDuration(groupMs) }),
    ...(repeat !== null && { repeat: { every: writtenDuration(repeat.everyMs), max: repeat.max } }),
    ...(quiet !== null && { quiet }),
    ...(perDay !== null && { budget: { perDay } }),
    ...(digestAt !== null && { digest: writtenTime(digestAt) }),
    stop,
  };
}

function writtenDuration(ms: number): string {
  if (ms % 1000 !== 0) return `${ms}ms`;
  if (ms === 0 || ms % minuteMs !== 0) return `${ms / 1000}s`;
  return ms % hourMs === 0 ? `${ms / hourMs}h` : `${ms / minuteMs}m`;
}

function writtenTime(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/** Where a route names a calendar that is not there, in words; null where all are. */
export function missingCalendar(routes: readonly Route[], calendars: readonly string[]): string | null {
  for (const { name, quiet } of routes)
    if (quiet !== null && !calendars.includes(quiet))
      return missingName(`the route ${name}`, "calendar", quiet, calendars);
  return null;
}

/** Where a route names a channel that is not there, in words; null where all are. */
export function missingChannel(routes: readonly Route[], channels: readonly string[]): string | null {
  for (const { name, steps } of routes)
    for (const channel of steps.flatMap(({ to }) => to))
      if (!channels.includes(channel)) return missingName(`the route ${name}`, "channel", channel, channels);
  return null;
}
