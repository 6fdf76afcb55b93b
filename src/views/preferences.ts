import { z } from "zod";
import { priorities } from "../core/alert";
import { storedJson } from "../store/fault";

/** Where a panel stands on the desk: a grid of twelve columns, rows without end. */
const panelPlaceShape = z.strictObject({
  panel: z.string().regex(/^[a-z][a-z-]{0,39}$/),
  x: z.number().int().min(0).max(11),
  y: z.number().int().min(0).max(200),
  w: z.number().int().min(1).max(12),
  h: z.number().int().min(1).max(100),
  hidden: z.boolean(),
});

/** How one person wants the desk: kept per account, small on purpose. */
export const preferencesShape = z.strictObject({
  theme: z.enum(["dark", "light", "system"]).meta({ description: "system follows the browser's." }),
  colours: z.enum(["standard", "safe"]).meta({ description: "safe: blue and pink for green and red." }),
  density: z.enum(["compact", "comfortable"]),
  layout: z.array(panelPlaceShape).max(24).nullable().meta({ description: "null: as the desk comes." }),
  sound: z.array(z.enum(priorities)).max(3).meta({ description: "Priorities of alerts that make a sound." }),
  notify: z
    .array(z.enum(priorities))
    .max(3)
    .meta({ description: "Priorities of alerts that make a notification of the browser." }),
  alerts_seen_at: z.iso.datetime().nullable().meta({ description: "Alerts raised until then count as read." }),
});

export type Preferences = z.infer<typeof preferencesShape>;
export type PanelPlace = z.infer<typeof panelPlaceShape>;

/** Any subset: what is left out stays as it is. */
export const preferencesPatch = preferencesShape.partial();

export const defaultPreferences: Preferences = {
  theme: "dark",
  colours: "standard",
  density: "compact",
  layout: null,
  sound: [],
  notify: [],
  alerts_seen_at: null,
};

/** What was kept, and what has been thought of since at its default; a field no longer understood is forgotten. */
export function readPreferences(kept: string | null): Preferences {
  if (kept === null) return defaultPreferences;
  const fields = z.record(z.string(), z.unknown()).parse(storedJson(kept));
  const known = Object.entries(preferencesShape.shape).flatMap(([name, shape]) => {
    const read = shape.safeParse(fields[name]);
    return read.success ? [[name, read.data] as const] : [];
  });
  return { ...defaultPreferences, ...Object.fromEntries(known) };
}
