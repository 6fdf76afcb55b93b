/** What the daemon sends: the overview and the frames of the WebSocket, as the page reads them. Unknown values are null. */
export interface Overview {
  readonly timestamp: string;
  readonly demo: boolean;
  readonly signals: readonly SignalRow[];
  readonly market: MarketFacts;
  readonly alerts: readonly AlertRow[];
  readonly alpha_opportunities: readonly OpportunityRow[];
  readonly held_back: HeldBack | null;
  readonly system_status: SystemStatus;
}

export type Direction = "long" | "short" | "neutral" | "exit";

export interface SignalRow {
  readonly id: string;
  readonly symbol: string;
  readonly direction: Direction;
  /** 0 to 100. */
  readonly score: number | null;
  /** 0 to 100 whatever the direction. */
  readonly strength: number | null;
  /** Percent. */
  readonly reliability: number | null;
  readonly price: number | null;
  /** When the market was so. */
  readonly timestamp: string;
  readonly received_at: string;
  readonly source: string;
  readonly strategy: string | null;
  readonly timeframe: string | null;
  readonly filename: string | null;
  /** `raised`, or the verdict or gate that stopped it. */
  readonly decision: string | null;
  /** The report carries no time; its file's was taken. */
  readonly undated: boolean;
}

export type Priority = "low" | "medium" | "high";

export interface AlertRow {
  readonly id: string;
  readonly kind: "event" | "state";
  readonly state: "open" | "acknowledged" | "resolved" | "expired";
  readonly type: string;
  readonly priority: Priority;
  readonly message: string;
  readonly timestamp: string;
  readonly source: string | null;
  readonly symbol: string | null;
}

export interface OpportunityRow {
  readonly id: string;
  readonly symbol: string;
  readonly pattern: string;
  /** Ratio. */
  readonly confidence: number | null;
  /** Ratio. */
  readonly alpha_potential: number | null;
  readonly risk_level: string | null;
  readonly timestamp: string;
  readonly decision: string | null;
  /** Told in snapshots, not in events: an event is fresh. */
  readonly stale?: boolean;
}

export interface MarketFacts {
  readonly active_pairs: number | null;
  /** Quote currency over 24 h, per pair. */
  readonly avg_volume: number | null;
  readonly total_volume: number | null;
  readonly market_cap: number | null;
  /** Spread of 24 h changes over the pairs, percent. */
  readonly volatility: number | null;
  /** BTC, annualised, percent. */
  readonly realised_volatility: number | null;
  /** Mean 24 h change, percent. */
  readonly average_change: number | null;
  readonly advancers: number | null;
  readonly decliners: number | null;
  readonly regime: string | null;
  readonly last_updated: string | null;
  readonly source: string | null;
  /** Told in snapshots, not in events: an event is fresh. */
  readonly stale?: boolean | null;
}

/** Reason word to count. */
export type HeldBack = Readonly<Record<string, number>>;

export interface SystemStatus {
  readonly status: "starting" | "online" | "degraded";
  readonly uptime_seconds: number | null;
  /** Percent. */
  readonly cpu_usage: number | null;
  readonly memory_usage: number | null;
  readonly disk_usage: number | null;
  readonly active_connections: number | null;
  readonly last_scan: string | null;
}

/** Events carry a seq; hello says where the daemon stands. A type this page does not know is passed over. */
export type Frame = { readonly seq?: number; readonly timestamp?: string } & (
  | { readonly type: "hello"; readonly epoch: string; readonly seq: number; readonly heartbeat_seconds: number }
  | { readonly type: "dashboard_update"; readonly data: Overview }
  | { readonly type: "resync"; readonly data?: Overview }
  | { readonly type: "new_signal" | "signal_changed"; readonly signal: SignalRow }
  | { readonly type: "new_alert" | "alert_changed"; readonly alert: AlertRow }
  | { readonly type: "alpha_opportunity"; readonly opportunity: OpportunityRow }
  | { readonly type: "market_update"; readonly market: MarketFacts }
  | { readonly type: "held_back"; readonly counts: HeldBack }
  | { readonly type: "events"; readonly items: readonly Frame[] }
  | { readonly type: "settings_changed" | "pong" }
  | { readonly type: "error"; readonly code: string }
);

export const timeframes = ["15m", "1h", "4h", "1d", "7d"] as const;
export type Timeframe = (typeof timeframes)[number];

/** The window of the snapshots the socket sends. */
export const socketTimeframe: Timeframe = "4h";
