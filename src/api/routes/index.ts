import type { Route } from "../route";
import { alertRoutes, type AlertDeps } from "./alerts";

export type RouteDeps = AlertDeps;

/** Every route, in the order it is looked for and described. */
export function allRoutes(deps: RouteDeps): Route[] {
  return [...alertRoutes(deps)];
}
