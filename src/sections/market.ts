import { candleRoutes } from "../api/routes/candles";
import { marketRoutes } from "../api/routes/market";
import { symbolRoutes } from "../api/routes/symbols";
import { exchangesOf } from "../daemon/exchanges";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { regimes } from "../telemetry/catalogue";
import { freshnessOfExchange } from "../views/freshness";
import { judgeExchange } from "../views/health-checks";
import { marketDetail } from "../views/market";
import type { SymbolDetail } from "../views/symbols";
import { createMarkets } from "./market/create-markets";
import type { Markets } from "./market/markets";

/** What exchanges say of the market. */
export function marketSection(parts: DaemonParts): Section {
  const { overview, settings, metrics, queries, now } = parts;
  const markets = createMarkets(parts);
  return {
    name: "market",
    routes: [
      ...marketRoutes({ market: () => marketDetail(overview.market(now()), markets.facts(), now()) }),
      ...candleRoutes({ now, candles: (symbol, timeframe, options) => markets.candles(symbol, timeframe, options) }),
      ...symbolRoutes({ now, queries, symbol: (symbol) => symbolDetail(parts, markets, symbol) }),
    ],
    groups(config) {
      const exchanges = exchangesOf(config).map(({ name }) => name);
      const scanners = exchanges.flatMap((name) => [`market:${name}`, `candles:${name}`]);
      return { exchanges, scanners: [...scanners, ...(exchanges.length > 0 ? ["alpha"] : [])] };
    },
    scanners: () => markets.scanners(),
    gauges() {
      const { regime: prevailing, age_seconds: age } = overview.market(now());
      metrics.marketAge.setOrForget(age);
      metrics.regime.forget();
      if (prevailing === null) return;
      for (const regime of regimes) metrics.regime.set(regime === prevailing ? 1 : 0, { regime });
    },
    health() {
      const exchanges = exchangesOf(settings.config);
      if (exchanges.length === 0)
        return [{ name: "exchanges", judge: () => ({ status: "skipped", message: "none is configured" }) }];
      const facts = markets.facts();
      return exchanges.map(({ name }) => ({
        name: `exchange:${name}`,
        judge: () => judgeExchange(name, facts.find(({ exchange }) => exchange === name) ?? null, now()),
      }));
    },
    freshness() {
      const facts = markets.facts();
      return exchangesOf(settings.config).map(({ name }) =>
        freshnessOfExchange(name, facts.find(({ exchange }) => exchange === name) ?? null, now()),
      );
    },
  };
}

async function symbolDetail({ queries }: DaemonParts, markets: Markets, symbol: string): Promise<SymbolDetail> {
  const newest = { symbol, limit: 50 };
  const [signals, alerts, opportunities] = await Promise.all([
    queries.signals(newest),
    queries.alerts(newest),
    queries.opportunities(newest),
  ]);
  return {
    ...markets.symbol(symbol),
    signals: signals.items,
    alerts: alerts.items,
    opportunities: opportunities.items,
  };
}
