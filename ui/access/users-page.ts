import { html } from "htm/preact";
import { Skeleton } from "../parts/skeleton";
import { me } from "../live/access";
import { useState } from "preact/hooks";
import { change } from "../live/change";
import { Block } from "./block";
import { Choice } from "./choice";
import { Field } from "./field";
import { Form, type Given } from "./form";
import { NotAllowed } from "./not-allowed";
import { useResource } from "../live/resource";
import { rolesOfPeople } from "./roles-within";
import { UserEntry } from "./user-entry";
import type { UserShape, Whole } from "./wire";

/** Who may sign in, and as what. */
export function Page() {
  const known = me.value;
  if (known === null) return html`<main class="page access" tabindex="-1" aria-label="Users"><${Skeleton} /></main>`;
  return html`<main class="page access" tabindex="-1" aria-label="Users">
    ${
      known.permissions.includes("dashboard.admin")
        ? html`<${Users} myName=${known.name} />`
        : html`<${NotAllowed} needs="admin" />`
    }
  </main>`;
}

function Users({ myName }: { myName: string }) {
  const { value, trouble, refetch } = useResource<Whole<UserShape>>("api/users");
  const [message, setMessage] = useState("");

  async function add(given: Given) {
    setMessage("");
    const changed = await change<UserShape>("POST", "api/users", given);
    if ("trouble" in changed) return changed;
    setMessage(`${changed.answer.name} may sign in now.`);
    refetch();
    return null;
  }

  return html`<${Block} name="users" title="Users" trouble=${trouble}>
    ${
      value?.items.length === 0
        ? html`<p class="quiet">No account has been made. The first is added here; sign-in, where required, asks for one.</p>`
        : html`<ul class="rows" aria-label="Users">
          ${value?.items.map(
            (user) =>
              html`<li key=${user.name}>
                <${UserEntry} user=${user} mine=${user.name === myName} changed=${refetch} />
              </li>`,
          )}
        </ul>`
    }
  <//>
    ${
      value === null && trouble === null
        ? null
        : html`<${Block} name="add-user" title="Add a user">
          <${Form} label="Add a user" button="Add" class="in-line" send=${add}>
            ${(wrong: Given) => html`<${Field}
              label="Name" name="username" autocomplete="off" maxlength=${64} wrong=${wrong["username"]}
            />
              <${Field}
                label="First password" name="password" type="password" autocomplete="new-password"
                note="At least 12 characters. Its owner changes it on the page of the account." wrong=${wrong["password"]}
              />
              <${Choice} label="Role" name="role" options=${rolesOfPeople} wrong=${wrong["role"]} />`}
          <//>
          <p role="status">${message}</p>
        <//>`
    }`;
}
