import type { Candle } from "./candles";

/** A price a line is drawn at. */
export interface Level {
  readonly name: string;
  readonly price: number;
  readonly kind: "entry" | "stop" | "target";
}

export interface LevelsInView {
  readonly low: number;
  readonly high: number;
  /** Names of what lies outside. */
  readonly above: readonly string[];
  readonly below: readonly string[];
}

/** How many times the candles' own span the chart may be made higher for the plan. */
const heightMax = 2.5;

/**
 * Which prices a chart shows: its candles', and of the plan what lies near enough that the candles do not become a
 * line, the nearest first. Null without candles.
 */
export function levelsInView(
  candles: readonly Pick<Candle, "low" | "high">[],
  levels: readonly Level[],
): LevelsInView | null {
  if (candles.length === 0) return null;
  let low = Math.min(...candles.map((candle) => candle.low));
  let high = Math.max(...candles.map((candle) => candle.high));
  const heightOf = (price: number) => Math.max(high, price) - Math.min(low, price);
  const most = Math.max(high - low, high * 0.002) * heightMax;
  for (const { price } of levels.toSorted((a, b) => heightOf(a.price) - heightOf(b.price)))
    if (heightOf(price) <= most) [low, high] = [Math.min(low, price), Math.max(high, price)];
  const names = (outside: (price: number) => boolean) =>
    levels.filter(({ price }) => outside(price)).map(({ name }) => name);
  return { low, high, above: names((price) => price > high), below: names((price) => price < low) };
}

/** `T2, T3 above the chart`; empty where all are on it. */
export function offChartText(view: LevelsInView | null): string {
  if (view === null) return "";
  return [
    view.above.length === 0 ? "" : `${view.above.join(", ")} above the chart`,
    view.below.length === 0 ? "" : `${view.below.join(", ")} below the chart`,
  ]
    .filter((part) => part !== "")
    .join("; ");
}
