import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { Age } from "../parts/age";
import { change } from "../live/change";
import { Block } from "./block";
import { Choice } from "./choice";
import { Field } from "./field";
import { Form, type Given } from "./form";
import { useResource } from "../live/resource";
import { rolesWithin } from "./roles-within";
import { ShownOnce } from "./shown-once";
import { ConfirmButton } from "./confirm-button";
import type { Me, NewTokenShape, TokenShape, Whole } from "./wire";

const dayMs = 86_400_000;
const lifetimes = [
  { name: "30", label: "30 days" },
  { name: "90", label: "90 days" },
  { name: "365", label: "a year" },
  { name: "never", label: "without end" },
] as const;

/** Tokens for machines: the account's own, for admins all of them. */
export function ApiTokens({ of: me }: { of: Me }) {
  const { value, trouble, refetch } = useResource<Whole<TokenShape>>("api/tokens");
  const [made, show] = useState<NewTokenShape | null>(null);

  async function create({ name, role, days }: Given) {
    const expires =
      days === undefined || days === "never"
        ? {}
        : { expires_at: new Date(Date.now() + Number(days) * dayMs).toISOString() };
    const changed = await change<NewTokenShape>("POST", "api/tokens", { name, role, ...expires });
    if ("trouble" in changed) return changed;
    show(changed.answer);
    refetch();
    return null;
  }

  const all = me.permissions.includes("dashboard.admin");
  return html`<${Block} name="tokens" title=${all ? "API tokens of all accounts" : "API tokens"} trouble=${trouble}>
    ${
      made === null
        ? null
        : html`<${ShownOnce}
          label=${`Token ${made.name}`} lines=${[made.token]}
          note="Sent as Authorization: Bearer. It is not shown again; what is kept here cannot be turned back into it."
          done=${() => show(null)}
        />`
    }
    ${
      value?.items.length === 0
        ? html`<p class="quiet">No token has been made. With one a script or another machine reads the API or sends reports.</p>`
        : html`<ul class="rows" aria-label="API tokens">${value?.items.map(
            (token) => html`<li key=${token.name}>
              <div>
                <b>${token.name}</b> <span class="tag">${token.role}</span>
                <p class="meta">
                  ${
                    all
                      ? html`<span>${token.account === null ? "of the command line" : `of ${token.account}`}</span>`
                      : null
                  }
                  <span>made <${Age} at=${token.created_at} /></span>
                  <span>
                    ${token.last_used_at === null ? "never used" : html`used <${Age} at=${token.last_used_at} />`}
                  </span>
                  <span>
                    ${token.expires_at === null ? "without end" : html`ends <${Age} at=${token.expires_at} />`}
                  </span>
                </p>
              </div>
              <${ConfirmButton}
                label="Revoke" of=${`token ${token.name}`}
                act=${() => change("DELETE", `api/tokens/${encodeURIComponent(token.name)}`)} done=${refetch}
              />
            </li>`,
          )}</ul>`
    }
    <${Form} label="Make a token" button="Make a token" class="in-line" send=${create}>
      ${(wrong: Given) => html`
        <${Field} label="Token name" name="name" autocomplete="off" maxlength=${64} wrong=${wrong["name"]} />
        <${Choice} label="Role" name="role" options=${rolesWithin(me)} wrong=${wrong["role"]} />
        <${Choice} label="Lasts" name="days" options=${lifetimes} chosen="90" wrong=${wrong["expires_at"]} />
      `}
    <//>
  <//>`;
}
