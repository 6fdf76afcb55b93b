import { html } from "htm/preact";
import { FreshnessMark } from "../parts/freshness";
import { count } from "../parts/numbers";
import { clockText } from "../parts/time";
import { useResource } from "../live/resource";
import type { AuditChain } from "./wire";

const words = {
  changed: "was changed",
  missing: "does not follow the one before: some are gone",
  cut: "is where the newest are gone",
} as const;

/** Whether every entry is as it was written, and none is gone; checked when the page opens and on demand. */
export function AuditChainMark() {
  const { value, trouble, refetch } = useResource<AuditChain>("api/audit/chain");
  return html`<div class="chain" role="status">
    ${
      value === null
        ? html`<${FreshnessMark} of="none" word=${trouble ?? "checking the chain"} />`
        : value.whole && value.entries === 0
          ? html`<${FreshnessMark} of="none" word="no entry yet, so there is nothing to check" />`
          : value.whole
            ? html`<${FreshnessMark} of="live" word="the chain is whole">
            <span>${wholeText(value)}</span>
          <//>`
            : html`<${FreshnessMark} of="error" word="the chain is broken">
            <span>checked ${clockText(Date.parse(value.checked_at))}</span>
          <//>
            <ul>
              ${value.breaks.map(
                ({ id, what }) => html`<li key=${`${id} ${what}`}>Entry no. ${id} ${words[what]}.</li>`,
              )}
            </ul>`
    }
    <button type="button" class="button small" onClick=${refetch}>Check the chain</button>
  </div>`;
}

function wholeText({ entries, checked_at: at, hash }: AuditChain): string {
  return `${count(entries)} ${entries === 1 ? "entry" : "entries"}, checked ${clockText(Date.parse(at))}, head ${hash.slice(0, 12)}`;
}
