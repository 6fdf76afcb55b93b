import { batch, computed, type ReadonlySignal } from "@preact/signals";
import type { Tunables } from "../src/core/tunables";
import type { ReadinessShape } from "../src/views/health";
import type { Clock } from "./live/clock";
import type { Connection, Link } from "./live/connection";
import { createRecentEvents } from "./live/recent-events";
import { nextMarket } from "./store/next-market";
import { arrivalOf, layEvent, noteRaised } from "./store/rows";
import { createState, type Shown, type State } from "./store/state";
import { socketTimeframe, type Frame, type OverviewShape, type Timeframe } from "./wire";

/** Everything the page shows. Frames and snapshots go in, components read. */
export interface Store extends Shown {
  readonly clock: Clock;
  readonly link: ReadonlySignal<Link>;
  /** Whether what the page shows is what the daemon says now. */
  readonly upToDate: ReadonlySignal<boolean>;
  /** Whether this row came while the page was open. */
  arrivedLive(id: string): boolean;
  /** Calls back for every frame once it is applied; returns how to stop. */
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

const arrivalsMax = 200;
/** Of more rows within the time that one is marked none stands out, and to draw the marks costs the page its frames. */
const marked = { atOnce: 5, ms: 1600 };
/** A snapshot is made from bytes prepared up to a quarter of a second before it is sent. */
const snapshotLagMs = 1500;

export function createStore(clock: Clock, localTime: () => number): Store {
  const state = createState();
  const link = computed<Link>(() => {
    if (state.connection.value.state === "connected") return "connected";
    if (state.polling.value) return "polling";
    return state.lostAt.value === null ? "connecting" : "lost";
  });
  const upToDate = computed(() => link.value === "connected" || link.value === "polling");
  const arrivals = new Set<string>();
  const listeners = new Set<(frame: Frame) => void>();
  let arrivedAt: readonly number[] = [];
  const recentEvents = createRecentEvents(localTime);
  let epoch: string | undefined;

  function takeEvent(frame: Frame): void {
    recentEvents.note(frame);
    const id = arrivalOf(frame);
    if (id !== null) noteArrival(id);
    noteRaised(state, frame);
    layEvent(state, frame);
  }

  function noteArrival(id: string): void {
    const now = localTime();
    arrivedAt = [...arrivedAt.filter((at) => now - at < marked.ms), now].slice(-1 - marked.atOnce);
    if (arrivedAt.length <= marked.atOnce) arrivals.add(id);
    if (arrivals.size > arrivalsMax) arrivals.delete(arrivals.values().next().value ?? "");
  }

  function takeSnapshot(overview: OverviewShape, window: Timeframe, requestedAt: number): void {
    batch(() => {
      clock.learn(Date.parse(overview.timestamp));
      state.receivedAt.value = clock.read();
      state.trouble.value = null;
      showOverview(state, overview, window);
      recentEvents.since(requestedAt - snapshotLagMs).forEach((frame) => layEvent(state, frame));
    });
  }

  /** Events of another database, or before a gap, must not be laid over a new snapshot. */
  function forgetIfOther(frame: Frame): void {
    if (frame.type === "resync" || (frame.type === "hello" && frame.epoch !== epoch)) recentEvents.clear();
    if (frame.type === "hello") epoch = frame.epoch;
  }

  function applyOne(frame: Frame): void {
    forgetIfOther(frame);
    noteSeq(state, frame);
    if ((frame.type === "hello" || frame.type === "pong") && frame.timestamp !== undefined)
      clock.learn(Date.parse(frame.timestamp));
    if (frame.type === "dashboard_update" || frame.type === "resync")
      takeSnapshot(frame.data, socketTimeframe, localTime());
    else if (!takeState(state, frame)) takeEvent(frame);
    state.receivedAt.value = clock.read();
  }

  function apply(frame: Frame): void {
    batch(() => {
      if (frame.type === "events") frame.items.forEach(apply);
      else if (frame.type !== "refresh") applyOne(frame);
    });
    listeners.forEach((listener) => listener(frame));
  }

  return {
    ...state,
    clock,
    link,
    upToDate,
    arrivedLive: (id) => arrivals.has(id),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    apply,
    takeSnapshot,
    chooseTimeframe: (chosen) => void (state.timeframe.value = chosen),
    setConnection(next) {
      batch(() => {
        if (next.state === "connected") state.lostAt.value = null;
        else if (next.state === "waiting") state.lostAt.value ??= clock.read();
        state.connection.value = next;
      });
    },
    setPolling: (next) => void (state.polling.value = next),
    setReadiness: (next) => void (state.readiness.value = next),
    setSettings: (next) => void (state.settings.value = next),
    setTrouble: (next) => void (state.trouble.value = next),
  };
}

function showOverview(state: State, overview: OverviewShape, window: Timeframe): void {
  state.demo.value = overview.demo;
  state.market.value = overview.market;
  state.system.value = overview.system_status;
  if (overview.system_status.status === "online") state.storeFault.value = undefined;
  state.opportunities.value = overview.alpha_opportunities;
  if (window !== state.timeframe.value) return;
  state.signals.value = overview.signals;
  state.alerts.value = overview.alerts;
  state.heldBack.value = overview.held_back;
}

/** After a hello or a resync the daemon's seq counts even where it is lower: its database may be a restored one. */
function noteSeq({ seq }: State, frame: Frame): void {
  if (!("seq" in frame) || frame.seq === undefined) return;
  seq.value = frame.type === "hello" || frame.type === "resync" ? frame.seq : Math.max(seq.value ?? 0, frame.seq);
}

/** Takes a frame that is about one thing alone; false where it is none of these. */
function takeState(state: State, frame: Frame): boolean {
  if (frame.type === "hello") {
    state.storeFault.value = undefined;
    state.version.value = frame.version;
    state.settings.value = frame.config;
  } else if (frame.type === "market_update") state.market.value = nextMarket(state.market.value, frame.market);
  else if (frame.type === "settings_changed") state.settings.value = frame.config;
  else if (frame.type === "store_fault") state.storeFault.value = frame.fault;
  else if (frame.type === "held_back") {
    if (state.timeframe.value === socketTimeframe) state.heldBack.value = frame.counts;
  } else return frame.type === "pong";
  return true;
}
