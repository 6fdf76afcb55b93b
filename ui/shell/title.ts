import { entryOf } from "../pages";
import type { Route } from "./route";

export function titleOf(route: Route, demo: boolean): string {
  const desk = demo ? "Virtuoso (DEMO)" : "Virtuoso";
  if (route.page === "desk") return desk;
  return `${route.param ?? entryOf(route.page).title} · ${desk}`;
}
