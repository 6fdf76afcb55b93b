import type { ComponentChildren } from "preact";
import { html } from "htm/preact";
import type { FreshnessState } from "../../src/core/freshness";
import { useStore } from "../store-context";
import { Icon, type IconName } from "./icon";

/** Each state has a shape: filled circle, half circle, moon, dashed circle, cross. Live is the connection alone. */
export type Freshness = "live" | "fresh" | "stale" | "idle" | "none" | "error";

const marks: Readonly<Record<Freshness, IconName>> = {
  live: "live",
  fresh: "live",
  stale: "stale",
  idle: "idle",
  none: "none",
  error: "error",
};

export function FreshnessMark({ of, word, children }: { of: Freshness; word: string; children?: ComponentChildren }) {
  return html`<span class="state ${of}"><${Icon} name=${marks[of]} /><b>${word}</b>${children}</span>`;
}

const ofState: Readonly<Record<FreshnessState, Freshness>> = {
  fresh: "fresh",
  stale: "stale",
  failing: "error",
  starting: "none",
  idle: "idle",
  unknown: "none",
};

/** The shape of a state: without a connection what it is by now is not known. */
export function useMark(state: FreshnessState): Freshness {
  return useStore().upToDate.value ? ofState[state] : "stale";
}
