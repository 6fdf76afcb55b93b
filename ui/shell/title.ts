import { entryOf } from "../pages";
import type { Route } from "./route";

export function titleOf(route: Route, demo: boolean, lost: boolean): string {
  const name = demo ? "Virtuoso (DEMO)" : "Virtuoso";
  const page = route.page === "desk" ? [] : [route.param ?? entryOf(route.page).title];
  return [...(lost ? ["Connection lost"] : []), ...page, name].join(" · ");
}

const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
const usual = icon?.href ?? "";

/** The other icon, for a tab whose page is not what the daemon says now. */
export const lostIcon = (): string => (icon === null ? "" : new URL(icon.dataset["lost"] ?? "", document.baseURI).href);

export function showIcon(lost: boolean): void {
  if (icon !== null) icon.href = lost ? lostIcon() : usual;
}
