import { html } from "htm/preact";
import { pages } from "../pages";
import { Icon } from "../parts/icon";
import { overlay } from "./overlay";
import { hrefOf, type Route } from "./route";

/** On a phone the pages are under the thumb; what has no room there is a search away. */
export function TabBar({ route }: { route: Route }) {
  return html`<nav class="tab-bar" aria-label="Pages, short">
    ${pages.map((entry) =>
      entry.icon === undefined
        ? null
        : html`<a
          key=${entry.name} href=${hrefOf(entry.name)} aria-current=${entry.name === route.page ? "page" : undefined}
        ><${Icon} name=${entry.icon} />${entry.title}</a>`,
    )}
    <button type="button" onClick=${() => overlay.show("palette")}><${Icon} name="more" />More</button>
  </nav>`;
}
