import type { ComponentChildren } from "preact";
import { html } from "htm/preact";
import { Icon, type IconName } from "./icon";

/** Four states, four shapes: filled circle, half circle, dashed circle, cross. */
export type Freshness = "live" | "stale" | "none" | "error";

const marks: Readonly<Record<Freshness, IconName>> = { live: "live", stale: "stale", none: "none", error: "error" };

export function FreshnessMark({ of, word, children }: { of: Freshness; word: string; children?: ComponentChildren }) {
  return html`<span class="state ${of}"><${Icon} name=${marks[of]} /><b>${word}</b>${children}</span>`;
}
