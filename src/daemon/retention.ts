import type { Database } from "../store/db";
import { keptKinds, type KeptKind } from "../store/prune";
import type { Reader } from "../store/reader";
import { Retention, restMsAfter, type KeptFor } from "../store/retention";
import { TrustedClock, type TrustedClockDeps } from "../store/trusted-clock";
import type { StoreWriter } from "../store/writer";
import type { Writer } from "../writer";

export interface RetentionDeps extends Pick<TrustedClockDeps, "now" | "elapsed" | "doubted"> {
  readonly writer: Writer;
  readonly storeWriter: StoreWriter;
  readonly database: Database;
  readonly reader: Reader;
  readonly kept: () => KeptFor;
  /** True while the write-ahead log should not grow: nothing is removed for so long. */
  readonly waits?: () => boolean;
  readonly stepped: (seconds: number) => void;
  readonly removed: (kind: KeptKind, rows: number) => void;
}

/** Has what is past its time removed between commits, by a clock that is believed. */
export class RetentionKeeper implements Disposable {
  readonly #retention: Retention;
  readonly #clock: TrustedClock;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly deps: RetentionDeps) {
    this.#retention = new Retention(deps.database, deps.storeWriter.search);
    this.#clock = new TrustedClock({ ...deps, maintain: (work) => deps.writer.maintain(work) });
  }

  /** How far the wall clock is ahead of what is believed, and for how long it must still be steady; null where it is believed. */
  get doubt(): TrustedClock["doubt"] {
    return this.#clock.doubt;
  }

  /** From now on steps follow by themselves. */
  start(): this {
    const work = () => {
      this.#timer = setTimeout(work, restMsAfter(this.step()));
    };
    this.#timer = setTimeout(work, restMsAfter({ more: false, tookMs: 0 }));
    return this;
  }

  /** One step: looks at the clock, and removes what is due where it is believed. */
  step(): { readonly more: boolean; readonly tookMs: number } {
    const { writer, elapsed, stepped, waits } = this.deps;
    this.#clock.look();
    if (this.doubt !== null) return { more: false, tookMs: 0 };
    if (waits?.() === true) return { more: true, tookMs: 0 };
    const startedAt = elapsed();
    let more = false;
    writer.maintain(() => {
      more = this.#remove();
    });
    const tookMs = elapsed() - startedAt;
    stepped(tookMs / 1000);
    return { more, tookMs };
  }

  /** A person says that the clock is right; false where that could not be stored. `also` is stored with it. */
  confirm(also: () => void): boolean {
    return this.#clock.confirm(also);
  }

  /** How long past its time the oldest of each kind is still there, seconds. */
  debtSeconds(): Partial<Record<KeptKind, number>> {
    return this.#retention.debtSeconds(this.deps.kept(), this.#clock.at);
  }

  [Symbol.dispose](): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#clock.remember();
  }

  #remove(): boolean {
    const { kept, elapsed, removed: pruned } = this.deps;
    const { removed, more } = this.#retention.step(kept(), this.#clock.at, elapsed);
    for (const kind of keptKinds) if (removed[kind] !== undefined) pruned(kind, removed[kind]);
    return more;
  }
}
