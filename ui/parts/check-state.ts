import { html } from "htm/preact";
import type { HealthShape } from "../../src/views/health";
import { Icon, type IconName } from "./icon";

export type CheckStateWord = HealthShape["checks"][string]["status"];

export const checkMarks: Readonly<Record<CheckStateWord | "starting", IconName>> = {
  healthy: "check",
  degraded: "warning",
  unhealthy: "error",
  unknown: "unknown",
  skipped: "idle",
  starting: "stale",
};

/** What a check found, in a word. */
export function CheckState({ of: state }: { of: CheckStateWord }) {
  return html`<span class="health ${state}"><${Icon} name=${checkMarks[state]} />${state}</span>`;
}

/** source:reports is "source reports" for people. */
export function checkName(name: string): string {
  return name.replace(":", " ").replaceAll("_", " ");
}

/** What a check cost, in seconds. */
export function tookText(ms: number): string {
  return ms < 10 ? "under 0.01 s" : `${(ms / 1000).toFixed(2)} s`;
}
