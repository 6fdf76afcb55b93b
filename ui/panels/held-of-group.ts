import { html } from "htm/preact";
import type { DecisionShape } from "../../src/views/decisions";
import type { HeldGroups } from "../../src/views/held-groups";
import { useResource } from "../live/resource";
import { waiting } from "../parts/words";
import { HeldList } from "./held-list";

export type HeldGroup = HeldGroups["items"][number];

/** So many are shown below their group; the page has them all. */
const shownMax = 20;

/** The newest rows of a group. They are read again where one is added. */
export function HeldOfGroup({ group, since, of }: { group: HeldGroup; since: string; of: string }) {
  const { symbol, reason, newest } = group;
  const query = new URLSearchParams(of);
  for (const [name, value] of Object.entries({ outcome: "held", since, reason, limit: "100" })) query.set(name, value);
  if (symbol !== null) query.set("symbol", symbol);
  const { value, trouble } = useResource<{ readonly items: readonly DecisionShape[] }>(`api/decisions?${query}`, {
    changedBy: (frame) => frame.type === "held_back",
    everyMs: 3000,
  });
  if (value === null) return html`<p class="aside quiet" role="status">${trouble ?? waiting}</p>`;
  // No filter of the API says "without a symbol".
  const rows = value.items.filter((row) => row.symbol === newest.symbol).slice(0, shownMax);
  return html`<${HeldList} rows=${rows} />
    ${rows.length < group.count ? html`<p class="aside quiet">The newest ${rows.length} of ${group.count}.</p>` : null}`;
}
