import {
  confirmTime,
  passTime,
  resumeTime,
  steadyForMs,
  trustedTimeSchema,
  type TrustedTime,
} from "../core/trusted-time";
import type { Database } from "./db";
import { storedJson } from "./fault";
import type { Reader } from "./reader";
import { newestReceived } from "./received";
import type { StoreWriter } from "./writer";

export interface TrustedClockDeps {
  readonly database: Database;
  readonly reader: Reader;
  readonly storeWriter: StoreWriter;
  /** Runs what writes beside the commits; false where nothing could be written. */
  readonly maintain: (work: () => void) => boolean;
  /** Wall clock, epoch ms. */
  readonly now: () => number;
  /** Monotonic, ms, and beside `now`: what the wall clock is held against. */
  readonly elapsed: () => number;
  /** The clock is no longer believed, or believed again (null). */
  readonly doubted: (ahead: TrustedTime["ahead"]) => void;
}

const rememberedAs = "trusted time";
const rememberEveryMs = 10 * 60_000;

/** The wall clock as far as it is believed, over restarts too. */
export class TrustedClock {
  #trusted: TrustedTime;
  #seenAt: number;
  #rememberedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly deps: TrustedClockDeps) {
    const { database, reader, now, elapsed, doubted } = deps;
    this.#seenAt = elapsed();
    this.#trusted = resumeTime(storedTrust(reader), newestReceived(database), now());
    if (this.#trusted.ahead !== null) doubted(this.#trusted.ahead);
  }

  /** Epoch ms: what is believed. */
  get at(): number {
    return this.#trusted.at;
  }

  /** How far the wall clock is ahead of what is believed, and for how long it must still be steady; null where it is believed. */
  get doubt(): { readonly byMs: number; readonly waitsMs: number } | null {
    const { ahead } = this.#trusted;
    return ahead === null ? null : { byMs: ahead.byMs, waitsMs: steadyForMs - ahead.steadyMs };
  }

  /** To be called every few seconds, and before anything is removed by it. */
  look(): void {
    const { now, elapsed, doubted } = this.deps;
    const at = elapsed();
    const before = this.#trusted;
    this.#trusted = passTime(before, now(), at - this.#seenAt);
    this.#seenAt = at;
    const changed = (before.ahead === null) !== (this.#trusted.ahead === null);
    if (changed) doubted(this.#trusted.ahead);
    if (changed || at - this.#rememberedAt >= rememberEveryMs) this.remember();
  }

  /** For the next run of the program. */
  remember(): void {
    const { maintain, storeWriter, elapsed } = this.deps;
    if (maintain(() => storeWriter.remember(rememberedAs, JSON.stringify(this.#trusted))))
      this.#rememberedAt = elapsed();
  }

  /** A person says that the clock is right; false where that could not be stored. `also` is stored with it. */
  confirm(also: () => void): boolean {
    const { maintain, database, storeWriter, now, doubted } = this.deps;
    const confirmed = confirmTime(now());
    const stored = maintain(() =>
      database.raw
        .transaction(() => {
          storeWriter.remember(rememberedAs, JSON.stringify(confirmed));
          also();
        })
        .immediate(),
    );
    if (!stored) return false;
    this.#trusted = confirmed;
    doubted(null);
    return true;
  }
}

/** What was believed when the program last ran; null where nothing was. */
export function storedTrust(reader: Reader): TrustedTime | null {
  const text = reader.meta(rememberedAs);
  return text === undefined ? null : storedJson(text, trustedTimeSchema);
}
