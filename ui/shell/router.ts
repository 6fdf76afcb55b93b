import { signal, type ReadonlySignal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { pathBelow } from "../here";
import { openedBy, opening } from "./opened";
import { routeOf, type Route } from "./route";

export interface Router {
  readonly route: ReadonlySignal<Route>;
  /** Shows the page of this address without a load; anything that is no page of the desk is left to the browser. */
  go(href: string): void;
  /** Changes what the query says, in the same entry of the history; null takes a name away. */
  setQuery(changes: Readonly<Record<string, string | null>>): void;
  /** Closes what is open over the page, as Back does where it was opened from here. */
  readonly closeOpened: () => void;
}

/**
 * Follows the address. A link to another page of the desk changes what is shown without a load, so that the
 * connection holds;
 * every other link is the browser's.
 */
export function followAddress(): Router {
  const route = signal<Route>(
    routeAt(new URL(location.href)) ?? { page: "desk", param: null, query: new URLSearchParams() },
  );

  function show(url: URL, next: Route): void {
    const before = openedBy(route.peek().query) === null ? 0 : openedSince();
    const openedOver = openedBy(next.query) === null || before === null ? null : before + 1;
    history.pushState({ openedOver }, "", url.href);
    route.value = next;
  }

  document.addEventListener("click", (event) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    // An attribute rather than a property, for a link in a drawing has properties of another kind.
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const href = link?.getAttribute("href") ?? null;
    const url =
      href === null ||
      href.startsWith("#") ||
      link?.hasAttribute("target") === true ||
      link?.hasAttribute("download") === true
        ? null
        : new URL(href, document.baseURI);
    const next = url === null ? null : routeAt(url);
    if (url === null || next === null) return;
    event.preventDefault();
    show(url, next);
  });
  globalThis.addEventListener("popstate", () => {
    route.value = routeAt(new URL(location.href)) ?? route.peek();
  });
  function setQuery(changes: Readonly<Record<string, string | null>>): void {
    const url = new URL(location.href);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    history.replaceState(history.state, "", url.href);
    route.value = routeAt(url) ?? route.peek();
  }

  return {
    route,
    go(href) {
      const url = new URL(href, document.baseURI);
      const next = routeAt(url);
      if (next === null) location.assign(url);
      else show(url, next);
    },
    setQuery,
    closeOpened() {
      const entries = openedSince();
      if (entries === null) setQuery(opening(null));
      else history.go(-entries);
    },
  };
}

export const RouterContext = createContext<Router | null>(null);

/** The address, for components. */
export function useRouter(): Router {
  const router = useContext(RouterContext);
  if (router === null) throw new Error("a component of the desk is used outside it");
  return router;
}

/** How many entries of the history lie between this one and the page below what is open; null where it came by a link. */
function openedSince(): number | null {
  return (history.state as { openedOver?: number | null } | null)?.openedOver ?? null;
}

function routeAt(url: URL): Route | null {
  const path = pathBelow(url);
  return path === null ? null : routeOf(path, url.search);
}
