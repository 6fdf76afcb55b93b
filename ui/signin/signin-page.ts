import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { here, pathBelow } from "../here";
import { renewSession } from "../live/session";

/** A one-time link carries its token behind the `#`: no server and no log sees it there. */
const link = new URLSearchParams(location.hash.slice(1)).get("link");

/** Signs in by name and password, or by a one-time link; the first link makes the admin's account. */
export function SignInPage() {
  const [setup, setSetup] = useState(false);
  const [wantsCode, setWantsCode] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  // The access token is short-lived: whoever comes back within the session need not sign in.
  useEffect(() => {
    if (link === null) void goOnWhereSignedIn();
  }, []);

  async function send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const given = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
    const path = link === null ? "api/auth/login" : setup ? "api/auth/setup" : "api/auth/link";
    const answer = await fetch(here(path), { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(link === null ? given : { ...given, token: link }) });
    const told = (await answer.json()) as { readonly next?: string; readonly code?: string; readonly title?: string; readonly detail?: string; readonly errors?: readonly { readonly message: string }[] };
    if (told.next === "setup") setSetup(true);
    else if (answer.ok) location.replace(wanted());
    else if (told.code === "code-needed") setWantsCode(true);
    setTrouble(answer.ok || (told.code === "code-needed" && !wantsCode) ? null : [told.detail ?? told.title, ...(told.errors ?? []).map(({ message }) => message)].join(" "));
  }

  const names = link === null || setup;
  return html`<main class="empty">
    <h1>Virtuoso</h1>
    <form onSubmit=${send}>
      ${names && html`<p><label>Name <input name="username" autocomplete="username" required autofocus /></label></p>
      <p><label>Password <input name="password" type="password" autocomplete=${setup ? "new-password" : "current-password"} required /></label></p>`}
      ${wantsCode && html`<p><label>Code <input name="code" autocomplete="one-time-code" required /></label></p>`}
      ${trouble !== null && html`<p role="alert">${trouble}</p>`}
      <button>${setup ? "Create the admin account" : "Sign in"}</button>
    </form>
  </main>`;
}

async function goOnWhereSignedIn(): Promise<void> {
  if ((await renewSession()) === "alive") location.replace(wanted());
}

/** Where one wanted to go, if that is a page of ours. */
function wanted(): URL {
  const next = new URLSearchParams(location.search).get("next") ?? "/dashboard";
  const path = /^\/(?![/\\])/.test(next) && URL.canParse(next.slice(1), here("")) ? pathBelow(here(next.slice(1))) : null;
  return here(path === null || path === "" || path.startsWith("signin") ? "dashboard" : next.slice(1));
}
