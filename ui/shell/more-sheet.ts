import { html } from "htm/preact";
import { here } from "../here";
import { mayOpen, me } from "../live/access";
import { refreshAll } from "../live/refresh";
import { pages } from "../pages";
import { Dialog } from "../parts/dialog";
import { Icon, type IconName } from "../parts/icon";
import { Tool } from "../parts/tool";
import { useStore } from "../store-context";
import { leave } from "./account-menu";
import { Looks } from "./looks-menu";
import { overlay } from "./overlay";
import { hrefOf } from "./route";
import { useRouter } from "./router";
import { share } from "./share";

const close = () => overlay.close();

/** On a phone, what has no place in the bar at the bottom: the other pages, what one does, the looks, the account. */
export function MoreSheet() {
  const store = useStore();
  const current = useRouter().route.value.page;
  const min = store.settings.value?.signals.min_score ?? null;
  const others = pages.filter((page) => !("icon" in page) && !page.path.includes(":") && mayOpen(page));
  return html`<${Dialog} class="more-sheet" label="More" close=${close}>
    <div class="head"><h2>More</h2><${Tool} icon="close" label="Close" run=${close} /></div>
    <nav aria-label="More pages">
      <ul>
        ${others.map(
          ({ name, title }) =>
            html`<li key=${name}>
              <a href=${hrefOf(name)} aria-current=${name === current ? "page" : undefined} onClick=${close}>
                <${Icon} name=${icons[name] ?? "next"} /><span class="grow">${title}</span><${Icon} name="next" />
              </a>
            </li>`,
        )}
        <li>
          <a href=${here("docs").href}>
            <${Icon} name="open" /><span class="grow">API</span><${Icon} name="next" />
          </a>
        </li>
        <${Act}
          icon="settings" words="Configuration" note=${min === null ? null : `threshold ${min}`}
          run=${() => overlay.show("configuration")}
        />
        <${Act} icon="search" words="Search or run" run=${() => overlay.show("palette")} />
        <${Act} icon="refresh" words="Refresh the data" run=${() => {
          refreshAll(store);
          close();
        }} />
        <${Act} icon="share" words="Share this page" run=${() => {
          close();
          void share(document.title, location.href);
        }} />
      </ul>
    </nav>
    <div class="split"><${Looks} /><${SignOut} /></div>
  <//>`;
}

const icons: Partial<Record<string, IconName>> = {
  "opportunities": "up",
  "health": "pulse",
  "quarantine": "box",
  "held-back": "held",
  "sources": "layout",
  "account": "user",
  "users": "user",
  "audit": "log",
};

interface ActProps {
  readonly icon: IconName;
  readonly words: string;
  readonly note?: string | null;
  readonly run: () => void;
}

function Act({ icon, words, note = null, run }: ActProps) {
  return html`<li>
    <button type="button" onClick=${run}>
      <${Icon} name=${icon} /><span class="grow">${words}</span>
      ${note === null ? null : html`<span class="quiet">${note}</span>`}
    </button>
  </li>`;
}

/** Who reads it, and the way out. */
function SignOut() {
  const who = me.value;
  if (who?.auth !== "required") return null;
  return html`<p class="heading">${who.name} <span>${who.role}</span></p>
    <button type="button" class="button" onClick=${() => void leave()}>Sign out</button>`;
}
