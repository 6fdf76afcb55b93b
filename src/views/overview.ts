import type { Figure, FigureName } from "../core/figure";
import { isStaleOpportunity } from "../core/freshness";
import { ageOf, isStaleQuote } from "../core/quote-age";
import { gates, isGate } from "../core/decide/decision";
import type { Recorded } from "../store/writer";
import { listAlerts } from "../store/alerts";
import { wordsByMinute } from "../store/decisions";
import { latestMarket, latestMarketOf } from "../store/markets";
import { latestOpportunities } from "../store/opportunities";
import type { Reader } from "../store/reader";
import { listSignals } from "../store/signals";
import type { MarketRow } from "../store/rows";
import { HeldCounts } from "./held-counts";
import { Recent } from "./recent";
import { isoOf } from "./shape";
import { shapeMarket, unknownMarket, type MarketShape } from "./market";
import type { AlertShape } from "./alerts";
import type { OverviewShape } from "./overview-shape";
import type { SystemStatusShape } from "./system-status";

export const timeframes = {
  "15m": 15 * 60_000,
  "1h": 3_600_000,
  "4h": 4 * 3_600_000,
  "1d": 86_400_000,
  "7d": 7 * 86_400_000,
} as const;
export type Timeframe = keyof typeof timeframes;
export const defaultTimeframe: Timeframe = "4h";

const alertsMax = 20;
const longestMs = timeframes["7d"];
/**
 * Reports of a market, which an exchange does not quote, or an opportunity come every few minutes; older than an hour
 * they no longer describe now.
 */
const staleAfterMs = 3_600_000;
/** Such figures come a few times a day, fear and greed once. */
const figureStaleAfterMs = 26 * 3_600_000;

/** The overview, kept in memory as things happen: it answers whatever the database does. */
export class Overview {
  readonly #recent = new Recent();
  readonly #held = new HeldCounts();
  /** The newest view of the market by each source. */
  readonly #markets = new Map<string, { readonly observedAt: number; readonly shape: MarketShape }>();
  readonly #figures = new Map<FigureName, Figure>();
  /** Alerts that could not be stored. */
  #unstored: readonly AlertShape[] = [];
  #version = 0;

  /** `exchanges`: the configured ones, in order; a fresh one of them comes before whatever reports say. */
  constructor(private readonly exchanges: readonly string[] = []) {}

  /** Rises with every change of what the overview says, times and ages aside. */
  get version(): number {
    return this.#version;
  }

  /** Starts from what is stored. */
  load(reader: Reader, now: number): void {
    const since = now - longestMs;
    for (const row of listSignals(reader.database, { limit: 20, since }).items.toReversed())
      this.#recent.putSignal(row);
    for (const row of listAlerts(reader.database, { limit: 20, since }).items.toReversed()) this.#recent.putAlert(row);
    for (const row of latestOpportunities(reader.database, since, 10).toReversed()) this.#recent.putOpportunity(row);
    for (const { minute, word, count } of wordsByMinute(reader.database, since, gates))
      this.#held.add(minute * 60_000, word, count);
    for (const market of [
      latestMarket(reader.database),
      ...this.exchanges.map((exchange) => latestMarketOf(reader.database, exchange)),
    ])
      if (market) this.#putMarket(market);
    this.#version++;
  }

  apply(recorded: readonly Recorded[]): void {
    for (const { observation, decided, signals, opportunities, market, alerts, changedAlerts } of recorded) {
      for (const { row } of signals) this.#recent.putSignal(row);
      for (const row of opportunities) this.#recent.putOpportunity(row);
      for (const row of [...alerts, ...changedAlerts]) this.#recent.putAlert(row);
      for (const { word } of decided.decisions) if (isGate(word)) this.#held.add(observation.receivedAt, word);
      if (market) this.#putMarket(market);
    }
    this.#version++;
  }

  heldBack(timeframe: Timeframe, now: number): Record<string, number> {
    return this.#held.since(now - timeframes[timeframe]);
  }

  /** What a configured source said; the last of each stands. */
  putFigures(figures: readonly Figure[]): void {
    for (const figure of figures) this.#figures.set(figure.name, figure);
    this.#version++;
  }

  /** Alerts that stand and have no row, for nothing can be stored: these from now on. */
  putUnstored(alerts: readonly AlertShape[]): void {
    this.#unstored = alerts;
    this.#version++;
  }

  get unstored(): readonly AlertShape[] {
    return this.#unstored;
  }

  market(now: number): OverviewShape["market"] {
    const market = this.#leadingMarket(now);
    const figures = this.#figuresAt(now, market?.shape.market_cap ?? null);
    if (!market) return { ...unknownMarket, ...figures, age_seconds: null, stale: null };
    const ageMs = ageOf(market.observedAt, now);
    const isQuoted = this.exchanges.includes(market.shape.source ?? "");
    return {
      ...market.shape,
      ...figures,
      age_seconds: Math.round(ageMs / 1000),
      stale: isQuoted ? isStaleQuote(market.observedAt, now) : ageMs > staleAfterMs,
    };
  }

  at(timeframe: Timeframe, now: number, status: SystemStatusShape, demo: boolean): OverviewShape {
    const since = now - timeframes[timeframe];
    return {
      timestamp: isoOf(now),
      demo,
      signals: this.#recent.signals(since),
      market: this.market(now),
      alerts: [...this.#unstored, ...this.#recent.alerts(since)].slice(0, alertsMax),
      alpha_opportunities: this.#recent.opportunities().map(({ observedAt, shape }) => {
        const ageMs = Math.max(0, now - observedAt);
        return { ...shape, age_seconds: Math.round(ageMs / 1000), stale: isStaleOpportunity(observedAt, now) };
      }),
      held_back: this.heldBack(timeframe, now),
      system_status: status,
    };
  }

  #figuresAt(now: number, reportedCap: number | null) {
    const valueOf = (name: FigureName) => this.#figures.get(name)?.value ?? null;
    return {
      market_cap: valueOf("market_cap") ?? reportedCap,
      btc_dominance: valueOf("btc_dominance"),
      fear_and_greed: valueOf("fear_and_greed"),
      figures: [...this.#figures.values()].map(({ name, value, source, at }) => ({
        name,
        value,
        source,
        last_updated: isoOf(at),
        stale: now - at > figureStaleAfterMs,
      })),
    };
  }

  /** The first configured exchange that is fresh, else the newest; of several at one time the first configured. */
  #leadingMarket(now: number): { readonly observedAt: number; readonly shape: MarketShape } | undefined {
    const configured = this.exchanges.flatMap((exchange) => this.#markets.get(exchange) ?? []);
    const fresh = configured.find((market) => !isStaleQuote(market.observedAt, now));
    return fresh ?? [...configured, ...this.#markets.values()].toSorted((a, b) => b.observedAt - a.observedAt)[0];
  }

  #putMarket(row: MarketRow): void {
    const before = this.#markets.get(row.source);
    if (!before || row.observedAt >= before.observedAt)
      this.#markets.set(row.source, { observedAt: row.observedAt, shape: shapeMarket(row) });
  }
}
