import type { Tunables } from "../src/core/tunables";
import type { AlertShape, MarketShape, OpportunityShape, OverviewShape, SignalShape } from "../src/views/shapes";

/** What the daemon sends: the overview and the frames of the WebSocket. Only types cross over; the browser loads none of it. */
export type { AlertShape, OpportunityShape, OverviewShape, SignalShape, SystemStatusShape } from "../src/views/shapes";

/** An opportunity as of a snapshot, or as of its event, which is fresh and says nothing of age. */
export type OpportunityNews = OpportunityShape & { readonly stale?: boolean };

/** Market figures, likewise. */
export type MarketNews = MarketShape &
  Partial<Pick<OverviewShape["market"], "stale" | "btc_dominance" | "fear_and_greed" | "figures">>;

/** Reason word to count. */
export type HeldBack = OverviewShape["held_back"];

/** Events carry a seq; hello says where the daemon stands. A type this page does not know is passed over. */
export type Frame = { readonly seq?: number; readonly timestamp?: string } & (
  | {
      readonly type: "hello";
      readonly epoch: string;
      readonly seq: number;
      readonly heartbeat_seconds: number;
      readonly version?: string;
      readonly config?: Tunables;
    }
  | { readonly type: "dashboard_update"; readonly data: OverviewShape }
  | { readonly type: "resync"; readonly epoch?: string; readonly data?: OverviewShape }
  | { readonly type: "new_signal" | "signal_changed"; readonly signal: SignalShape }
  | { readonly type: "new_alert" | "alert_changed"; readonly alert: AlertShape }
  | { readonly type: "alpha_opportunity"; readonly opportunity: OpportunityNews }
  | { readonly type: "market_update"; readonly market: MarketNews }
  | { readonly type: "held_back"; readonly counts: HeldBack }
  | { readonly type: "events"; readonly items: readonly Frame[] }
  | { readonly type: "settings_changed"; readonly config: Tunables }
  | { readonly type: "store_fault"; readonly fault: string | null }
  // Never sent by the daemon: the reader asks for everything anew.
  | { readonly type: "refresh"; readonly polled?: true }
  | { readonly type: "pong" }
  | { readonly type: "error"; readonly code: string }
);

export const timeframes = ["15m", "1h", "4h", "1d", "7d"] as const;
export type Timeframe = (typeof timeframes)[number];

/** The window of the snapshots the socket sends. */
export const socketTimeframe: Timeframe = "4h";
