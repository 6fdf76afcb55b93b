/** The newest values in a row of memory, oldest first. */
export class SlidingWindow {
  readonly #kept: Float64Array;
  #end = 0;

  constructor(readonly size: number) {
    this.#kept = new Float64Array(size * 2);
  }

  get length(): number {
    return Math.min(this.#end, this.size);
  }

  push(value: number): void {
    if (this.#end === this.#kept.length) {
      this.#kept.copyWithin(0, this.#end - this.size, this.#end);
      this.#end = this.size;
    }
    this.#kept[this.#end] = value;
    this.#end += 1;
  }

  /** The value `back` places before the newest; NaN where there is none. */
  before(back: number): number {
    return back < this.length ? (this.#kept[this.#end - 1 - back] ?? Number.NaN) : Number.NaN;
  }

  /** The newest `count` values less the newest `skipped`, oldest first; fewer where there are fewer. A view, good until the next push. */
  last(count: number, skipped = 0): Float64Array {
    const end = Math.max(0, this.#end - skipped);
    return this.#kept.subarray(Math.max(this.#end - this.length, end - count), end);
  }

  clear(): void {
    this.#end = 0;
  }
}
