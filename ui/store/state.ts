import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Tunables } from "../../src/core/tunables";
import type { ReadinessShape } from "../../src/views/health";
import type { Connection } from "../live/connection";
import {
  socketTimeframe,
  type AlertShape,
  type HeldBack,
  type MarketNews,
  type OpportunityNews,
  type SignalShape,
  type SystemStatusShape,
  type Timeframe,
} from "../wire";

/** Everything the page shows. Null: not known yet. */
export interface State {
  readonly connection: Signal<Connection>;
  /** No socket, but an overview every few seconds. */
  readonly polling: Signal<boolean>;
  /** Since when there is no connection though there was one, or though it was tried; daemon's epoch ms. */
  readonly lostAt: Signal<number | null>;
  /** Of the daemon's program, by its hello. */
  readonly version: Signal<string | null>;
  /** When the daemon last sent something, daemon's epoch ms. */
  readonly receivedAt: Signal<number | null>;
  readonly seq: Signal<number | null>;
  readonly timeframe: Signal<Timeframe>;
  readonly demo: Signal<boolean>;
  readonly signals: Signal<readonly SignalShape[] | null>;
  readonly alerts: Signal<readonly AlertShape[] | null>;
  readonly opportunities: Signal<readonly OpportunityNews[] | null>;
  readonly market: Signal<MarketNews | null>;
  readonly heldBack: Signal<HeldBack | null>;
  readonly system: Signal<SystemStatusShape | null>;
  readonly readiness: Signal<ReadinessShape | null>;
  /** Why nothing can be stored, by its event; undefined where there was none. */
  readonly storeFault: Signal<string | null | undefined>;
  readonly settings: Signal<Tunables | null>;
  /** Why the last overview could not be read; null where it could. */
  readonly trouble: Signal<string | null>;
  /** High alerts raised while the page was open, newest last; for screen readers. */
  readonly raised: Signal<readonly AlertShape[]>;
}

/** The same, for those who only read it. */
export type Shown = { readonly [Name in keyof State]: ReadonlySignal<State[Name]["value"]> };

export function createState(): State {
  return {
    connection: signal<Connection>({ state: "connecting" }),
    polling: signal(false),
    lostAt: signal<number | null>(null),
    version: signal<string | null>(null),
    receivedAt: signal<number | null>(null),
    seq: signal<number | null>(null),
    timeframe: signal<Timeframe>(socketTimeframe),
    demo: signal(false),
    signals: signal<State["signals"]["value"]>(null),
    alerts: signal<State["alerts"]["value"]>(null),
    opportunities: signal<State["opportunities"]["value"]>(null),
    market: signal<MarketNews | null>(null),
    heldBack: signal<HeldBack | null>(null),
    system: signal<SystemStatusShape | null>(null),
    readiness: signal<ReadinessShape | null>(null),
    storeFault: signal<string | null | undefined>(undefined),
    settings: signal<Tunables | null>(null),
    trouble: signal<string | null>(null),
    raised: signal<readonly AlertShape[]>([]),
  };
}
