import type { AlertState, AlertType, Priority } from "../core/alert";
import type { CandleTimeframe } from "../core/candle";
import type { Word } from "../core/decide/decision";
import type { Direction } from "../core/signal";
import type { Tunables, TunablesPatch } from "../core/tunables";
import type { HealthShape, ReadinessShape } from "../views/health";
import type { AlertGroups, DecisionCounts } from "../views/counts";
import type { AuditChain, AuditShape } from "../views/audit";
import type { ListOf } from "../views/lists";
import type { CandlesShape, MarketDetail, SymbolDetail } from "../views/market-data";
import type { Timeframe } from "../views/overview";
import type { AlertShape, DecisionShape, OpportunityShape, QuarantineShape, SignalShape } from "../views/shapes";
import type { RetriedFile } from "../views/retried";
import type { ScannerRun } from "../views/scanner-run";
import type { Preview } from "../views/preview";
import type { SettingsChange } from "../views/settings-history";
import type { AlertDetail } from "../views/trace";
import type { SourceDetail } from "../views/sources";
import type { SymbolsShape } from "../views/symbols";
import type { Preferences } from "../views/preferences";
import type { AccessApi } from "./access/access-api";
import type { OwnerApi } from "./access/owner";
import type { Audit } from "../auth/audit";
import type { ReadAlert, Refusal } from "./alertmanager";
import type { Assets } from "./assets";
import type { Download } from "./export";

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

/** All that is known of single things; null where there is no such thing. */
interface Details {
  alert(id: string): AlertDetail | null;
  signal(id: string): object | null;
  opportunity(id: string): object | null;
  decision(id: string): object | null;
  received(id: string): object | null;
}

export type Readiness = ReadinessShape;

/** What went wrong in somebody's browser. */
export interface BrowserError {
  readonly message: string;
  readonly stack?: string | undefined;
  /** Path of the page, without its query. */
  readonly page: string;
  /** Of the program that served it. */
  readonly version: string;
}

/** What the API is given to answer with. */
export interface ApiDeps {
  readonly version: string;
  readonly access: AccessApi;
  readonly owner: OwnerApi;
  readonly lists: Lists;
  /** A whole list part by part, up to the configured number of rows. */
  readonly download: (
    name: DownloadName,
    filter: Part,
    download: Download,
  ) => AsyncIterator<Uint8Array<ArrayBuffer>, void>;
  readonly details: Details;
  readonly overview: (timeframe: Timeframe, request: Request) => Response;
  readonly market: () => MarketDetail;
  readonly candles: (
    symbol: string,
    timeframe: CandleTimeframe,
    options: { exchange?: string | undefined; limit: number; until?: number | undefined },
  ) => CandlesShape;
  readonly symbol: (symbol: string) => Promise<SymbolDetail>;
  readonly sources: () => Promise<SourceDetail[]>;
  readonly health: () => HealthShape;
  readonly readiness: () => Readiness;
  readonly events: (
    after: number,
    limit: number,
  ) => { epoch: string; seq: number; oldest: number | null; items: unknown[] };
  readonly config: () => { tunables: Tunables; etag: string };
  readonly origins: () => object[];
  readonly configSchema: () => object;
  /** Throws Problem where it is not stored. */
  readonly changeConfig: (patch: TunablesPatch, by: { readonly who: string; readonly from: string }) => void;
  /** What the config file or the default says of it holds again. Throws Problem where there is none of that name, or it is not stored. */
  readonly unsetConfig: (key: string, by: { readonly who: string; readonly from: string }) => void;
  /** Newest first. */
  readonly settingsHistory: (limit: number) => SettingsChange[];
  /** Runs a scanner now and answers how it fared. Throws Problem where there is none of that name. */
  readonly scan: (name: string) => Promise<ScannerRun>;
  /** Has files in quarantine read again, and answers what came of each. */
  readonly retryQuarantine: (wanted: {
    readonly file?: string | undefined;
    readonly source?: string | undefined;
  }) => Promise<RetriedFile[]>;
  readonly preview: (patch: TunablesPatch) => Promise<Preview>;
  readonly preferences: (account: string) => Preferences;
  /** Throws Problem where it is not stored. */
  readonly changePreferences: (account: string, patch: Partial<Preferences>) => Preferences;
  readonly browserFailed: (error: BrowserError, who: string) => void;
  /** What another alerting system told, by the name of its token; answers what there was no place for. Throws Problem where it is not stored. */
  readonly receiveAlerts: (alerts: readonly ReadAlert[], from: string | null) => Promise<Refusal[]>;
  readonly metrics: (request: Request) => Promise<Response>;
  readonly assets: Assets;
  /** Null where it is no cursor of ours. */
  readonly readCursor: (text: string) => { at: number; seq: number } | null;
  /** The word for what the database answered; null where the error is another's. */
  readonly storeFaultOf: (error: unknown) => string | null;
  /** Who did what, kept for good. */
  readonly audit: Audit;
  readonly auditChain: () => Promise<AuditChain>;
  readonly failed: (error: unknown) => void;
  readonly answered: (method: string, route: string, status: number, seconds: number) => void;
  readonly now: () => number;
  readonly isoNow: () => string;
}
