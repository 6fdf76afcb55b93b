import type { Need } from "../auth/permissions";
import type { LimitName } from "./limits/rate-limits";
import type { Route } from "./route";

/** `GET /api/alerts/:id`. */
function nameOf({ method, path }: Pick<Route, "method" | "path">): string {
  return `${method} ${path}`;
}

/** Routes by their names. Throws where two have one. */
export function tableOf(routes: readonly Route[]): ReadonlyMap<string, Route> {
  const table = new Map(routes.map((route) => [nameOf(route), route]));
  if (table.size < routes.length) throw new Error("two routes have one method and path");
  return table;
}

/** What each route needs. */
export function needsOf(routes: readonly Pick<Route, "method" | "path" | "need">[]): Readonly<Record<string, Need>> {
  return Object.fromEntries(routes.map((route) => [nameOf(route), route.need]));
}

/** The limit a request draws from, by its method and canonical path, before any route is looked for. HEAD costs what GET costs. */
export function limitsOf(routes: readonly Route[]): (method: string, path: string) => LimitName {
  const limited = routes.filter(({ limit }) => limit !== "other");
  const fixed = new Map(limited.filter(({ path }) => !path.includes(":")).map((route) => [nameOf(route), route.limit]));
  const patterns = limited
    .filter(({ path }) => path.includes(":"))
    .map((route) => ({ ...route, before: route.path.slice(0, route.path.indexOf(":")) }));
  return (method, path) => {
    if (path.startsWith("/ui/")) return "assets";
    const asked = method === "HEAD" ? "GET" : method;
    const pattern = patterns.find((each) => each.method === asked && path.startsWith(each.before));
    return fixed.get(`${asked} ${path}`) ?? pattern?.limit ?? "other";
  };
}
