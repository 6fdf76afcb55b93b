/** Signals are taken one at a time; those that come while no one waits count as one. */
export class ChangeSignal {
  #isSet = false;
  #wake: (() => void) | null = null;

  set(): void {
    this.#isSet = true;
    this.#wake?.();
  }

  async wait(): Promise<void> {
    if (!this.#isSet) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = null;
    this.#isSet = false;
  }
}
