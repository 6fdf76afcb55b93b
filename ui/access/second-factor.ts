import { html } from "htm/preact";
import { formatCount } from "../../src/core/text";
import { useState } from "preact/hooks";
import { refreshMe } from "../live/access";
import { change } from "../live/change";
import { Block } from "./block";
import { Field } from "./field";
import { Form, type Given } from "./form";
import { QrCode } from "./qr-code";
import { ShownOnce } from "./shown-once";
import type { Me, RecoveryShape, TotpShape } from "./wire";

export interface SecondFactorProps {
  readonly of: NonNullable<Me["second_factor"]>;
  readonly needsPassword: boolean;
}

/** A code of a phone beside the password: set, with recovery codes shown once, and removed. */
export function SecondFactor({ of: { set, needed, recovery_codes_left: left }, needsPassword }: SecondFactorProps) {
  const [waiting, wait] = useState<TotpShape | null>(null);
  const [codes, show] = useState<readonly string[] | null>(null);

  async function begin(given: Given) {
    const changed = await change<TotpShape>("POST", "api/auth/totp", given);
    if ("trouble" in changed) return changed;
    wait(changed.answer);
    return null;
  }

  async function confirm(given: Given) {
    const changed = await change<RecoveryShape>("POST", "api/auth/totp/confirm", given);
    if ("trouble" in changed) return changed;
    show(changed.answer.recovery_codes);
    wait(null);
    await refreshMe();
    return null;
  }

  const password = (wrong: Given) =>
    needsPassword
      ? html`<${Field}
        label="Password" name="password" type="password" autocomplete="current-password" wrong=${wrong["password"]}
      />`
      : null;
  return html`<${Block} name="second-factor" title="Second factor">
    ${
      codes !== null
        ? html`<${ShownOnce}
          label="Recovery codes" lines=${codes}
          note="Each signs in once in place of a code, for the day the phone is lost. They are not shown again."
          done=${() => show(null)}
        />`
        : waiting !== null
          ? html`<${Enrolment} of=${waiting} confirm=${confirm} giveUp=${() => wait(null)} />`
          : set
            ? html`<p>Set: signing in needs a code of your authenticator.
              ${formatCount(left, "recovery code is", "recovery codes are")} left.</p>
              ${
                needed
                  ? html`<p class="note">
                    Every account needs one here: once removed, another must be set before anything else.
                  </p>`
                  : null
              }
              <${Form} key="remove" label="Remove the second factor" button="Remove it" send=${remove}>${password}<//>`
            : html`<p>
              Not set. With one, signing in needs a code of an authenticator on your phone beside the password.
            </p>
              <${Form} key="begin" label="Set a second factor" button="Set it up" send=${begin}>${password}<//>`
    }
  <//>`;
}

async function remove(given: Given) {
  const changed = await change("POST", "api/auth/totp/remove", given);
  if ("trouble" in changed) return changed;
  await refreshMe();
  return null;
}

interface EnrolmentProps {
  readonly of: TotpShape;
  readonly confirm: (given: Given) => Promise<{ readonly trouble: string; readonly fields: Given } | null>;
  readonly giveUp: () => void;
}

function Enrolment({ of: { secret, uri }, confirm, giveUp }: EnrolmentProps) {
  return html`<div class="enrolment">
    <${QrCode} text=${uri} label="Secret for the authenticator, as a QR code" />
    <div class="form">
      <p>Scan this with an authenticator, or type its secret there:</p>
      <p><code class="secret">${secret.match(/.{1,4}/g)?.join(" ")}</code></p>
      <${Form}
        label="Confirm the authenticator" button="Confirm" send=${confirm}
        aside=${html`<button type="button" class="button" onClick=${giveUp}>Not now</button>`}
      >
        ${(wrong: Given) => html`<${Field}
          label="Code" name="code" autocomplete="one-time-code" inputmode="numeric" maxlength=${50} first=${true}
          note="The six digits it shows now." wrong=${wrong["code"]}
        />`}
      <//>
    </div>
  </div>`;
}
