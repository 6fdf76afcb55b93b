import { join } from "node:path";
import { strategies } from "./strategies";

/** How often the market is scanned. */
export interface Pace {
  readonly market: string;
  readonly candles: string;
  /** The host is measured; two days that pass in seconds are not the host's. */
  readonly system: boolean;
}

/** Seldom while two days pass in seconds, and as usual once it is now: both are a setting anybody may choose. */
export const historyPace: Pace = { market: "20m", candles: "1h", system: false };
export const livePace: Pace = { market: "60s", candles: "60s", system: true };

export interface World {
  /** How many symbols of each exchange are watched. */
  readonly watched: { readonly bybit: number; readonly binance: number };
  readonly exchangeUrl: string;
  /** The folder of the strategies' folders. */
  readonly reports: string;
  /** A config of the user's own, whose thresholds and rules hold in the demo too. */
  readonly own: string | null;
  /** A folder of the user's own, watched once it is now. */
  readonly ownReports: string | null;
}

/** The demo's config file: an ordinary one. */
export function configText(
  { watched, exchangeUrl, reports, own, ownReports }: World,
  { market, candles, system }: Pace,
): string {
  const text = JSON.stringify;
  const sources = [
    ...strategies.map(({ name }) => ({ name, dir: join(reports, name), strategy: name })),
    ...(ownReports === null ? [] : [{ name: "reports", dir: ownReports }]),
  ];
  const paces = ["bybit", "binance"].flatMap((name) => [
    `"market:${name}": { interval: "${market}" }`,
    `"candles:${name}": { interval: "${candles}" }`,
  ]);
  return `import { binance, bybit, defineConfig, reports } from "virtuoso";
${own === null ? "const own = {};" : `import own from ${text(own)};`}

export default defineConfig({
  ...own,
  sources: [${sources.map((source) => `reports(${text(source)})`).join(", ")}],
  exchanges: [bybit({ url: ${text(exchangeUrl)}, top: ${watched.bybit} }), binance({ url: ${text(exchangeUrl)}, top: ${watched.binance} })],
  figures: [{
    name: "simulated", url: ${text(`${exchangeUrl}/simulated/global`)},
    marketCap: "total_market_cap.usd", btcDominance: "market_cap_percentage.btc", fearAndGreed: "fear_and_greed.value",
  }],
  scanners: { ${paces.join(", ")}, system: { enabled: ${system} } },
});
`;
}
