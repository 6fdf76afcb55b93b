import type { ComponentType } from "preact";
import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { here } from "../here";
import { renewWhereOver } from "../live/session";
import { entryOf, type PageName } from "../pages";
import { Icon } from "../parts/icon";
import { Skeleton } from "../parts/skeleton";
import type { Route } from "./route";

type Page = ComponentType<{ route: Route }>;

interface Shown {
  readonly name: PageName;
  /** Null where it could not be loaded. */
  readonly page: Page | null;
}

/** The page of this route; until it is there, the one before stays. */
export function View({ route }: { route: Route }) {
  const [shown, show] = useState<Shown | null>(null);
  const settled = useRef<Route>(route);
  const first = useRef(true);
  useEffect(() => {
    let over = false;
    const load = async () => {
      const page = await loadPage(route.page).catch(() => null);
      if (!over) show({ name: route.page, page });
    };
    if (shown?.name !== route.page || shown.page === null) void load();
    return () => {
      over = true;
    };
  }, [route.page]);
  useEffect(() => {
    if (shown === null) return;
    // Who came here by a link goes on from the page's beginning, by keyboard and by voice too.
    if (!first.current) {
      scrollTo(0, 0);
      document.querySelector("main")?.focus();
    }
    first.current = false;
  }, [shown, route.param]);
  if (shown === null) return html`<main class="loading" tabindex="-1"><${Skeleton} of=${40} /></main>`;
  if (shown.page === null)
    return html`<main tabindex="-1">
      <div class="empty">
        <p class="none"><${Icon} name="error" />This page could not be loaded.</p>
        <p>The daemon does not answer, or is of another version by now: reload the page.</p>
      </div>
    </main>`;
  if (shown.name === route.page) settled.current = route;
  const Page = shown.page;
  return html`<${Page} route=${settled.current} />`;
}

/** By the import map: each page's module is at an address of its own content. */
async function loadPage(name: PageName): Promise<Page> {
  // A browser requests a module once: refused, it stays refused until the next load.
  await renewWhereOver();
  const { Page } = (await import(here(`ui/${entryOf(name).module}`).href)) as { Page: Page };
  return Page;
}
