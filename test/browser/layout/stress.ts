import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "../../support/daemon";

/** As long as a symbol may get, and without a place to break. */
export const longSymbol = "1000000BABYDOGEUSDTUSDTPERPETUALLINEAR26";
const longName = "an_unusually_long_pattern_or_strategy_name_without_any_place_to_break_it";

/** Writes reports whose names and figures are as long as any may get, and one that cannot be read. */
export function writeLongReports(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const signal = { symbol: longSymbol, strategy: longName, price: 0.000000012345, reliability: 0.995 };
  const reports = {
    long: { ...signal, signal: "BUY", score: 99.9, timestamp: Date.now() },
    short: { ...signal, signal: "SELL", score: 12.3, timestamp: Date.now() - 1000 },
    odd: {
      ...signal,
      symbol: "AUSDT",
      signal: "NEUTRAL",
      score: 50,
      price: 1_234_567.89,
      timestamp: Date.now() - 2000,
    },
  };
  for (const [name, report] of Object.entries(reports))
    writeFileSync(join(folder, `${name}_${longName}.json`), JSON.stringify(report));
  writeFileSync(join(folder, `broken_${longName}.json`), `{"symbol": ${longName}`);
}

/** Once all of them are on the page's lists. */
export async function longReportsRead(url: string): Promise<void> {
  const items = async (path: string) => ((await (await fetch(`${url}${path}`)).json()) as { items: object[] }).items;
  await until("the long signals", async () => (await items(`/api/signals?symbol=${longSymbol}`)).length === 2);
  await until("the broken report", async () => (await items("/api/quarantine?source=reports")).length > 0);
}
