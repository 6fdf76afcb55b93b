import type { ServerFrame } from "../src/views/frames";
import type { MarketShape } from "../src/views/market";
import type { OpportunityShape } from "../src/views/opportunities";
import type { OverviewShape } from "../src/views/overview-shape";

/** What a page may send. */
export type { ClientFrame } from "../src/views/frames";

/**
 * What the daemon sends: the overview and the frames of the WebSocket. Only types cross over; the browser loads none
 * of it.
 */
export type { AlertShape } from "../src/views/alerts";
export type { OpportunityShape } from "../src/views/opportunities";
export type { OverviewShape } from "../src/views/overview-shape";
export type { SignalShape } from "../src/views/signals";
export type { SystemStatusShape } from "../src/views/system-status";

/** An opportunity as of a snapshot, or as of its event, which is fresh and says nothing of age. */
export type OpportunityNews = OpportunityShape & { readonly stale?: boolean };

/** Market figures, likewise. */
export type MarketNews = MarketShape &
  Partial<Pick<OverviewShape["market"], "stale" | "btc_dominance" | "fear_and_greed" | "figures">>;

/** Reason word to count. */
export type HeldBack = OverviewShape["held_back"];

/** A frame of the daemon, or of the page itself. A type this page does not know is passed over. */
export type Frame =
  | Exclude<ServerFrame, { readonly type: "events" }>
  | { readonly type: "events"; readonly items: readonly Frame[] }
  // Never sent by the daemon: the reader refreshes everything.
  | { readonly type: "refresh"; readonly polled?: true };

export const timeframes = ["15m", "1h", "4h", "1d", "7d"] as const;
export type Timeframe = (typeof timeframes)[number];

/** The window of the snapshots the socket sends. */
export const socketTimeframe: Timeframe = "4h";
