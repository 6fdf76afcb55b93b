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

/** Whether every entry is as it was written, and none is gone; looked at when the page opens and when asked. */
export function AuditChainMark() {
  const { value, trouble, refetch } = useResource<AuditChain>("api/audit/chain");
  return html`<div class="chain" role="status">
    ${
      value === null
        ? html`<${FreshnessMark} of="none" word=${trouble ?? "looking at the chain"} />`
        : value.whole
          ? html`<${FreshnessMark} of="live" word="the chain is whole"><span>${count(value.entries)} entries, looked at ${clockText(Date.parse(value.checked_at))}, head ${value.hash.slice(0, 12)}</span><//>`
          : html`<${FreshnessMark} of="error" word="the chain is broken"><span>looked at ${clockText(Date.parse(value.checked_at))}</span><//>
          <ul>${value.breaks.map(({ id, what }) => html`<li key=${`${id} ${what}`}>Entry no. ${id} ${words[what]}.</li>`)}</ul>`
    }
    <button type="button" class="button small" onClick=${refetch}>Check the chain</button>
  </div>`;
}
