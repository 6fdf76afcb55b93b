import { html } from "htm/preact";
import type { Priority as PriorityWord } from "../../src/core/alert";
import { Icon, type IconName } from "./icon";

const marks: Readonly<Record<PriorityWord, IconName>> = { high: "bars3", medium: "bars2", low: "bars1" };

/** Filled, outlined or bare; three bars, two or one; and the word. */
export function Priority({ of }: { of: PriorityWord }) {
  return html`<span class="priority ${of}"><${Icon} name=${marks[of]} />${of.toUpperCase()}</span>`;
}
