import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { here } from "../here";
import { describeFailure, noAnswer } from "../live/failure";
import { CommandLine } from "../parts/command-line";
import { program } from "../program";
import { CreateAdmin } from "./create-admin";
import { Form } from "./form";
import { PasswordForm } from "./password-form";
import { sendCredentials } from "./send-credentials";
import { wanted } from "./wanted";
import type { SignInOptions } from "./wire";

/**
 * Signs in by name and password, by the identity provider, or by a one-time link; the first link makes the admin's
 * account.
 */
export function SignInPage({ link }: { link: string | null }) {
  const [options, setOptions] = useState<SignInOptions | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  async function loadOptions(): Promise<void> {
    setTrouble(null);
    try {
      const answer = await fetch(here("api/auth/options"));
      if (!answer.ok) return setTrouble(describeFailure(answer));
      const given = (await answer.json()) as SignInOptions;
      if (given.auth === "off") location.replace(wanted(location.search));
      setOptions(given);
    } catch {
      setTrouble(noAnswer);
    }
  }

  useEffect(() => void loadOptions(), []);
  return html`<main class="signin">
    <div class="card">
      <p class="brand">
        <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
          <path fill="none" stroke="currentColor" stroke-width="2.5" d="m2 3 6 14 4-9.500" />
          <path fill="currentColor" d="M13 3h5v3h-5z" />
        </svg>VIRTUOSO
      </p>
      ${
        options === null
          ? html`<div role="status">
            ${
              trouble === null
                ? null
                : html`<p>${trouble}</p>
                  <p class="sends">
                    <button type="button" class="button" onClick=${() => void loadOptions()}>Try again</button>
                  </p>`
            }
          </div>`
          : html`<${Way} options=${options} link=${link} />`
      }
    </div>
  </main>`;
}

function Way({ options, link }: { options: SignInOptions; link: string | null }) {
  if (link !== null) return options.setup ? html`<${CreateAdmin} link=${link} />` : html`<${ByLink} link=${link} />`;
  if (options.setup) return html`<${NoAccount} />`;
  return html`<${PasswordForm} identityProvider=${options.identity_provider} />`;
}

function NoAccount() {
  return html`<h1>No account yet</h1>
    <p>Run this on the machine of the daemon, and open the link it prints:</p>
    <${CommandLine} of=${`${program} signin-link`} label="Make the link" />
    <p class="note">The link makes the account of the admin. It is good once, within 15 minutes.</p>`;
}

/** Not by itself: a link that is opened to be looked at must not be used up. */
function ByLink({ link }: { link: string }) {
  return html`<h1>Sign in as the owner</h1>
    <p>This link signs in once as the owner of the machine, who may do everything.</p>
    <${Form} label="Sign in as the owner" button="Sign in" send=${async () => {
      const sent = await sendCredentials("link", { token: link });
      return "answer" in sent ? null : sent;
    }}>${() => null}<//>
    <p class="note">An account of your own: <a href=${here("signin").href}>sign in by password</a>.</p>`;
}
