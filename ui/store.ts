import type { ReadinessShape } from "../src/views/health";
import type { Tunables } from "../src/core/tunables";
import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";
import type { Clock } from "./live/clock";
import type { Connection } from "./live/connection";
import { createRecentEvents } from "./live/recent-events";
import { withNewest } from "./live/newest";
import {
  socketTimeframe,
  type AlertShape,
  type Frame,
  type HeldBack,
  type MarketNews,
  type OpportunityNews,
  type OverviewShape,
  type SignalShape,
  type SystemStatusShape,
  type Timeframe,
} from "./wire";

/** Everything the page shows. Frames and snapshots go in, components read; null means nothing is known yet. */
export interface Store {
  readonly clock: Clock;
  readonly connection: ReadonlySignal<Connection>;
  /** No socket, but answers every few seconds. */
  readonly polling: ReadonlySignal<boolean>;
  /** What the page shows is what the daemon says now. */
  readonly upToDate: ReadonlySignal<boolean>;
  /** Of the daemon's program, as it greeted; null before. */
  readonly version: ReadonlySignal<string | null>;
  /** When the daemon last sent something, daemon's epoch ms. */
  readonly receivedAt: ReadonlySignal<number | null>;
  readonly seq: ReadonlySignal<number | null>;
  readonly timeframe: ReadonlySignal<Timeframe>;
  readonly demo: ReadonlySignal<boolean>;
  readonly signals: ReadonlySignal<readonly SignalShape[] | null>;
  readonly alerts: ReadonlySignal<readonly AlertShape[] | null>;
  readonly opportunities: ReadonlySignal<readonly OpportunityNews[] | null>;
  readonly market: ReadonlySignal<MarketNews | null>;
  readonly heldBack: ReadonlySignal<HeldBack | null>;
  readonly system: ReadonlySignal<SystemStatusShape | null>;
  readonly readiness: ReadonlySignal<ReadinessShape | null>;
  /** Why nothing can be stored, by its event; undefined where there was none. */
  readonly storeFault: ReadonlySignal<string | null | undefined>;
  readonly settings: ReadonlySignal<Tunables | null>;
  /** Why the last overview could not be had; null when it could. */
  readonly trouble: ReadonlySignal<string | null>;
  /** High alerts raised while the page looks on, newest last; for those who listen rather than look. */
  readonly raised: ReadonlySignal<readonly AlertShape[]>;
  /** Whether this row came while the page was open. */
  arrivedLive(id: string): boolean;
  /** Calls back for every frame once it is taken in; returns how to stop. */
  listen(listener: (frame: Frame) => void): () => void;

  apply(frame: Frame): void;
  /**
   * Takes a whole overview of `timeframe`, requested at `requestedAt` (local epoch ms); one of a window no longer
   * shown is dropped.
   */
  takeSnapshot(overview: OverviewShape, timeframe: Timeframe, requestedAt: number): void;
  chooseTimeframe(timeframe: Timeframe): void;
  setConnection(connection: Connection): void;
  setPolling(polling: boolean): void;
  setReadiness(readiness: ReadinessShape | null): void;
  setSettings(settings: Tunables): void;
  setTrouble(trouble: string | null): void;
}

const rowLimit = 20;
const opportunityLimit = 10;
const arrivalsKept = 200;
/** A snapshot is made from bytes prepared up to a quarter of a second before it is sent. */
const snapshotLagMs = 1500;

/**
 * Its place in the one order of everything, which a clock that was ahead does not change; padded, as it is compared
 * as text.
 */
const placeOf = (id: string) => id.slice(1).padStart(16, "0");
const signalOrder = {
  same: (a: SignalShape, b: SignalShape) => a.id === b.id,
  time: (row: SignalShape) => placeOf(row.id),
  limit: rowLimit,
};
const alertOrder = {
  same: (a: AlertShape, b: AlertShape) => a.id === b.id,
  time: (row: AlertShape) => placeOf(row.id),
  limit: rowLimit,
};
const opportunityOrder = {
  same: (a: OpportunityNews, b: OpportunityNews) => a.symbol === b.symbol && a.pattern === b.pattern,
  time: (row: OpportunityNews) => placeOf(row.id),
  limit: opportunityLimit,
};

