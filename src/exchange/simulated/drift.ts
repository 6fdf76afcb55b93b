import { dayMs, minuteMs } from "../../core/duration";
import type { PlantedEffect } from "./planted";
import type { Traits } from "./traits";
import type { Walk } from "./walk";

/** Over this time after its end an effect is given back, too slowly to be one itself. */
export const healMs = dayMs;

/** The walks an effect on one symbol draws on. */
export interface Walks {
  readonly benchmark: Walk;
  /** What moves the symbol while it has lost its benchmark. */
  readonly alone: Walk;
}

/** What a planted effect adds to a symbol's log price at the end of each minute. */
export function driftOf(effect: PlantedEffect, traits: Traits, walks: Walks): (minute: number) => number {
  const begins = effect.since / minuteMs - 1;
  const ends = effect.until / minuteMs - 1;
  const gain = gainOf(effect, traits, walks, begins);
  const whole = gain(ends);
  return (minute) => {
    if (minute <= begins) return 0;
    if (minute <= ends) return gain(minute);
    return whole * Math.max(0, 1 - ((minute - ends) * minuteMs) / healMs);
  };
}

/** Whether an effect is one on the pair's own price. */
export function moves({ kind }: PlantedEffect): boolean {
  return kind === "alpha-drift" || kind === "beta-expansion" || kind === "correlation-break";
}

function gainOf(
  effect: PlantedEffect,
  traits: Traits,
  { benchmark, alone }: Walks,
  begins: number,
): (minute: number) => number {
  if (effect.kind === "alpha-drift") {
    const perMinute = (effect.size * minuteMs) / (effect.until - effect.since);
    return (minute) => perMinute * (minute - begins);
  }
  const from = benchmark.at(begins);
  if (effect.kind === "beta-expansion") return (minute) => effect.size * (benchmark.at(minute) - from);
  // As lively as before, only no longer for the benchmark's reasons.
  const aloneFrom = alone.at(begins);
  return (minute) => traits.beta * (alone.at(minute) - aloneFrom - (benchmark.at(minute) - from));
}
