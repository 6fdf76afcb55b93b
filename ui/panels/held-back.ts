import { html } from "htm/preact";
import type { HeldGroups } from "../../src/views/held-groups";
import { useResource } from "../live/resource";
import { Empty } from "../parts/empty";
import { heldAppear } from "../parts/words";
import type { Frame } from "../wire";
import { HeldGroupsTable } from "./held-groups";

const concernsHeld = (frame: Frame) => frame.type === "held_back";

/** What was held back since, in groups; `of` narrows it: `&reason=cap`. Counting all that is kept takes a second or so. */
export function useHeldGroups(since: string, of: string, everyMs = 3000) {
  return useResource<HeldGroups>(`api/decisions/held-groups?since=${since}&limit=100${of}`, {
    changedBy: concernsHeld,
    everyMs,
  });
}

export interface HeldBackProps {
  readonly held: ReturnType<typeof useHeldGroups>;
  readonly since: string;
  readonly of: string;
  readonly why: string;
}

export function HeldBack({ held: { value, trouble }, since, of, why }: HeldBackProps) {
  if (value === null || value.items.length === 0)
    return html`<${Empty} known=${value !== null} trouble=${trouble} why=${why} next=${heldAppear} />`;
  return html`<${HeldGroupsTable} groups=${value.items} since=${since} of=${of} />
    ${value.complete ? null : html`<p class="aside quiet">These are the newest groups; a filter shows others.</p>`}`;
}

/** On the desk, over the time that is shown there. */
export function HeldTab({ since, reason }: { since: string; reason: string }) {
  const of = reason === "" ? "" : `&reason=${reason}`;
  const held = useHeldGroups(since, of);
  return html`<${HeldBack} held=${held} since=${since} of=${of} why=${`Nothing was held back over the last ${since}.`} />`;
}
