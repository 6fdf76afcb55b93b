import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { change } from "../live/change";
import { Block } from "./block";
import { Field } from "./field";
import { Form, type Given } from "./form";

/** Every other session ends with the old password. */
export function PasswordChange({ has, name }: { has: boolean; name: string }) {
  const [message, setMessage] = useState("");

  async function send(given: Given) {
    setMessage("");
    const changed = await change("POST", "api/auth/password", given);
    if ("trouble" in changed) return changed;
    setMessage("Changed. Wherever else you were signed in, you are signed out.");
    return null;
  }

  return html`<${Block} name="password" title="Password">
    <${Form} label="Change the password" button="Change the password" send=${send}>${(wrong: Given) => html`<input
      class="sr" type="text" name="ignored" autocomplete="username" value=${name} tabindex=${-1} aria-hidden="true"
      readonly disabled
    />
      ${
        has
          ? html`<${Field}
            label="Current password" name="current" type="password" autocomplete="current-password"
            wrong=${wrong["current"]}
          />`
          : null
      }
      <${Field}
        label="New password" name="password" type="password" autocomplete="new-password"
        note="At least 12 characters; a few words make a good one." wrong=${wrong["password"]}
      />`}<//>
    <p role="status">${message}</p>
  <//>`;
}
