import { healthRoutes } from "../api/routes/health";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { healthOf, readinessOf } from "../daemon/status";

/** What all sections say of their health, in one word. */
export function healthSection(parts: DaemonParts): Section {
  return {
    name: "health",
    routes: healthRoutes({ health: () => healthOf(parts), readiness: () => readinessOf(parts) }),
  };
}
