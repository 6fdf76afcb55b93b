import { exchangesOf } from "../daemon/markets";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { regimes } from "../telemetry/catalogue";
import { judgeExchange } from "../views/health-checks";

/** What exchanges say of the market. */
export function marketSection({ markets, overview, settings, metrics, now }: DaemonParts): Section {
  return {
    name: "market",
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
        judge: () => judgeExchange(facts.find(({ exchange }) => exchange === name) ?? null, now()),
      }));
    },
  };
}
