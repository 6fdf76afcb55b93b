import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { sourcesAndScanners } from "./sources-and-scanners";
import { tradingDesk } from "./trading-desk";
import { virtuosoItself } from "./virtuoso-itself";

/** Every dashboard by the name of its file. */
export const dashboards: Readonly<Record<string, Dashboard>> = {
  "trading-desk.json": tradingDesk,
  "virtuoso-itself.json": virtuosoItself,
  "sources-and-scanners.json": sourcesAndScanners,
};

export function textOf(dashboard: Dashboard): string {
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}

if (import.meta.main) {
  const folder = new URL("../dashboards/", import.meta.url).pathname;
  for (const [name, dashboard] of Object.entries(dashboards)) await Bun.write(`${folder}${name}`, textOf(dashboard));
}
