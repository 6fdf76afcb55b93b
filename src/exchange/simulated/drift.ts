import { dayMs, minuteMs } from "./calendar";
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

/** What a planted effect adds to a symbol's log price at the end of a minute. */
export function driftAt(effect: PlantedEffect, traits: Traits, walks: Walks, minute: number): number {
  const time = (minute + 1) * minuteMs;
  if (time <= effect.since || time >= effect.until + healMs) return 0;
  const healed = Math.max(0, time - effect.until) / healMs;
  return (1 - healed) * gainOf(effect, traits, walks, Math.min(time, effect.until));
}

function gainOf(effect: PlantedEffect, traits: Traits, walks: Walks, time: number): number {
  const moved = (walk: Walk) => walk.at(time / minuteMs - 1) - walk.at(effect.since / minuteMs - 1);
  switch (effect.kind) {
    case "alpha-drift":
      return (effect.size * (time - effect.since)) / (effect.until - effect.since);
    case "beta-expansion":
      return effect.size * moved(walks.benchmark);
    case "correlation-break":
      // As lively as before, only no longer for the benchmark's reasons.
      return traits.beta * (moved(walks.alone) - moved(walks.benchmark));
    case "volume-spike":
    case "spread":
    case "funding-extreme":
      return 0;
  }
}