export function createStore(clock: Clock, localTime: () => number): Store {
  const connection = signal<Connection>({ state: "connecting" });
  const polling = signal(false);
  const upToDate = computed(() => connection.value.state === "connected" || polling.value);
  const version = signal<string | null>(null);
  const receivedAt = signal<number | null>(null);
  const seq = signal<number | null>(null);
  const timeframe = signal<Timeframe>(socketTimeframe);
  const demo = signal(false);
  const signals = signal<readonly SignalShape[] | null>(null);
  const alerts = signal<readonly AlertShape[] | null>(null);
  const opportunities = signal<readonly OpportunityNews[] | null>(null);
  const market = signal<MarketNews | null>(null);
  const heldBack = signal<HeldBack | null>(null);
  const system = signal<SystemStatusShape | null>(null);
  const readiness = signal<ReadinessShape | null>(null);
  const storeFault = signal<string | null | undefined>(undefined);
  const settings = signal<Tunables | null>(null);
  const trouble = signal<string | null>(null);
  const raised = signal<readonly AlertShape[]>([]);
  const arrivals = new Set<string>();
  const listeners = new Set<(frame: Frame) => void>();
  const recentEvents = createRecentEvents(localTime);
  let epoch: string | undefined;

  function noteArrival(id: string): void {
    arrivals.add(id);
    if (arrivals.size > arrivalsKept) arrivals.delete(arrivals.values().next().value ?? id);
  }

  /** The lists again with one event in them; the same event twice changes nothing. */
  function lay(frame: Frame): void {
    if (frame.type === "new_signal" || frame.type === "signal_changed")
      signals.value = withNewest(signals.value ?? [], frame.signal, signalOrder);
    else if (frame.type === "new_alert" || frame.type === "alert_changed")
      alerts.value = withNewest(alerts.value ?? [], frame.alert, alertOrder);
    else if (frame.type === "alpha_opportunity")
      opportunities.value = withNewest(opportunities.value ?? [], frame.opportunity, opportunityOrder);
  }

  function takeEvent(frame: Frame): void {
    recentEvents.note(frame);
    if (frame.type === "new_signal") noteArrival(frame.signal.id);
    else if (frame.type === "alpha_opportunity") noteArrival(frame.opportunity.id);
    else if (frame.type === "new_alert") {
      noteArrival(frame.alert.id);
      if (frame.alert.priority === "high") raised.value = [...raised.value, frame.alert].slice(-rowLimit);
    }
    lay(frame);
  }

  function takeSnapshot(overview: OverviewShape, window: Timeframe, requestedAt: number): void {
    batch(() => {
      clock.learn(Date.parse(overview.timestamp));
      receivedAt.value = clock.read();
      trouble.value = null;
      demo.value = overview.demo;
      market.value = overview.market;
      system.value = overview.system_status;
      if (overview.system_status.status === "online") storeFault.value = undefined;
      opportunities.value = overview.alpha_opportunities;
      if (window === timeframe.value) {
        signals.value = overview.signals;
        alerts.value = overview.alerts;
        heldBack.value = overview.held_back;
      }
      recentEvents.since(requestedAt - snapshotLagMs).forEach(lay);
    });
  }

  /** What was said of another database, or before a gap, must not be laid over what is said now. */
  function forgetIfOther(frame: Frame): void {
    if (frame.type === "resync" || (frame.type === "hello" && frame.epoch !== epoch)) recentEvents.clear();
    if (frame.type === "hello") epoch = frame.epoch;
  }

  function apply(frame: Frame): void {
    batch(() => {
      forgetIfOther(frame);
      if (frame.type === "events") {
        frame.items.forEach(apply);
        return;
      }
      if (frame.type === "refresh") return;
      if ("seq" in frame && frame.seq !== undefined)
        seq.value = frame.type === "hello" || frame.type === "resync" ? frame.seq : Math.max(seq.value ?? 0, frame.seq);
      if (frame.type === "hello" || frame.type === "pong") {
        if (frame.type === "hello") {
          storeFault.value = undefined;
          version.value = frame.version;
          settings.value = frame.config;
        }
        clock.learn(Date.parse(frame.timestamp));
      } else if (frame.type === "dashboard_update" || frame.type === "resync") {
        takeSnapshot(frame.data, socketTimeframe, localTime());
      } else if (frame.type === "market_update") {
        market.value = nextMarket(market.value, frame.market);
      } else if (frame.type === "settings_changed") {
        settings.value = frame.config;
      } else if (frame.type === "store_fault") {
        storeFault.value = frame.fault;
      } else if (frame.type === "held_back") {
        if (timeframe.value === socketTimeframe) heldBack.value = frame.counts;
      } else {
        takeEvent(frame);
      }
      receivedAt.value = clock.read();
    });
    listeners.forEach((listener) => listener(frame));
  }

  return {
    clock,
    connection,
    polling,
    upToDate,
    version,
    receivedAt,
    seq,
    timeframe,
    demo,
    signals,
    alerts,
    opportunities,
    market,
    heldBack,
    system,
    readiness,
    storeFault,
    settings,
    trouble,
    raised,
    arrivedLive: (id) => arrivals.has(id),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    apply,
    takeSnapshot,
    chooseTimeframe: (chosen) => {
      timeframe.value = chosen;
    },
    setConnection: (next) => {
      connection.value = next;
    },
    setPolling: (next) => {
      polling.value = next;
    },
    setReadiness: (next) => {
      readiness.value = next;
    },
    setSettings: (next) => {
      settings.value = next;
    },
    setTrouble: (next) => {
      trouble.value = next;
    },
  };
}

/** Another exchange's word counts where the one shown has been quiet for so long. */
const quietAfterMs = 5 * 60_000;

/**
 * A late report of an earlier moment is kept by the daemon, but it is not the market of now; nor is another
 * exchange's while the one shown reports.
 */
function nextMarket(before: MarketNews | null, news: MarketNews): MarketNews {
  if (before === null) return news;
  const aheadMs = Date.parse(news.last_updated ?? "") - Date.parse(before.last_updated ?? "");
  if (aheadMs < 0 || (news.source !== before.source && aheadMs < quietAfterMs)) return before;
  const { btc_dominance = null, fear_and_greed = null, figures = [] } = before;
  const cap = figures.find(({ name }) => name === "market_cap");
  return { ...news, btc_dominance, fear_and_greed, figures, market_cap: cap?.value ?? news.market_cap };
}
