import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A report as strategies write them: size and keys are those of the fixtures' median. */
export function sampleReport(index: number, at: number, manner: "strong" | "weak"): string {
  const score = manner === "strong" ? 86 + (index % 13) : 55 + (index % 9);
  const price = 100 + (index % 1000) / 10;
  return JSON.stringify(
    {
      symbol: symbolOf(index),
      confluence_score: score,
      signal_type: "BUY",
      components: {
        orderbook: 82,
        orderflow: 79.8,
        sentiment: 59.7,
        technical: 57.7,
        price_structure: 55.9,
        volume: 55.4,
      },
      weights: { orderbook: 0.2, orderflow: 0.3, sentiment: 0.07, technical: 0.1, price_structure: 0.15, volume: 0.18 },
      reliability: 1,
      price,
      timestamp: at,
      trade_params: {
        entry_price: price,
        stop_loss: null,
        targets: [
          { name: "Target 1", price: price * 1.05, size: 50 },
          { name: "Target 2", price: price * 1.08, size: 30 },
        ],
      },
    },
    null,
    1,
  );
}

/** A symbol of its own: no cooldown is in the way. */
function symbolOf(index: number): string {
  return `B${String(index).padStart(6, "0")}USDT`;
}

export function reportName(index: number): string {
  return `${symbolOf(index).toLowerCase()}_BUY_${index}.json`;
}

/** Writes reports `from` up to `to` into a folder, every second one strong enough for an alert; answers their names. */
export function writeReports(folder: string, from: number, to: number, at: number): string[] {
  mkdirSync(folder, { recursive: true });
  const names: string[] = [];
  for (let index = from; index < to; index++) {
    const name = reportName(index);
    writeFileSync(join(folder, name), sampleReport(index, at, index % 2 === 0 ? "strong" : "weak"));
    names.push(name);
  }
  return names;
}
