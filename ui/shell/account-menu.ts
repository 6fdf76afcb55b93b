import { html } from "htm/preact";
import { here } from "../here";
import { mayOpen, me } from "../live/access";
import { change } from "../live/change";
import { leaveBy, type SignedOut } from "../live/session";
import { showToast } from "../live/toasts";
import { pages } from "../pages";
import { Menu } from "../parts/menu";
import { hrefOf, type Route } from "./route";

/** The account, its own pages, and the sign-out. */
export function AccountMenu({ route }: { route?: Route }) {
  const who = me.value;
  const own = pages.filter((page) => page.place === "account" && mayOpen(page));

  return html`<${Menu}
    icon="user" label=${who === null ? "Account" : `Account: ${who.name}, ${who.role}`} class="account wide-only"
    face=${who === null ? null : html`<span class="account-name">${who.name} <i>${who.role}</i></span>`}
  >
    ${own.map(
      ({ name, title }) =>
        html`<a key=${name} href=${hrefOf(name)} aria-current=${name === route?.page ? "page" : undefined}>${title}</a>`,
    )}
    <a href=${here("docs").href}>API</a>
    ${
      who?.auth === "required"
        ? html`<button type="button" onClick=${() => void leave()}>Sign out</button>`
        : html`<p class="heading">Sign-in is off: everyone who reaches this page may do everything.</p>`
    }
  <//>`;
}

export async function leave(): Promise<void> {
  const left = await leaveBy(async () => {
    const changed = await change<SignedOut>("POST", "api/auth/logout", {});
    return "answer" in changed ? changed.answer : null;
  });
  if (!left) showToast("bad", "The daemon did not sign you out.");
}
