import { html } from "htm/preact";
import type { Permission } from "../../src/core/roles";
import { Skeleton } from "../parts/skeleton";
import { me } from "../live/access";
import { ApiTokens } from "./api-tokens";
import { Block } from "./block";
import { PasswordChange } from "./password-change";
import { SecondFactor } from "./second-factor";
import { Sessions } from "./sessions";

/** The account's own: password, second factor, sessions, tokens. */
export function Page() {
  const known = me.value;
  return html`<main class="page access" tabindex="-1" aria-label="Account">
    ${
      known === null
        ? html`<${Skeleton} />`
        : html`${
            known.second_factor !== null && known.second_factor.needed && !known.second_factor.set
              ? html`<p class="notice" role="status">
                Every account needs a second factor here. Until yours is set, nothing else is open to you.
              </p>`
              : null
          }
          <div class="column">
            <${Block} name="who" title="Account">
              <dl class="own-facts">
                <div><dt>Name</dt><dd>${known.name}</dd></div>
                <div><dt>Role</dt><dd>${known.role}</dd></div>
                <div>
                  <dt>May</dt>
                  <dd>
                    ${
                      known.permissions.length === 0
                        ? "nothing yet"
                        : known.permissions.map((each) => permissionWords[each]).join(", ")
                    }
                  </dd>
                </div>
              </dl>
              ${
                known.auth === "off"
                  ? html`<p class="note">Sign-in is off: everyone who reaches this daemon is its owner.</p>`
                  : null
              }
              ${
                known.auth === "required" && known.kind === "owner"
                  ? html`<p class="note">
                    Signed in by a one-time link, as the owner of the machine. An account of your own is made on the
                    page of users.
                  </p>`
                  : null
              }
            <//>
            ${known.password === null ? null : html`<${PasswordChange} has=${known.password} name=${known.name} />`}
            ${
              known.second_factor === null
                ? null
                : html`<${SecondFactor} of=${known.second_factor} needsPassword=${known.password === true} />`
            }
          </div>
          <div class="column">
            ${known.auth === "off" ? null : html`<${Sessions} />`}
            ${
              known.kind === "account" || known.permissions.includes("dashboard.admin")
                ? html`<${ApiTokens} of=${known} />`
                : null
            }
          </div>`
    }
  </main>`;
}

/** What each permission lets one do; the API's own names stand in its description. */
const permissionWords: Readonly<Record<Permission, string>> = {
  "dashboard.view": "see the desk",
  "dashboard.admin": "manage accounts and tokens",
  "dashboard.health.view": "see health",
  "dashboard.pipeline.view": "see the pipeline",
  "dashboard.portfolio.view": "see portfolios",
  "dashboard.logs.view": "see logs",
  "dashboard.settings.manage": "change settings",
  "dashboard.export.data": "export data",
  "dashboard.alerts.manage": "act on alerts",
  "ingest.write": "send reports",
};
