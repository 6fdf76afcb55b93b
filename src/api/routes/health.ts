import { z } from "zod";
import { healthShape, readinessShape, type HealthShape, type ReadinessShape } from "../../views/health";
import { route, type Route } from "../route";

export interface HealthDeps {
  readonly health: () => HealthShape;
  readonly readiness: () => ReadinessShape;
}

export function healthRoutes(deps: HealthDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/dashboard/health",
      need: "dashboard.health.view",
      summary: "Every health check, and one status for all",
      answer: healthShape,
      handle: () => deps.health(),
    }),
    route({
      method: "GET",
      path: "/healthz",
      need: "anyone",
      summary: "Whether the process is alive",
      query: null,
      answer: z.object({ status: z.literal("alive") }),
      handle: () => ({ status: "alive" as const }),
    }),
    route({
      method: "GET",
      path: "/readyz",
      need: "anyone",
      summary:
        "Whether it is ready: each source was read once and the database can be written; 503 with the reason until then",
      query: null,
      answer: readinessShape,
      handle({ context }) {
        const readiness = deps.readiness();
        return context.json(readiness, readiness.status === "ready" ? 200 : 503);
      },
    }),
  ];
}
