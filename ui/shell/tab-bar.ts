import { html } from "htm/preact";
import { pages } from "../pages";
import { Icon } from "../parts/icon";
import { overlay } from "./overlay";
import { hrefOf, type Route } from "./route";

/** On a phone the pages are under the thumb; what has no room there is in the sheet behind More. */
export function TabBar({ route }: { route: Route }) {
  const current = pages.find(({ name }) => name === route.page);
  return html`<nav class="tab-bar" aria-label="Pages, short">
    ${pages.map((entry) =>
      entry.icon === undefined
        ? null
        : html`<a
          key=${entry.name} href=${hrefOf(entry.name)} aria-current=${entry.name === route.page ? "page" : undefined}
        ><${Icon} name=${entry.icon} />${entry.title}</a>`,
    )}
    <button
      type="button" class=${current?.icon === undefined ? "is-here" : ""} aria-haspopup="dialog"
      onClick=${() => overlay.show("more")}
    ><${Icon} name="more" />More</button>
  </nav>`;
}
