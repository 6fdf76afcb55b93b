import type { ComponentType } from "preact";
import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { useModule } from "../live/use-module";
import { entryOf } from "../pages";
import { NotLoaded } from "../parts/not-loaded";
import { Skeleton } from "../parts/skeleton";
import type { Route } from "./route";

interface Shown {
  readonly Page: ComponentType<{ route: Route }>;
  readonly route: Route;
}

/** The page of this route; until it is there, the one before stays. */
export function View({ route }: { route: Route }) {
  const { module, trouble, again } = useModule<Pick<Shown, "Page">>(entryOf(route.page).module);
  const before = useRef<Shown | null>(null);
  const shown = module === null ? before.current : { Page: module.Page, route };
  before.current = shown;
  const first = useRef(true);
  useEffect(() => {
    if (shown === null && trouble === null) return;
    // Who came here by a link goes on from the page's beginning, by keyboard and by voice too.
    if (!first.current) {
      scrollTo(0, 0);
      document.querySelector("main")?.focus({ preventScroll: true });
    }
    first.current = false;
  }, [shown?.Page, shown?.route.param, trouble]);
  if (trouble !== null)
    return html`<main tabindex="-1"><${NotLoaded} what="This page" trouble=${trouble} again=${again} /></main>`;
  if (shown === null) return html`<main class="loading" tabindex="-1"><${Skeleton} of=${40} /></main>`;
  return html`<${shown.Page} route=${shown.route} />`;
}
