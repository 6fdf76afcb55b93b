import type { ComponentType } from "preact";
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "./icon";
import type { Route } from "./route";

type Page = ComponentType<{ route: Route }>;

/** Pages are loaded when they are first shown. */
const pages: Readonly<Record<Route["name"], () => Promise<Page>>> = {
  desk: async () => (await import("./desk")).Desk,
  opportunities: async () => (await import("./opportunities-page")).OpportunitiesPage,
  symbol: async () => (await import("./symbol-page")).SymbolPage,
};

interface Shown {
  readonly route: Route;
  /** Null where it could not be loaded. */
  readonly page: Page | null;
}

/** The page of this route; until it is there, the one before stays. */
export function View({ route }: { route: Route }) {
  const [shown, show] = useState<Shown | null>(null);
  const first = useRef(true);
  useEffect(() => {
    let over = false;
    const load = async () => {
      const page = await pages[route.name]().catch(() => null);
      if (!over) show({ route, page });
    };
    void load();
    return () => { over = true; };
  }, [route]);
  useEffect(() => {
    if (shown === null) return;
    // Who came here by a link goes on from the page's beginning, by keyboard and by voice too.
    if (!first.current) {
      scrollTo(0, 0);
      document.querySelector("main")?.focus();
    }
    first.current = false;
  }, [shown]);
  if (shown === null) return html`<main></main>`;
  if (shown.page === null) return html`<main tabindex="-1"><div class="empty"><p class="none"><${Icon} name="error" />This page could not be loaded.</p><p>The daemon does not answer, or is of another version by now: load the page anew.</p></div></main>`;
  const Page = shown.page;
  return html`<${Page} route=${shown.route} />`;
}
