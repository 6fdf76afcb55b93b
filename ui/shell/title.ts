import { entryOf } from "../pages";
import type { Route } from "./route";

export function titleOf(route: Route, demo: boolean): string {
  const name = demo ? "Virtuoso (DEMO)" : "Virtuoso";
  if (route.page === "desk") return name;
  return `${route.param ?? entryOf(route.page).title} · ${name}`;
}
