import { html } from "htm/preact";
import { Field } from "./field";
import { Form, type Given } from "./form";
import { sendCredentials } from "./send-credentials";

/** The first account, by the one-time link that only the machine's owner can have. */
export function CreateAdmin({ link }: { link: string }) {
  async function create(given: Given) {
    const sent = await sendCredentials("setup", { ...given, token: link });
    return "answer" in sent ? null : sent;
  }
  return html`<h1>Create the admin account</h1>
    <p>No account exists yet. This one may do everything, and add the others.</p>
    <${Form} label="Create the admin account" button="Create the account" send=${create}>${(
      wrong: Given,
    ) => html`<${Field}
      label="Name" name="username" autocomplete="username" maxlength=${64} first=${true} wrong=${wrong["username"]}
    />
      <${Field}
        label="Password" name="password" type="password" autocomplete="new-password"
        note="At least 12 characters; a few words make a good one." wrong=${wrong["password"]}
      />`}<//>`;
}
