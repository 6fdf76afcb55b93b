import { signal, type ReadonlySignal } from "@preact/signals";

/** What may open above every page, one at a time; each is loaded on first use. */
export type OverlayName = "palette" | "keys" | "configuration" | "mute" | "more";

const shown = signal<OverlayName | null>(null);
let early = "";

export const overlay = {
  shown: shown as ReadonlySignal<OverlayName | null>,
  show(name: OverlayName): void {
    if (shown.peek() !== name) early = "";
    shown.value = name;
  },
  close(): void {
    shown.value = null;
  },
  /** A letter typed while the palette is still loading, or Backspace. */
  typeEarly(key: string): void {
    if (key === "Backspace") early = early.slice(0, -1);
    else if (key.length === 1) early += key;
  },
  /** What was typed early, given once. */
  takeEarly(): string {
    const typed = early;
    early = "";
    return typed;
  },
};
