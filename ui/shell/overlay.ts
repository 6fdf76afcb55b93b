import { signal, type ReadonlySignal } from "@preact/signals";

/** What may stand above every page, one at a time; each is loaded when it is first wanted. */
export type OverlayName = "palette" | "keys" | "configuration";

const shown = signal<OverlayName | null>(null);

export const overlay = {
  shown: shown as ReadonlySignal<OverlayName | null>,
  show(name: OverlayName): void {
    shown.value = name;
  },
  close(): void {
    shown.value = null;
  },
};
