import { html } from "htm/preact";
import { useStore } from "../store-context";
import { pages } from "../pages";
import { Icon } from "../parts/icon";
import { Menu } from "../parts/menu";
import { Tool } from "../parts/tool";
import { AccountMenu } from "./account-menu";
import { AlertBell } from "./alert-bell";
import { ConnectionMark } from "./connection-mark";
import { LooksMenu } from "./looks-menu";
import { overlay } from "./overlay";
import { hrefOf, type Route } from "./route";

/** The current page, the other pages, and the connection to the daemon. */
export function Header({ route }: { route: Route }) {
  return html`<header class="top">
    <h1 class="brand">
      <a href=${hrefOf("desk")} aria-label="Virtuoso, to the desk">
        <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
          <path fill="none" stroke="currentColor" stroke-width="2.5" d="m2 3 6 14 4-9.500" />
          <path fill="currentColor" d="M13 3h5v3h-5z" />
        </svg>
        <span class="brand-name">VIRTUOSO</span>
      </a>
    </h1>
    ${
      useStore().demo.value ? html`<span class="demo" title="Every number on this page is simulated">DEMO</span>` : null
    }
    <nav class="tabs wide-only" aria-label="Pages">
      ${pages
        .filter(({ place }) => place === "header")
        .map(
          ({ name, title }) =>
            html`<a key=${name} href=${hrefOf(name)} aria-current=${name === route.page ? "page" : undefined}>
              ${title}
            </a>`,
        )}
      ${
        route.param === null
          ? null
          : html`<a href=${hrefOf(route.page, route.param)} aria-current="page">${route.param}</a>`
      }
      <${MoreMenu} route=${route} />
    </nav>
    <span class="grow"></span>
    <button type="button" class="search wide-only" onClick=${() => overlay.show("palette")}>
      <${Icon} name="search" /><span>Search or run</span><kbd>Ctrl K</kbd>
    </button>
    <${ConnectionMark} />
    <div class="tools">
      <${Tool} icon="search" label="Search or run" class="phone-only" run=${() => overlay.show("palette")} />
      <${AlertBell} />
      <${Tool} icon="settings" label="Configuration" run=${() => overlay.show("configuration")} />
      <${LooksMenu} />
      <${AccountMenu} />
    </div>
  </header>`;
}

/** Pages that are not looked at every minute. */
function MoreMenu({ route }: { route: Route }) {
  const more = pages.filter(({ place }) => place === "more");
  if (more.length === 0) return null;
  const here = more.find(({ name }) => name === route.page);
  return html`<${Menu}
    icon="more" label=${here === undefined ? "More pages" : `${here.title}: more pages`}
    class="more ${here === undefined ? "" : "is-here"}"
    face=${here === undefined ? null : html`<span>${here.title}</span>`}
  >
    ${more.map(
      (entry) =>
        html`<a
          key=${entry.name} href=${hrefOf(entry.name)} aria-current=${entry.name === route.page ? "page" : undefined}
        >${entry.title}${entry.key !== undefined ? html`<kbd>g ${entry.key}</kbd>` : null}</a>`,
    )}
  <//>`;
}
