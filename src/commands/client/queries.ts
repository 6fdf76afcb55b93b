import type { AlertState, AlertType, Priority } from "../../core/alert";
import type { Gate } from "../../core/decide/decision";
import type { Direction } from "../../core/signal";

/** What may be asked of a desk, the one on this disk or the one behind an address. Times are epoch ms. */
export interface Query {
  readonly limit: number;
  readonly since?: number | undefined;
  /** Exclusive. */
  readonly until?: number | undefined;
  readonly symbol?: string | undefined;
}

export interface AlertQuery extends Query {
  readonly priority?: Priority | undefined;
  readonly minPriority?: Priority | undefined;
  readonly type?: AlertType | undefined;
  readonly source?: string | undefined;
  readonly state?: AlertState | undefined;
}

export interface SignalQuery extends Query {
  readonly source?: string | undefined;
  readonly direction?: Direction | undefined;
  readonly minStrength?: number | undefined;
}

export interface HeldQuery extends Query {
  readonly source?: string | undefined;
  readonly reason?: Gate | undefined;
  /** Id of an alert missed-while-away: what it sums up, in place of what was held back. */
  readonly missed?: string | undefined;
}

export interface OpportunityQuery extends Query {
  readonly pattern?: string | undefined;
  /** 0 to 1. */
  readonly minConfidence?: number | undefined;
}

export interface AuditQuery {
  readonly limit: number;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly who?: string | undefined;
  readonly what?: string | undefined;
}
