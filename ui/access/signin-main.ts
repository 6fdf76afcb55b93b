import { html } from "htm/preact";
import { render } from "preact";
import { keptUntil } from "../live/kept-until";
import { renewSession } from "../live/session";
import { SignInPage } from "./signin-page";
import { wanted } from "./wanted";

/**
 * A one-time link carries its token behind the `#`: no server and no log sees it there, and soon the address line
 * does not either.
 */
const link = new URLSearchParams(location.hash.slice(1)).get("link");
if (link !== null) history.replaceState(null, "", location.pathname + location.search);
// Opened on this very page, a link changes nothing but what is behind the `#`.
globalThis.addEventListener("hashchange", () => location.reload());

const root = document.getElementById("desk");
if (root === null) throw new Error("the page has no place to draw in");

/** After a recent sign-in only the access token, good for 15 minutes, is over: the session goes on. */
const goesOn = link === null && keptUntil() !== null && (await renewSession()) === "alive";
if (goesOn) location.replace(wanted(location.search));
else {
  root.replaceChildren();
  render(html`<${SignInPage} link=${link} />`, root);
}
