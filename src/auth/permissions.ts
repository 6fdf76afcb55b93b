import type { Permission } from "../core/roles";

/** `anyone`: before signing in, for signing in. `signed-in`: whoever is known, about themselves. `owner`: over the control socket alone. */
export type Need = "anyone" | "signed-in" | "owner" | Permission;

/** What a download of a whole list needs besides (`format=csv`, `format=jsonl`). */
export const exportNeed: Permission = "dashboard.export.data";

/** What one must be allowed to hear of each topic of the WebSocket. */
export const topicNeeds: Readonly<Record<string, Permission>> = {
  signals: "dashboard.view",
  alerts: "dashboard.view",
  alpha: "dashboard.view",
  market: "dashboard.view",
  system: "dashboard.view",
  health: "dashboard.health.view",
  pipeline: "dashboard.pipeline.view",
  portfolios: "dashboard.portfolio.view",
  logs: "dashboard.logs.view",
  activity: "dashboard.logs.view",
};

export function topicsFor(allowed: ReadonlySet<Permission>): ReadonlySet<string> {
  return new Set(Object.entries(topicNeeds).flatMap(([topic, need]) => (allowed.has(need) ? [topic] : [])));
}
