import type { SimulatedRequest } from "./request";

/** BTC there is, and its share of everything, of a simulated world. */
const coins = 19_800_000;
const usualShare = 0.57;

/** What a site about the market as a whole would say of this one. */
export const figurePaths: Readonly<Record<string, (query: SimulatedRequest) => Response>> = {
  "/simulated/global": ({ market, now }) => {
    const bitcoin = market.quote("BTCUSDT", now);
    if (bitcoin === null) return Response.json({ error: "the market is not open yet" }, { status: 503 });
    const change = bitcoin.last / bitcoin.dayAgo - 1;
    const share = usualShare + Math.max(-0.05, Math.min(0.05, change / 4));
    return Response.json({
      total_market_cap: { usd: Math.round((coins * bitcoin.last) / share) },
      market_cap_percentage: { btc: Math.round(share * 10_000) / 100 },
      fear_and_greed: { value: String(Math.round(Math.max(3, Math.min(97, 50 + change * 600)))) },
    });
  },
};
