import { here } from "../here";
import { entryOf, pageAt, type PageName } from "../pages";

/** Which page of the desk an address names, and what its query says: filters live there, so that they can be shared. */
export interface Route {
  readonly page: PageName;
  /** The symbol of a symbol's page, and the like. */
  readonly param: string | null;
  readonly query: URLSearchParams;
}

/** Takes a path below the daemon's root and a query; null where it is no page of the desk. */
export function routeOf(path: string, query = ""): Route | null {
  const at = pageAt(path);
  return at === null ? null : { page: at.entry.name, param: at.param, query: new URLSearchParams(query) };
}

export function hrefOf(
  page: PageName,
  param: string | null = null,
  query: Readonly<Record<string, string>> = {},
): string {
  const url = here(entryOf(page).path.replace(/:\w+/, encodeURIComponent(param ?? "")));
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}
