import { here } from "./here";

/** Which page of the desk an address names. */
export type Route = { readonly name: "desk" } | { readonly name: "opportunities" } | { readonly name: "symbol"; readonly symbol: string };

/** Takes a path below the daemon's root; null where it is no page of the desk. */
export function routeOf(path: string): Route | null {
  if (path === "dashboard") return { name: "desk" };
  if (path === "opportunities") return { name: "opportunities" };
  const symbol = /^symbols\/([^/]+)$/.exec(path)?.[1];
  return symbol === undefined ? null : { name: "symbol", symbol: decoded(symbol) };
}

export function hrefOf(route: Route): string {
  if (route.name === "desk") return here("dashboard").href;
  if (route.name === "opportunities") return here("opportunities").href;
  return here(`symbols/${encodeURIComponent(route.symbol)}`).href;
}

/** An address a person typed may hold a lone percent sign. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
