import { z } from "zod";
import { text, time } from "./fields";

const duration = z.string().meta({ description: "such as 90s, 5m or 4h" });

/** As a config or a request has it. */
const routeShape = z
  .object({
    name: z.string(),
    match: z
      .array(z.object({ name: z.string(), op: z.string(), value: z.string() }))
      .meta({ description: "all must hold; empty: it takes everything" }),
    steps: z.array(z.object({ after: duration, to: z.array(z.string()), unless: z.string().optional() })),
    group: duration.optional().meta({ description: "left out: high at once, the rest within 30 s" }),
    repeat: z.object({ every: duration, max: z.number().int() }).optional(),
    quiet: z.string().optional().meta({ description: "the calendar in whose hours only high goes out" }),
    budget: z.object({ perDay: z.number().int() }).optional(),
    digest: z.string().optional().meta({ description: "when its daily digest is sent, such as 08:00" }),
    stop: z.boolean(),
  })
  .meta({ id: "Route" });

export const routesShape = z.object({
  items: z.array(routeShape),
  next_cursor: text,
  origin: z.enum(["runtime", "config", "default"]).meta({
    description: "whose word they are; default: none are configured, and high goes to every channel at once",
  }),
});
export type RoutesShape = z.infer<typeof routesShape>;

export const routePreviewShape = z
  .object({
    since: time,
    until: time,
    complete: z.boolean().meta({ description: "false: there are more alerts than are looked at" }),
    alerts: z.number().int(),
    unrouted: z.number().int().meta({ description: "alerts that no route takes: they stay on the page" }),
    days: z.array(
      z.object({
        day: z.iso.date(),
        route: z.string(),
        sent: z.number().int().meta({ description: "messages" }),
        at_night: z.number().int().meta({ description: "deliveries that quiet hours held until their end" }),
        folded: z.number().int().meta({ description: "deliveries that shared a message, or waited for a digest" }),
      }),
    ),
  })
  .meta({ id: "RoutePreview" });
export type RoutePreviewShape = z.infer<typeof routePreviewShape>;
