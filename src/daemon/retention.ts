import { dayMs } from "../core/duration";
import type { Retention } from "../config";
import { betasKeptMs } from "../core/alpha/beta-history";
import { candleMs, candlesKept } from "../core/candle";
import {
  confirmTime,
  passTime,
  resumeTime,
  steadyForMs,
  trustedTimeSchema,
  type TrustedTime,
} from "../core/trusted-time";
import type { Writer } from "../writer";
import { BetaStore } from "../store/betas";
import { CandleStore } from "../store/candles";
import { storedJson } from "../store/fault";
import type { StoreWriter } from "../store/writer";
import type { Database } from "../store/db";
import { keptKinds, Pruner, type Cutoffs, type KeptKind } from "../store/prune";
import type { Reader } from "../store/reader";
import { newestReceived } from "../store/received";

export interface RetentionDeps {
  readonly writer: Writer;
  readonly storeWriter: StoreWriter;
  readonly database: Database;
  readonly reader: Reader;
  /** Wall clock, epoch ms. */
  readonly now: () => number;
  /** Monotonic, ms, and beside `now`: what the wall clock is held against. */
  readonly elapsed: () => number;
  readonly kept: () => Retention;
  /** True while the write-ahead log should not grow: nothing is removed for so long. */
  readonly waits?: () => boolean;
  readonly stepped: (seconds: number) => void;
  readonly removed: (kind: KeptKind, rows: number) => void;
  /** The clock is no longer believed, or believed again (null). */
  readonly doubted: (ahead: TrustedTime["ahead"]) => void;
}

const rememberedAs = "trusted time";
const rememberEveryMs = 10 * 60_000;
/** With the commit a step stays well under 20 ms. */
const budgetMs = 5;
const pollEveryMs = 5000;
/** Between two steps others have their turn, for as long as a step took and half as long again. */
const restShare = 1.5;
const restMsMin = 4;
const candlesAtOnce = 200;
const betasAtOnce = 200;

/** Lets go of what is past its time, by a clock that is believed. */
export class RetentionKeeper implements Disposable {
  readonly #pruner: Pruner;
  readonly #candles: CandleStore;
  readonly #betas: BetaStore;
  #trusted: TrustedTime;
  #seenAt: number;
  #rememberedAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly deps: RetentionDeps) {
    const { database, reader, now, elapsed } = deps;
    this.#pruner = new Pruner(database);
    this.#candles = new CandleStore(database);
    this.#betas = new BetaStore(database);
    this.#seenAt = elapsed();
    this.#trusted = resumeTime(storedTrust(reader), newestReceived(database), now());
    if (this.#trusted.ahead !== null) deps.doubted(this.#trusted.ahead);
  }

  /** How far the wall clock is ahead of what is believed, and for how long it must still be steady; null where it is believed. */
  get doubt(): { readonly byMs: number; readonly waitsMs: number } | null {
    const { ahead } = this.#trusted;
    return ahead === null ? null : { byMs: ahead.byMs, waitsMs: steadyForMs - ahead.steadyMs };
  }

  /** From now on steps follow by themselves. */
  start(): this {
    const work = () => {
      const { more, tookMs } = this.step();
      this.#timer = setTimeout(work, more ? Math.max(restMsMin, tookMs * restShare) : pollEveryMs);
    };
    this.#timer = setTimeout(work, pollEveryMs);
    return this;
  }

  /** One step: looks at the clock, and removes what is due where it is believed. */
  step(): { readonly more: boolean; readonly tookMs: number } {
    const { writer, elapsed, stepped } = this.deps;
    this.#lookAtClock();
    if (this.#trusted.ahead !== null) return { more: false, tookMs: 0 };
    if (this.deps.waits?.() === true) return { more: true, tookMs: 0 };
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
    const { writer, database, storeWriter, now, doubted } = this.deps;
    const confirmed = confirmTime(now());
    const stored = writer.maintain(() =>
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

  /** How long past its time the oldest of each kind is still there, seconds. */
  debtSeconds(): Partial<Record<KeptKind, number>> {
    return this.#pruner.debtSeconds(this.#cutoffs());
  }

  [Symbol.dispose](): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#remember();
  }

  #lookAtClock(): void {
    const { now, elapsed, doubted } = this.deps;
    const at = elapsed();
    const before = this.#trusted;
    this.#trusted = passTime(before, now(), at - this.#seenAt);
    this.#seenAt = at;
    const changed = (before.ahead === null) !== (this.#trusted.ahead === null);
    if (changed) doubted(this.#trusted.ahead);
    if (changed || at - this.#rememberedAt >= rememberEveryMs) this.#remember();
  }

  #remember(): void {
    const { writer, storeWriter, elapsed } = this.deps;
    if (writer.maintain(() => storeWriter.remember(rememberedAs, JSON.stringify(this.#trusted))))
      this.#rememberedAt = elapsed();
  }

  #remove(): boolean {
    const { elapsed, removed: onPruned } = this.deps;
    const { removed, more } = this.#pruner.step(this.#cutoffs(), budgetMs, elapsed);
    for (const kind of keptKinds) if (removed[kind] !== undefined) onPruned(kind, removed[kind]);
    if (!more) {
      this.#candles.pruneNextSeries((timeframe) => this.#trusted.at - candlesKept * candleMs[timeframe], candlesAtOnce);
      this.#betas.prune(this.#trusted.at - betasKeptMs - dayMs, betasAtOnce);
    }
    return more;
  }

  #cutoffs(): Cutoffs {
    const kept = this.deps.kept();
    const before = (keptMs: number | null) => (keptMs === null ? null : this.#trusted.at - keptMs);
    return {
      signals: before(kept.signals),
      raw: before(kept.raw),
      decisions: before(kept.decisions),
      events: before(kept.events),
      alerts: before(kept.alerts),
    };
  }
}

/** What was believed when the program last ran; null where nothing was. */
export function storedTrust(reader: Reader): TrustedTime | null {
  const text = reader.meta(rememberedAs);
  return text === undefined ? null : storedJson(text, trustedTimeSchema);
}
