import { html } from "htm/preact";
import { useRef } from "preact/hooks";
import { useStore } from "../store-context";
import { pages } from "../pages";
import { Icon } from "../parts/icon";
import { Menu } from "../parts/menu";
import { Tool } from "../parts/tool";
import { AccountMenu } from "./account-menu";
import { AlertBell } from "./alert-bell";
import { ConnectionMark } from "./connection-mark";
import { useFitting } from "./fitting";
import { LooksMenu } from "./looks-menu";
import { overlay } from "./overlay";
import { hrefOf, type Route } from "./route";

/** The document says it before the daemon's first answer: so nothing makes room for it later. */
const saysDemo = document.documentElement.dataset["demo"] !== undefined;

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
      useStore().demo.value || saysDemo
        ? html`<span class="demo" title="Every number on this page is simulated">DEMO</span>`
        : null
    }
    <${Tabs} route=${route} />
    <button type="button" class="search wide-only" onClick=${() => overlay.show("palette")}>
      <${Icon} name="search" /><span>Search or run</span><kbd>Ctrl K</kbd>
    </button>
    <${ConnectionMark} />
    <div class="tools">
      <${Tool} icon="search" label="Search or run" class="phone-only" run=${() => overlay.show("palette")} />
      <${AlertBell} />
      <${Tool} icon="settings" label="Configuration" class="wide-only" run=${() => overlay.show("configuration")} />
      <${LooksMenu} />
      <${AccountMenu} />
    </div>
  </header>`;
}

type Entry = (typeof pages)[number];
const first = pages.filter(({ place }) => place === "header");
const later = pages.filter(({ place }) => place === "more");

/** The pages side by side; those without room move behind the dots, the rightmost first. */
function Tabs({ route }: { route: Route }) {
  const row = useRef<HTMLElement>(null);
  const fitting = useFitting(row, first.length, `${route.page} ${route.param}`);
  return html`<nav class="tabs wide-only" aria-label="Pages" ref=${row}>
    ${first.map(
      ({ name, title }, nth) =>
        html`<a
          key=${name} href=${hrefOf(name)} data-nth=${nth} hidden=${nth >= fitting}
          aria-current=${name === route.page ? "page" : undefined}
        >${title}</a>`,
    )}
    ${
      route.param === null
        ? null
        : html`<a class="param" href=${hrefOf(route.page, route.param)} aria-current="page" title=${route.param}>
          ${route.param}
        </a>`
    }
    <${MoreMenu} route=${route} entries=${[...first.slice(fitting), ...later]} />
  </nav>`;
}

/** Pages that are not looked at every minute, and those without room. */
function MoreMenu({ route, entries }: { route: Route; entries: readonly Entry[] }) {
  const here = entries.find(({ name }) => name === route.page);
  return html`<${Menu}
    icon="more" label=${here === undefined ? "More pages" : `${here.title}: more pages`}
    class="more ${here === undefined ? "" : "is-here"}"
    face=${here === undefined ? null : html`<span>${here.title}</span>`}
  >
    ${entries.map(
      ({ name, title, key }) =>
        html`<a
          key=${name} href=${hrefOf(name)} aria-current=${name === route.page ? "page" : undefined}
        >${title}${key !== undefined ? html`<kbd>g ${key}</kbd>` : null}</a>`,
    )}
  <//>`;
}
