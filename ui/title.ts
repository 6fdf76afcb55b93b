import type { Route } from "./route";

export function titleOf(route: Route, demo: boolean): string {
  const desk = demo ? "Virtuoso (DEMO)" : "Virtuoso";
  if (route.name === "desk") return desk;
  return `${route.name === "symbol" ? route.symbol : "Opportunities"} · ${desk}`;
}
