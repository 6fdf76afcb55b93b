import type { Permission } from "./roles";

/** `anyone`: before signing in, for signing in. `signed-in`: whoever is known, about themselves. `owner`: over the control socket alone. */
export type Need = "anyone" | "signed-in" | "owner" | Permission;

/** What each route needs that does not say so itself yet. */
export const routeNeeds: Readonly<Record<string, Need>> = {
  "GET /healthz": "anyone",
  "GET /readyz": "anyone",
  // From loopback without a proxy it needs nothing.
  "GET /metrics": "dashboard.view",
  "GET /api/prometheus/sd": "dashboard.view",
  "GET /api/openapi.json": "dashboard.view",

  "POST /api/ingest/alertmanager": "ingest.write",

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
  "GET /api/audit": "dashboard.admin",
  "GET /api/audit/chain": "dashboard.admin",

  "GET /api/dashboard/overview": "dashboard.view",
  "GET /api/dashboard/health": "dashboard.health.view",
  "GET /api/dashboard/config": "dashboard.view",
  "POST /api/dashboard/config": "dashboard.settings.manage",
  "DELETE /api/dashboard/config/:key": "dashboard.settings.manage",
  "GET /api/dashboard/config/history": "dashboard.view",
  "GET /api/dashboard/config/schema": "dashboard.view",
  "POST /api/dashboard/config/preview": "dashboard.view",

  "GET /api/signals": "dashboard.view",
  "GET /api/signals/:id": "dashboard.view",
  "GET /api/opportunities": "dashboard.view",
  "GET /api/opportunities/:id": "dashboard.view",
  "GET /api/decisions/:id": "dashboard.view",
  "GET /api/received/:id": "dashboard.view",
  "GET /api/decisions": "dashboard.view",
  "GET /api/decisions/counts": "dashboard.view",
  "GET /api/sources": "dashboard.view",
  "GET /api/quarantine": "dashboard.view",
  "POST /api/quarantine/retry": "dashboard.settings.manage",
  "POST /api/scan": "dashboard.settings.manage",
  "GET /api/market": "dashboard.view",
  "GET /api/candles": "dashboard.view",
  "GET /api/symbols": "dashboard.view",
  "GET /api/symbols/:symbol": "dashboard.view",
  "GET /api/events": "dashboard.view",
  "GET /api/preferences": "signed-in",
  "PATCH /api/preferences": "signed-in",
  "POST /api/errors": "signed-in",

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
