/** Rings are heard one at a time; those that come while nobody listens are heard as one. */
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
