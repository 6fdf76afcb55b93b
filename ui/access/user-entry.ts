import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { change } from "../live/change";
import { Age } from "../parts/age";
import { Choice } from "./choice";
import { Field } from "./field";
import { Form, type Given } from "./form";
import { rolesOfPeople } from "./roles-within";
import { ConfirmButton } from "./confirm-button";
import type { UserShape } from "./wire";

export interface UserEntryProps {
  readonly user: UserShape;
  readonly mine: boolean;
  readonly changed: () => void;
}

/** One account in a line; opened, what an admin may do with it. */
export function UserEntry({ user, mine, changed }: UserEntryProps) {
  const [open, setOpen] = useState(false);
  const [message, setMessage] = useState("");
  const path = `api/users/${encodeURIComponent(user.name)}`;

  async function patch(body: object, done: string) {
    setMessage("");
    const answered = await change<UserShape>("PATCH", path, body);
    if ("trouble" in answered) return answered;
    setMessage(done);
    changed();
    return null;
  }

  async function chooseRole(role: string): Promise<void> {
    const refused = await patch({ role }, `${user.name} is ${role} now, in every open session.`);
    if (refused !== null) {
      setMessage(refused.trouble);
      changed();
    }
  }

  return html`<div>
    <b>${user.name}</b> <span class="tag">${user.role}</span>
    ${mine ? html` <span class="tag">you</span>` : null}
    ${user.locked ? html` <span class="tag is-bad">locked out</span>` : null}
    <p class="meta">
      <span>added <${Age} at=${user.created_at} /></span>
      <span>
        ${user.last_sign_in_at === null ? "never signed in" : html`signed in <${Age} at=${user.last_sign_in_at} />`}
      </span>
      <span>${user.sessions} ${user.sessions === 1 ? "session" : "sessions"}</span>
      <span>${user.second_factor ? "second factor set" : "no second factor"}</span>
      ${user.identity_provider ? html`<span>by the identity provider</span>` : null}
    </p>
  </div>
    <button type="button" class="button small" aria-expanded=${open ? "true" : "false"} onClick=${() => setOpen(!open)}>
      Manage<span class="sr"> ${user.name}</span>
    </button>
    <div class="manage" hidden=${!open}>
      ${
        open
          ? html`<${Choice}
            label="Role" name="role" options=${rolesOfPeople} chosen=${user.role}
            choose=${(role: string) => void chooseRole(role)}
          />
            <${Form}
              label=${`New password of ${user.name}`} button="Set the password" class="in-line"
              send=${(given: Given) => patch(given, "The password is set; every session of the account has ended.")}
            >
              ${(wrong: Given) => html`<${Field}
                label="New password" name="password" type="password" autocomplete="new-password"
                wrong=${wrong["password"]}
              />`}
            <//>
            <p class="sends">
              ${
                user.locked
                  ? html`<button
                    type="button" class="button small"
                    onClick=${() => void patch({ locked: false }, `${user.name} may try again at once.`)}
                  >Unlock<span class="sr"> ${user.name}</span></button>`
                  : null
              }
              ${
                user.second_factor
                  ? html`<${ConfirmButton}
                    label="Remove the second factor" of=${`of ${user.name}`}
                    act=${() => change("PATCH", path, { second_factor: false })} done=${changed}
                  />`
                  : null
              }
              <${ConfirmButton}
                label="Remove the account" of=${user.name} act=${() => change("DELETE", path)} done=${changed}
              />
            </p>`
          : null
      }
      <p role="status">${message}</p>
    </div>`;
}
