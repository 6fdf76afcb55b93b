import { signal, type ReadonlySignal } from "@preact/signals";
import { overlay } from "../shell/overlay";
import type { AlertShape } from "../wire";

const muted = signal<AlertShape | null>(null);

/** The alert that is being muted, as it was when that was begun. */
export const muting: ReadonlySignal<AlertShape | null> = muted;

export function beginMute(alert: AlertShape): void {
  muted.value = alert;
  overlay.show("mute");
}

export function endMute(): void {
  overlay.close();
  muted.value = null;
}
