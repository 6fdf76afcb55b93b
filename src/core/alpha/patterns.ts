import type { Pattern } from "./look";
import { alphaBreakout } from "./patterns/alpha-breakout";
import { betaShift } from "./patterns/beta-shift";
import { correlationBreakdown } from "./patterns/correlation-breakdown";
import { reversionSetup } from "./patterns/reversion-setup";
import { surge } from "./patterns/surge";
import { volumeSpike } from "./patterns/volume-spike";

/** Every test one look makes; `testsPerEvaluation` counts it. */
export const patterns: readonly Pattern[] = [
  correlationBreakdown,
  betaShift,
  alphaBreakout,
  reversionSetup,
  surge,
  volumeSpike,
];
