import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

export const grafanaFolder = join(import.meta.dir, "../../grafana");

/** A PromQL expression and where it stands. */
export interface Expression {
  readonly where: string;
  readonly expr: string;
}

const targets = z.array(z.object({ expr: z.string(), refId: z.string() }));
const panelSchema = z.object({
  id: z.number(),
  type: z.string(),
  title: z.string(),
  description: z.string().optional(),
  targets: targets.optional(),
  links: z.array(z.object({ url: z.string() })).optional(),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  datasource: z.unknown().optional(),
});
const dashboardSchema = z.object({
  uid: z.string(),
  title: z.string(),
  schemaVersion: z.number(),
  panels: z.array(panelSchema),
  links: z.array(z.object({ url: z.string().optional() })),
  annotations: z.object({ list: z.array(z.object({ name: z.string(), expr: z.string() })) }),
  templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string(), query: z.unknown() })) }),
});
export type ReadDashboard = z.infer<typeof dashboardSchema>;

const ruleSchema = z.object({
  record: z.string().optional(),
  alert: z.string().optional(),
  expr: z.string(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});
export type Rule = z.infer<typeof ruleSchema>;

export function readDashboards(): ReadDashboard[] {
  const folder = join(grafanaFolder, "dashboards");
  return readdirSync(folder).map((name) => dashboardSchema.parse(JSON.parse(readFileSync(join(folder, name), "utf8"))));
}

export function readRules(): Rule[] {
  const { groups } = z
    .object({ groups: z.array(z.object({ rules: z.array(ruleSchema) })) })
    .parse(Bun.YAML.parse(readFileSync(join(grafanaFolder, "alerts.yml"), "utf8")));
  return groups.flatMap(({ rules }) => rules);
}

/** Every expression of every panel, annotation and rule, with Grafana's variables filled in. */
export function allExpressions(): Expression[] {
  const ofDashboards = readDashboards().flatMap(({ title, panels, annotations }) => [
    ...panels.flatMap((panel) =>
      (panel.targets ?? []).map(({ expr, refId }) => ({ where: `${title} / ${panel.title} / ${refId}`, expr })),
    ),
    ...annotations.list.map(({ name, expr }) => ({ where: `${title} / annotation ${name}`, expr })),
  ]);
  const ofRules = readRules().map(({ record, alert, expr }) => ({ where: `rule ${record ?? alert ?? ""}`, expr }));
  return [...ofDashboards, ...ofRules].map(({ where, expr }) => ({ where, expr: filledIn(expr) }));
}

/** As Grafana would ask with every daemon chosen. */
function filledIn(expr: string): string {
  return expr.replaceAll("$instance", ".*").replaceAll("$__rate_interval", "1m");
}
