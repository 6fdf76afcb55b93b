import { signal, type ReadonlySignal } from "@preact/signals";

/** Something said once: that it was saved, that it failed. */
export interface Saying {
  readonly id: number;
  readonly manner: "good" | "bad";
  readonly text: string;
}

const shownMs = 6000;
const most = 4;
const said = signal<readonly Saying[]>([]);
let last = 0;

export const sayings: ReadonlySignal<readonly Saying[]> = said;

export function say(manner: Saying["manner"], text: string): void {
  last += 1;
  const id = last;
  said.value = [...said.peek().filter((one) => one.text !== text), { id, manner, text }].slice(-most);
  // What failed stays until it is put away.
  if (manner === "good") setTimeout(() => putAway(id), shownMs);
}

export function putAway(id: number): void {
  said.value = said.peek().filter((one) => one.id !== id);
}
