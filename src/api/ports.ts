import type { AlertState, AlertType, Priority } from "../core/alert";
import type { Word } from "../core/decide/decision";
import type { Direction } from "../core/signal";
import type { AlertGroups, DecisionCounts } from "../views/counts";
import type { AuditShape } from "../views/audit";
import type { ListOf } from "../views/lists";
import type { AlertShape, DecisionShape, OpportunityShape, QuarantineShape, SignalShape } from "../views/shapes";
import type { SymbolsShape } from "../views/symbols";

/** Which part of a list is asked for. */
export interface Part {
  readonly limit: number;
  readonly cursor?: { readonly at: number; readonly seq: number } | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** The lists callers may read. Each throws Problem `too-slow` where it takes longer than may be spent on one, and `looks-taken` while those given up still end. */
export interface Lists {
  alerts(
    filter: Part & {
      priorities?: readonly Priority[] | undefined;
      type?: AlertType | undefined;
      symbol?: string | undefined;
      source?: string | undefined;
      state?: AlertState | undefined;
      q?: string | undefined;
    },
  ): Promise<ListOf<AlertShape>>;
  signals(
    filter: Part & {
      symbol?: string | undefined;
      source?: string | undefined;
      direction?: Direction | undefined;
      timeframe?: string | undefined;
      minStrength?: number | undefined;
      outcome?: DecisionShape["outcome"] | undefined;
      word?: Word | undefined;
      by?: "received" | "observed" | "strength" | "score" | "reliability" | "price" | undefined;
      order?: "asc" | "desc" | undefined;
      q?: string | undefined;
    },
  ): Promise<ListOf<SignalShape>>;
  opportunities(
    filter: Part & {
      symbol?: string | undefined;
      source?: string | undefined;
      pattern?: string | undefined;
      minConfidence?: number | undefined;
      by?: "received" | "observed" | undefined;
      outcome?: DecisionShape["outcome"] | undefined;
      q?: string | undefined;
    },
  ): Promise<ListOf<OpportunityShape>>;
  decisions(
    filter: Part & {
      outcome?: DecisionShape["outcome"] | undefined;
      word?: Word | undefined;
      symbol?: string | undefined;
      source?: string | undefined;
      missed?: string | undefined;
      q?: string | undefined;
    },
  ): Promise<ListOf<DecisionShape>>;
  quarantine(
    filter: Part & { source?: string | undefined; reason?: string | undefined; q?: string | undefined },
  ): Promise<ListOf<QuarantineShape>>;
  audit(filter: Part & { who?: string | undefined; what?: string | undefined }): Promise<ListOf<AuditShape>>;
  /** `since`: epoch ms. */
  alertGroups(filter: {
    since: number;
    limit: number;
    priority?: Priority | undefined;
    type?: AlertType | undefined;
    symbol?: string | undefined;
    source?: string | undefined;
  }): Promise<AlertGroups>;
  decisionCounts(filter: {
    since: number;
    symbol?: string | undefined;
    source?: string | undefined;
  }): Promise<DecisionCounts>;
  symbols(filter: { since: number; limit: number; depth: number }): Promise<SymbolsShape>;
}

/** The lists that may be downloaded whole. */
export type DownloadName = "alerts" | "signals" | "opportunities" | "decisions" | "quarantine" | "audit";
