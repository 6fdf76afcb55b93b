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
      summary: "Every check by itself, and one word for all",
      answer: healthShape,
      handle: () => deps.health(),
    }),
    route({
      method: "GET",
      path: "/healthz",
      need: "anyone",
      summary: "It is alive",
      query: null,
      answer: z.object({ status: z.literal("alive") }),
      handle: () => ({ status: "alive" as const }),
    }),
    route({
      method: "GET",
      path: "/readyz",
      need: "anyone",
      summary: "It has looked at every source, and stores; 503 and why until then",
      query: null,
      answer: readinessShape,
      handle({ context }) {
        const readiness = deps.readiness();
        return context.json(readiness, readiness.status === "ready" ? 200 : 503);
      },
    }),
  ];
}
