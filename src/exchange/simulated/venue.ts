import { hourMs, minuteMs } from "../../core/duration";
import { chanceOf } from "./chance";
import type { PlantedEffect } from "./planted";

/** Where a pair is traded: the same pair costs a little more here and less there. */
export type Venue = "bybit-linear" | "bybit-spot" | "binance-spot";

/** Ratio; a few hundredths of a percent at most. */
const usualPremium = 0.0003;
const rampMs = 2 * minuteMs;

/** Log premium of a venue over Bybit's linear price, by time. */
export function premiumOf(
  seed: string,
  venue: Venue,
  symbol: string,
  effects: readonly PlantedEffect[],
): (time: number) => number {
  if (venue === "bybit-linear") return () => 0;
  const spreads = venue === "binance-spot" ? effects.filter(({ kind }) => kind === "spread") : [];
  const knots = new Map<number, number>();
  const knot = (hour: number) => {
    const known = knots.get(hour) ?? 2 * chanceOf(seed, venue, symbol, hour) - 1;
    knots.set(hour, known);
    return known;
  };
  return (time) => {
    const hour = Math.floor(time / hourMs);
    const along = time / hourMs - hour;
    const usual = usualPremium * ((1 - along) * knot(hour) + along * knot(hour + 1));
    return spreads.reduce((premium, spread) => premium + spreadAt(spread, time), usual);
  };
}

/** It opens and closes within two minutes. */
function spreadAt({ since, until, size }: PlantedEffect, time: number): number {
  return size * Math.max(0, Math.min(1, (time - since) / rampMs, (until - time) / rampMs));
}
