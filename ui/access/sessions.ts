import { html } from "htm/preact";
import { change } from "../live/change";
import type { Changed } from "../live/changed";
import { leaveBy, type SignedOut } from "../live/session";
import { Age } from "../parts/age";
import { agentText } from "./agent-text";
import { Block } from "./block";
import { useResource } from "../live/resource";
import { ConfirmButton } from "./confirm-button";
import type { SessionShape, Whole } from "./wire";

/** Where one is signed in, and the end of it: there, or everywhere. */
export function Sessions() {
  const { value, trouble, refetch } = useResource<Whole<SessionShape>>("api/auth/sessions");
  const sessions =
    value?.items.toSorted(
      (a, b) => Number(b.current) - Number(a.current) || b.last_seen_at.localeCompare(a.last_seen_at),
    ) ?? [];
  return html`<${Block} name="sessions" title="Sessions" trouble=${trouble}>
    <ul class="rows" aria-label="Sessions">${sessions.map(
      (session) => html`<li key=${session.id}>
        <div>
          <b title=${session.agent}>${agentText(session.agent)}</b>
          ${session.current ? html` <span class="tag">this one</span>` : null}
          <p class="meta">
            <span>${session.address}</span>
            <span>signed in <${Age} at=${session.created_at} /></span>
            <span>last seen <${Age} at=${session.last_seen_at} /></span>
          </p>
        </div>
        ${
          session.current
            ? null
            : html`<${ConfirmButton}
              label="End" of=${`the session of ${agentText(session.agent)} at ${session.address}`}
              act=${() => change("DELETE", `api/auth/sessions/${session.id}`)} done=${refetch}
            />`
        }
      </li>`,
    )}</ul>
    <p><${ConfirmButton} label="Sign out everywhere" of="here too" act=${signOutEverywhere} done=${refetch} /></p>
  <//>`;
}

async function signOutEverywhere(): Promise<Changed<SignedOut>> {
  const ending = change<SignedOut>("DELETE", "api/auth/sessions");
  await leaveBy(async () => {
    const changed = await ending;
    return "answer" in changed ? changed.answer : null;
  });
  return await ending;
}
