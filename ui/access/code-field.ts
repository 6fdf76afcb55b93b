import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { Field } from "./field";

/** The six digits of now, or a code kept for the day the phone is lost. */
export function CodeField() {
  const [recovering, recover] = useState(false);
  return html`${
    recovering
      ? html`<${Field}
        key="recovery" label="Recovery code" name="code" autocomplete="off" maxlength=${50} first=${true}
        note="One of those shown when the second factor was set; each is good once."
      />`
      : html`<${Field}
        key="code" label="Code" name="code" autocomplete="one-time-code" inputmode="numeric" maxlength=${50}
        first=${true} note="The six digits your authenticator shows now."
      />`
  }
    <p>
      <button type="button" class="plain" onClick=${() => recover(!recovering)}>
        ${recovering ? "Use the authenticator" : "Use a recovery code"}
      </button>
    </p>`;
}
