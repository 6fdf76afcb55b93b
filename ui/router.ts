import { signal, type ReadonlySignal } from "@preact/signals";
import { pathBelow } from "./here";
import { routeOf, type Route } from "./route";

/**
 * Follows the address. A link to another page of the desk changes what is shown without a load, so that the connection holds;
 * every other link is the browser's.
 */
export function followAddress(): ReadonlySignal<Route> {
  const route = signal<Route>(routeAt(new URL(location.href)) ?? { name: "desk" });

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    // An attribute rather than a property, for a link in a drawing has properties of another kind.
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const href = link?.getAttribute("href") ?? null;
    const url = href === null || link?.hasAttribute("target") === true ? null : new URL(href, document.baseURI);
    const next = url === null ? null : routeAt(url);
    if (url === null || next === null) return;
    event.preventDefault();
    // The colours chosen by the address hold on every page.
    history.pushState(null, "", url.hash === "" ? url.href + location.hash : url.href);
    route.value = next;
  });
  globalThis.addEventListener("popstate", () => {
    route.value = routeAt(new URL(location.href)) ?? route.peek();
  });
  return route;
}

function routeAt(url: URL): Route | null {
  const path = pathBelow(url);
  return path === null ? null : routeOf(path);
}
