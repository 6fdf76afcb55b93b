import { z } from "zod";
import { riskLevels } from "./opportunity";

/** The settings a person may change while the daemon runs, as the API and the config file spell them. */
export const tunablesSchema = z.strictObject({
  monitoring: z.strictObject({
    scan_interval: tunable(
      z.number().int().min(1).max(60),
      "minutes",
      "Length of a scan, and of the window the cap counts in.",
    ),
    max_alerts: tunable(
      z.number().int().min(1).max(100),
      "alerts",
      "Most alerts of one source per scan interval; a third of the places is kept for high priority.",
    ),
    alert_cooldown: tunable(
      z.number().min(0).max(1440),
      "minutes",
      "Minimum time between alerts of the same source, symbol and direction. A rise in priority breaks it.",
    ),
  }),
  signals: z.strictObject({
    min_score: tunable(
      z.number().min(0).max(100),
      "strength",
      "Weakest signal worth an alert: conviction 0 to 100 whatever the direction.",
    ),
    min_reliability: tunable(
      z.number().min(0).max(100),
      "percent",
      "Least reliable signal worth an alert; a signal without reliability is accepted.",
    ),
  }),
  alpha: z.strictObject({
    confidence_threshold: tunable(z.number().min(0).max(100), "percent", "Least confident opportunity worth an alert."),
    risk_level: z
      .enum(riskLevels)
      .meta({ unit: "level", description: "The riskiest opportunity that still raises an alert." }),
  }),
});

export type Tunables = z.infer<typeof tunablesSchema>;

/** Any subset: what is left out stays as it is. */
export const tunablesPatchSchema = z.strictObject({
  monitoring: tunablesSchema.shape.monitoring.partial().optional(),
  signals: tunablesSchema.shape.signals.partial().optional(),
  alpha: tunablesSchema.shape.alpha.partial().optional(),
});

export type TunablesPatch = z.infer<typeof tunablesPatchSchema>;

export const defaultTunables: Tunables = {
  monitoring: { scan_interval: 5, max_alerts: 3, alert_cooldown: 60 },
  signals: { min_score: 65, min_reliability: 75 },
  alpha: { confidence_threshold: 75, risk_level: "Medium" },
};

/** monitoring.scan_interval and the like, in the order of the schema. */
export const tunablePaths = Object.entries(defaultTunables).flatMap(([group, fields]) =>
  Object.keys(fields).map((field) => `${group}.${field}`),
);

/** The later patch wins, field by field. */
export function applyPatch(base: Tunables, patch: TunablesPatch): Tunables {
  return {
    monitoring: { ...base.monitoring, ...defined(patch.monitoring) },
    signals: { ...base.signals, ...defined(patch.signals) },
    alpha: { ...base.alpha, ...defined(patch.alpha) },
  };
}

export function mergePatches(first: TunablesPatch, second: TunablesPatch): TunablesPatch {
  return {
    monitoring: { ...first.monitoring, ...second.monitoring },
    signals: { ...first.signals, ...second.signals },
    alpha: { ...first.alpha, ...second.alpha },
  };
}

export function readPath(tunables: Tunables | TunablesPatch, path: string): unknown {
  const [group, field] = path.split(".");
  const fields: unknown =
    group !== undefined && Object.hasOwn(tunables, group) ? tunables[group as keyof Tunables] : undefined;
  if (typeof fields !== "object" || fields === null || field === undefined || !Object.hasOwn(fields, field))
    return undefined;
  return (fields as Record<string, unknown>)[field];
}

function defined<T extends object>(fields: T | undefined): { [K in keyof T]: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: NonNullable<T[K]>;
  };
}

function tunable(schema: z.ZodNumber, unit: string, description: string): z.ZodNumber {
  return schema.meta({ unit, description });
}
