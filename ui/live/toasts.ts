import { signal, type ReadonlySignal } from "@preact/signals";

/** Something said once: that it was saved, that it failed. */
export interface Toast {
  readonly id: number;
  readonly tone: "good" | "bad";
  readonly text: string;
}

const shownMs = 6000;
const max = 4;
const shown = signal<readonly Toast[]>([]);
let last = 0;

export const toasts: ReadonlySignal<readonly Toast[]> = shown;

export function showToast(tone: Toast["tone"], text: string): void {
  last += 1;
  const id = last;
  shown.value = [...shown.peek().filter((one) => one.text !== text), { id, tone, text }].slice(-max);
  // What failed stays until it is put away.
  if (tone === "good") setTimeout(() => dismissToast(id), shownMs);
}

export function dismissToast(id: number): void {
  shown.value = shown.peek().filter((one) => one.id !== id);
}
