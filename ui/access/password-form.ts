import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { here } from "../here";
import { CodeField } from "./code-field";
import { Field } from "./field";
import { Form, type Given } from "./form";
import { sendCredentials } from "./send-credentials";

export interface PasswordFormProps {
  /** What the button to it says; null where there is none. */
  readonly identityProvider: string | null;
}

/** Name and password, then the code where the account has a second factor. */
export function PasswordForm({ identityProvider }: PasswordFormProps) {
  const [credentials, setCredentials] = useState<Given | null>(null);

  async function tryPassword(given: Given) {
    const sent = await sendCredentials("login", given);
    if ("answer" in sent) return null;
    if (sent.code !== "code-needed") return sent;
    setCredentials(given);
    return null;
  }

  async function tryCode(given: Given) {
    const sent = await sendCredentials("login", { ...credentials, ...given });
    return "answer" in sent ? null : sent;
  }

  if (credentials !== null) {
    return html`<h1>Second factor</h1>
      <${Form}
        key="code" label="Second factor" button="Sign in" send=${tryCode}
        aside=${html`<button type="button" class="button" onClick=${() => setCredentials(null)}>Back</button>`}
      >${() => html`<${CodeField} />`}<//>`;
  }
  const trouble = providerTroubles[new URLSearchParams(location.search).get("trouble") ?? ""];
  return html`<h1>Sign in</h1>
    ${trouble === undefined ? null : html`<p class="refusal" role="alert">${trouble}</p>`}
    <${Form} key="password" label="Sign in" button="Sign in" send=${tryPassword}>
      ${() => html`
        <${Field} label="Name" name="username" autocomplete="username" maxlength=${200} first=${true} />
        <${Field} label="Password" name="password" type="password" autocomplete="current-password" maxlength=${1024} />
      `}
    <//>
    ${
      identityProvider === null
        ? null
        : html`<p class="or"><span>or</span></p><a class="button" href=${providerUrl()}>${identityProvider}</a>`
    }`;
}

/** Why the identity provider refused the sign-in, as the daemon names it in the address. */
const providerTroubles: Readonly<Record<string, string>> = {
  "provider-unreachable":
    "The identity provider does not answer, or not as one: try again in a while. The desk's log says what it did.",
  "provider-refused":
    "The identity provider did not vouch for you, or it took too long: try again. An admin finds why in the audit log.",
  "no-role": "You are known there, and have no role here: ask an admin.",
};

function providerUrl(): string {
  const url = here("api/auth/oidc/start");
  const next = new URLSearchParams(location.search).get("next");
  if (next !== null) url.searchParams.set("next", next);
  return url.href;
}
