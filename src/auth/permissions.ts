import type { Permission } from "./roles";

/** `anyone`: before signing in, for signing in. `signed-in`: whoever is known, about themselves. `owner`: over the control socket alone. */
export type Need = "anyone" | "signed-in" | "owner" | Permission;

/** What each route needs that does not say so itself yet. */
export const routeNeeds: Readonly<Record<string, Need>> = {
  "GET /api/auth/options": "anyone",
  "POST /api/auth/login": "anyone",
  "POST /api/auth/link": "anyone",
  "POST /api/auth/setup": "anyone",
  "GET /api/auth/oidc/start": "anyone",
  "GET /api/auth/oidc/callback": "anyone",
  "POST /api/auth/refresh": "anyone",
  "POST /api/auth/logout": "anyone",
  "GET /api/auth/me": "signed-in",
  "POST /api/auth/password": "signed-in",
  "GET /api/auth/sessions": "signed-in",
  "DELETE /api/auth/sessions": "signed-in",
  "DELETE /api/auth/sessions/:id": "signed-in",
  "POST /api/auth/totp": "signed-in",
  "POST /api/auth/totp/confirm": "signed-in",
  "POST /api/auth/totp/remove": "signed-in",
  // One's own; everybody's and more than one's own role may do need dashboard.admin.
  "GET /api/tokens": "signed-in",
  "POST /api/tokens": "signed-in",
  "DELETE /api/tokens/:name": "signed-in",
  "GET /api/users": "dashboard.admin",
  "POST /api/users": "dashboard.admin",
  "PATCH /api/users/:name": "dashboard.admin",
  "DELETE /api/users/:name": "dashboard.admin",

  "GET /api/owner/status": "owner",
  "POST /api/owner/clock/confirm": "owner",
  "POST /api/owner/signin-link": "owner",
};

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
